#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/log/check.h"
#include "ledger/log/entry_audit.h"
#include "ledger/log/tiles_export.h"
#include "ledger/tiles/check.h"
#include "tests/bench/measures.h"
#include "tests/bench/timing.h"
#include "tests/bench/workload.h"

#include <filesystem>
#include <thread>

namespace quarrymark::bench {
namespace {

struct EntryBytes {
  std::string all;
  std::vector<std::uint32_t> sizes;
};

EntryBytes all_entries(const store::Store& store) {
  EntryBytes entries;
  value_of(
      store.scan(store::Table::kEntries, {}, {}, [&](std::string_view, std::string_view value) {
        entries.all += value;
        entries.sizes.push_back(static_cast<std::uint32_t>(value.size()));
        return true;
      }));
  return entries;
}

// SHA-256 of each entry, from memory, on several threads.
double hash_seconds(const EntryBytes& entries, unsigned threads) {
  return seconds([&] {
    std::vector<std::thread> workers;
    std::size_t offset = 0, begin = 0;
    for (unsigned t = 0; t < threads; ++t) {
      const std::size_t end = entries.sizes.size() * (t + 1) / threads;
      workers.emplace_back([&entries, offset, begin, end] {
        crypto::Sha256 sha256;
        const std::uint8_t* at = as_bytes(entries.all).data() + offset;
        volatile std::uint8_t keep = 0;
        for (std::size_t i = begin; i < end; at += entries.sizes[i++])
          keep = sha256(ByteSpan(at, entries.sizes[i]))[0];
        static_cast<void>(keep);
      });
      for (; begin < end; ++begin) offset += entries.sizes[begin];
    }
    for (std::thread& worker : workers) worker.join();
  });
}

double check_seconds(const store::Store& store, unsigned threads, bool everything) {
  log::CheckOptions options;
  options.threads = threads;
  options.disclosures = everything;
  options.indexes = everything;
  return seconds([&] {
    const log::CheckReport report = value_of(log::check_log(store, 1, options));
    if (!report.problems.empty()) give_up({Errc::kDataLoss, report.problems.front(), {}});
  });
}

// The same log as files, the way a monitor or anybody with a web server's copy checks it.
double tiles_seconds(const std::string& directory, const std::string& vkey, unsigned threads) {
  const tiles::LogIdentity identity = value_of(tiles::make_identity(vkey));
  const tiles::DirectorySource source(directory);
  log::EntryAudit audit(identity.origin);
  tiles::CheckOptions options;
  options.threads = threads;
  options.audit = &audit;
  return seconds([&] {
    const tiles::CheckReport report = value_of(tiles::check_log(source, identity, options));
    if (!report.problems.empty()) give_up({Errc::kDataLoss, report.problems.front(), {}});
  });
}

Line tiles_line(const log::Log& log, const EntryBytes& entries, const Setup& setup) {
  const std::string directory = cat(setup.directory, "/quarrymark_bench_tiles");
  std::filesystem::remove_all(directory);
  value_of(log::export_tiles(log, log.checkpoint(), directory));
  const auto rate = static_cast<double>(entries.sizes.size());
  Rounds rounds;
  for (std::size_t round = 0; round < (setup.quick ? 2u : 5u); ++round)
    rounds.add(rate / tiles_seconds(directory, log.vkey(), 1), rate / hash_seconds(entries, 1));
  std::filesystem::remove_all(directory);
  Line line = rounds.line("verification of tiles", "entries/s", 0);
  line.included =
      cat("check of ", entries.sizes.size(),
          " entries in tlog-tiles files on one thread: every file, leaf hash, tile, root, "
          "signature, form, place, chain, event ids; compared: SHA-256 of each entry "
          "from memory");
  return line;
}

Line size_line(store::Store& store, std::size_t count, double given) {
  using store::Table;
  value_of(store.flush());
  value_of(store.compact());
  std::string parts;
  std::uint64_t total = 0;
  for (const Table table :
       {Table::kEntries, Table::kDisclosures, Table::kTiles, Table::kEvents, Table::kKeys}) {
    const std::uint64_t bytes = store.bytes_on_disk(table);
    total += bytes;
    parts += cat(parts.empty() ? "" : ", ", store::table_name(table), " ", bytes / count);
  }
  const auto per_event = static_cast<double>(total) / static_cast<double>(count);
  return {"bytes per event on disk",
          "bytes",
          per_event,
          given,
          given > 0 ? per_event / given : 0,
          0,
          cat("after compaction: ", parts, "; compared: entry and disclosures as they are sent")};
}

}  // namespace

std::vector<Line> measure_verification(const Setup& setup) {
  constexpr std::size_t kGroup = 1000;
  const std::size_t count = setup.quick ? 20'000 : 1'000'000;
  const crypto::SigningKey key = value_of(crypto::SigningKey::generate());
  ScratchLog scratch(setup.directory, key);
  double given = 0;
  for (std::size_t done = 0; done < count; done += kGroup) {
    auto events = make_events(scratch.log().origin(), done, kGroup);
    for (const log::Prepared& event : events) {
      given += static_cast<double>(event.head.size());
      for (const std::string& disclosure : event.disclosures)
        given += static_cast<double>(disclosure.size());
    }
    value_of(scratch.log().append(std::move(events)));
  }
  const EntryBytes entries = all_entries(scratch.store());
  given = (given + static_cast<double>(entries.all.size())) / static_cast<double>(count);
  std::vector<Line> lines = {size_line(scratch.store(), count, given)};

  const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
  const std::string on = cat(" on ", threads, " threads");
  Rounds chain, everything;
  const auto rate = static_cast<double>(count);
  for (std::size_t round = 0; round < (setup.quick ? 2u : 5u); ++round) {
    const double hashing = hash_seconds(entries, threads);
    chain.add(rate / check_seconds(scratch.store(), threads, false), rate / hashing);
    if (round < 2)
      everything.add(rate / check_seconds(scratch.store(), threads, true), rate / hashing);
  }
  lines.push_back(chain.line(cat("verification: chain, tree, checkpoint"), "entries/s", 0.4));
  lines.back().included = cat("check_log of ", count, " stored entries", on,
                              ": form, place, links, leaf hashes, tiles, tree, signature; "
                              "compared: SHA-256 of each entry from memory",
                              on);
  lines.push_back(everything.line("verification: everything", "entries/s", 0));
  lines.back().included = "the same and every disclosure, the event index and the keys";
  lines.push_back(tiles_line(scratch.log(), entries, setup));
  return lines;
}

}  // namespace quarrymark::bench
