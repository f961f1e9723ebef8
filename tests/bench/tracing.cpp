// Tracing, recall, opening, memory and size of a large ledger, beside their bars.
#include "ledger/base/text.h"
#include "ledger/trace/recall.h"
#include "tests/bench/grow.h"
#include "tests/bench/measures.h"
#include "tests/bench/timing.h"
#include "tests/bench/workload.h"

#include <cstdlib>
#include <fstream>

namespace quarrymark::bench {
namespace {

constexpr std::size_t kCrates = 200;  // traced, spread over the whole ledger
constexpr int kHops = 10;

// A kilobyte number of /proc/self/status.
double status_mib(std::string_view name) {
  std::ifstream in("/proc/self/status");
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(name)) return std::strtod(line.c_str() + name.size() + 1, nullptr) / 1024;
  return 0;
}

void forget_peak() { std::ofstream("/proc/self/clear_refs") << "5"; }

// The bar stands where others have what they are compared with: 1.0 and more reaches it.
Line beside_bar(std::string name, std::string unit, double ours, double bar, std::string included) {
  return {std::move(name),    std::move(unit), ours, bar, ours > 0 ? bar / ours : 0, 1.0,
          std::move(included)};
}

std::vector<std::string> spread(const std::vector<std::string>& crates) {
  std::vector<std::string> chosen;
  const std::size_t count = std::min(kCrates, crates.size());
  for (std::size_t i = 0; i < count; ++i) chosen.push_back(crates[i * crates.size() / count]);
  return chosen;
}

double microseconds(double seconds) { return seconds * 1e6; }

double median_trace(record::Node& node, const Grown& grown) {
  trace::Tracer tracer = value_of(trace::Tracer::open(node));
  const std::vector<std::string> crates = spread(grown.crates);
  std::vector<double> times;
  for (int round = 0; round < 3; ++round) {
    times.clear();  // the first rounds warm the cache
    for (const std::string& crate : crates) {
      std::size_t hops = 0;
      times.push_back(microseconds(seconds([&] {
        hops = static_cast<std::size_t>(value_of(tracer.back(crate)).steps.back().depth);
      })));
      if (hops < kHops) give_up({Errc::kInternal, cat("a chain of ", hops, " hops only"), {}});
    }
  }
  return median(times);
}

double median_recall(record::Node& node, const Grown& grown, trace::Recall& recall) {
  std::vector<double> times;
  recall = value_of(trace::recall_item(node, grown.block));
  for (int round = 0; round < 9; ++round)
    times.push_back(seconds([&] { recall = value_of(trace::recall_item(node, grown.block)); }) *
                    1000);
  return median(times);
}

Line size_line(store::Store& store, const Grown& grown) {
  value_of(store.flush());
  value_of(store.compact());
  std::string parts;
  double total = 0;
  for (std::size_t i = 0; i < store::kTableCount; ++i) {
    const auto table = static_cast<store::Table>(i);
    const double bytes =
        static_cast<double>(store.bytes_on_disk(table)) / static_cast<double>(grown.events);
    total += bytes;
    if (bytes >= 0.5)
      parts += cat(parts.empty() ? "" : ", ", store::table_name(table), " ",
                   static_cast<std::int64_t>(bytes + 0.5));
  }
  const std::int64_t outputs = static_cast<std::int64_t>(grown.outputs * 100 / grown.events);
  return beside_bar("bytes per event on disk, all indexes", "bytes", total, 1800,
                    cat("after compaction, events of 6 fields and ", outputs / 100, ".",
                        outputs % 100, " outputs: ", parts));
}

struct Measured {
  double trace_us = 0, recall_ms = 0, open_ms = 0, memory_mib = 0;
  trace::Recall recalled;
};

Measured measure(const std::string& directory, const Grown& grown) {
  Measured measured;
  forget_peak();
  SystemClock clock;
  std::unique_ptr<record::Node> node;
  measured.open_ms = seconds([&] { node = value_of(record::Node::open(directory, clock)); }) * 1000;
  measured.trace_us = median_trace(*node, grown);
  measured.recall_ms = median_recall(*node, grown, measured.recalled);
  measured.memory_mib = status_mib("VmHWM:");
  return measured;
}

}  // namespace

std::vector<Line> measure_tracing(const Setup& setup) {
  const ScratchDirectory scratch(setup.directory);
  const std::string small_path = scratch.path() + "/small";
  const Grown small = grow(small_path, {10'000, {}});
  const Measured beside = measure(small_path, small);
  std::string path = setup.ledger;
  if (path.empty()) {
    path = scratch.path() + "/large";
    grow(path, {setup.quick ? 20'000u : 1'000'000u, {}});
  }
  const Grown large = load_grown(path);
  const Measured measured = measure(path, large);
  const std::string of = cat("ledger of ", large.events, " events in 14 logs");
  std::vector<Line> lines;
  lines.push_back(beside_bar("trace of a crate back over 10 hops", "us", measured.trace_us, 150,
                             cat(of, ": median of ", std::min(kCrates, large.crates.size()),
                                 " crates spread over it, in the process, cache warm; compared: "
                                 "the bar")));
  lines.push_back(beside_bar("the same, beside a ledger of 10,000", "us", measured.trace_us,
                             beside.trace_us * 1.5,
                             cat("compared: 1.5 times ", static_cast<std::int64_t>(beside.trace_us),
                                 " us of a ledger of ", small.events, " events")));
  lines.push_back(beside_bar("recall of a block", "ms", measured.recall_ms, 50,
                             cat(measured.recalled.descendants, " descendants, ",
                                 measured.recalled.events, " events; compared: the bar")));
  lines.push_back(beside_bar("opening the ledger", "ms", measured.open_ms, 2000,
                             "Node::open with all logs; compared: the bar"));
  lines.push_back(beside_bar("memory, peak while doing all this", "MiB", measured.memory_mib, 1024,
                             "VmHWM of the process; compared: the bar"));
  SystemClock clock;
  const auto node = value_of(record::Node::open(path, clock));
  lines.push_back(size_line(node->store(), large));
  return lines;
}

int grow_command(const std::string& directory, std::uint64_t events) {
  const auto begin = std::chrono::steady_clock::now();
  std::uint64_t shown = 0;
  const double took = seconds([&] {
    grow(directory,
         {.events = events, .progress = [&](std::uint64_t done) {
            if (done < shown + 100'000) return;
            shown = done;
            const double passed =
                std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
            std::fprintf(stderr, "%llu events, %.0f/s\n", static_cast<unsigned long long>(done),
                         static_cast<double>(done) / passed);
          }});
  });
  const Grown grown = load_grown(directory);
  std::printf("%llu events with %llu outputs in %s, %.0f s, %.0f events/s, peak memory %.0f MiB\n",
              static_cast<unsigned long long>(grown.events),
              static_cast<unsigned long long>(grown.outputs), directory.c_str(), took,
              static_cast<double>(grown.events) / took, status_mib("VmHWM:"));
  return 0;
}

}  // namespace quarrymark::bench
