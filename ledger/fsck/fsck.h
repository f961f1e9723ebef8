// Checks a node's directory: entries, disclosures and checkpoints as the truth, and every row that
// follows from them against rows made anew beside it; with `rebuild`, mends what differs.
//
//   1. log::derive_log and derive_records make all derived rows in <dir>/fsck
//   2. compare_table walks both stores; each row that is missing, different or invented is named
//   3. with `rebuild`, differences are written under a mark: until the last one is, the directory
//      opens for nothing else. Interrupted, it is simply run again.
//
// Entries, disclosures, packets and idempotency keys are never changed: what is wrong with them
// is told, and then nothing is rebuilt.
#pragma once

#include "ledger/base/result.h"
#include "ledger/store/store.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::fsck {

struct Options {
  bool rebuild = false;
  unsigned threads = 1;  // for checking logs
  // Total 0: not known. Called by several threads.
  std::function<void(std::string_view what, std::uint64_t done, std::uint64_t total)> progress;
};

// How a table differs from what the logs say. `named` has the first differences, in key order.
inline constexpr std::size_t kMostNamed = 1000;
struct TableDifferences {
  store::Table table = store::Table::kMeta;
  std::uint64_t rows = 0;  // that there should be
  std::uint64_t missing = 0, different = 0, invented = 0;
  std::vector<std::string> named;
  std::uint64_t count() const { return missing + different + invented; }
};

struct LogResult {
  std::string name, origin;
  std::uint64_t entries = 0;
};

struct Report {
  std::vector<LogResult> logs;
  // With what is never rebuilt: entries, disclosures, keys, checkpoints, packets. When entries,
  // disclosures or packets are damaged, `tables` is empty: nothing could be derived.
  std::vector<std::string> problems;
  std::vector<TableDifferences> tables;
  bool rebuilt = false;  // `tables` tells what was mended
  bool sound() const;    // now: nothing is wrong, or all that was has been mended
};

// The directory is needed for oneself (kFailedPrecondition: open in another process).
Result<Report> check(const std::string& directory, const Options& options);

}  // namespace quarrymark::fsck
