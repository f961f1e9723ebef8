#include "ledger/base/text.h"
#include "tests/bench/measures.h"
#include "tests/bench/raw.h"
#include "tests/bench/timing.h"

#include <thread>

namespace quarrymark::bench {
namespace {

crypto::SigningKey new_key() { return value_of(crypto::SigningKey::generate()); }

// Runs `one(i)` for i below `count` on several threads, dealt out in turn; seconds it took.
double on_threads(std::size_t threads, std::size_t count,
                  const std::function<void(std::size_t)>& one) {
  return seconds([&] {
    std::vector<std::thread> workers;
    for (std::size_t t = 0; t < threads; ++t)
      workers.emplace_back([&, t] {
        for (std::size_t i = t; i < count; i += threads) one(i);
      });
    for (std::thread& worker : workers) worker.join();
  });
}

std::vector<std::vector<log::Prepared>> one_by_one(std::vector<log::Prepared> events) {
  std::vector<std::vector<log::Prepared>> calls(events.size());
  for (std::size_t i = 0; i < events.size(); ++i) calls[i].push_back(std::move(events[i]));
  return calls;
}

// Appends of one event each from `threads` callers, beside as many raw writers.
Line measure_ones(const Setup& setup, std::size_t threads, std::size_t count, double aim) {
  const crypto::SigningKey key = new_key();
  ScratchLog scratch(setup.directory, key);
  RawDatabase raw(setup.directory);
  Rounds rounds;
  const std::size_t round_count = setup.quick ? 2 : 7;
  for (std::size_t round = 0; round < round_count; ++round) {
    auto calls = one_by_one(make_events(scratch.log().origin(), round * count, count));
    const std::vector<Puts> puts = captured_puts(setup.directory, key, calls);
    const double theirs = on_threads(threads, count, [&](std::size_t i) { raw.write(puts[i]); });
    const double ours = on_threads(threads, count, [&](std::size_t i) {
      value_of(scratch.log().append(std::move(calls[i])));
    });
    rounds.add(static_cast<double>(count) / ours, static_cast<double>(count) / theirs);
  }
  return rounds.line("", "events/s", aim);
}

}  // namespace

std::vector<Line> measure_single_appends(const Setup& setup) {
  Line line = measure_ones(setup, 1, setup.quick ? 200 : 2000, 0.8);
  line.name = "single durable appends, 1 caller";
  line.included =
      "append() of ready-made events, one at a time, until the receipt; raw: the same "
      "puts in one synced WriteBatch each";
  return {line};
}

std::vector<Line> measure_callers(const Setup& setup) {
  Line line = measure_ones(setup, 16, setup.quick ? 800 : 16'000, 0.8);
  line.name = "single durable appends, 16 callers";
  line.included = "the same from 16 threads; raw: 16 threads, RocksDB's own group commit";
  return {line};
}

std::vector<Line> measure_groups(const Setup& setup) {
  constexpr std::size_t kGroup = 1000;
  const std::size_t groups = setup.quick ? 3 : 20;
  const std::size_t round_count = setup.quick ? 2 : 7;
  const crypto::SigningKey key = new_key();
  ScratchLog ready(setup.directory, key), built(setup.directory, key);
  RawDatabase raw(setup.directory);
  Rounds ready_rounds, built_rounds;
  std::vector<double> building;
  std::uint64_t next = 0;
  for (std::size_t round = 0; round < round_count; ++round) {
    std::vector<std::vector<log::Prepared>> calls;
    const std::uint64_t first = next;
    const double build = seconds([&] {
      for (std::size_t i = 0; i < groups; ++i, next += kGroup)
        calls.push_back(make_events(ready.log().origin(), next, kGroup));
    });
    const double count = static_cast<double>(groups * kGroup);
    building.push_back(count / build);
    const std::vector<Puts> puts = captured_puts(setup.directory, key, calls);
    const double theirs = on_threads(1, groups, [&](std::size_t i) { raw.write(puts[i]); });
    const double ours = on_threads(
        1, groups, [&](std::size_t i) { value_of(ready.log().append(std::move(calls[i]))); });
    const double both = on_threads(2, groups, [&](std::size_t i) {
      value_of(built.log().append(make_events(built.log().origin(), first + i * kGroup, kGroup)));
    });
    ready_rounds.add(count / ours, count / theirs);
    built_rounds.add(count / both, count / theirs);
  }
  Line whole = built_rounds.line("groups of 1,000, built and appended", "events/s", 0.5);
  whole.included = cat("2 callers, each builds the eight disclosures of 1,000 events (",
                       static_cast<std::int64_t>(median(building)),
                       " events/s on one thread) and appends them in one call; raw: 1 thread, "
                       "1,000 events' puts in one synced WriteBatch, nothing built");
  Line append = ready_rounds.line("groups of 1,000, append alone", "events/s", 0.5);
  append.included = "1 caller, ready-made events; raw as above";
  return {append, whole};
}

}  // namespace quarrymark::bench
