// Whole-log verification (fsck): every entry's form, place, chain and leaf hash, the tree, the
// tiles, the signed checkpoint, that each disclosure is bound to its entry, and the indexes that
// this folder keeps. Reads only.
//
// The log is cut at tile boundaries into ranges that are checked by several threads and joined:
// each range's first link is compared with the hash before it, and the tile roots make the tree.
#pragma once

#include "ledger/base/result.h"
#include "ledger/crypto/key.h"
#include "ledger/log/log.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace quarrymark::log {

struct CheckOptions {
  unsigned threads = 1;
  bool disclosures = true;  // also check every disclosure against its entry
  bool indexes = true;      // also check the event index and the idempotency keys
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // may be empty
};

struct CheckReport {
  std::uint64_t entries = 0;
  // Of these, how many the stored checkpoint covers: all of them, or all but the newest group
  // while the log is open or when it was not closed (opening signs it again).
  std::uint64_t signed_entries = 0;
  std::string origin, checkpoint;
  Hash root{};
  std::vector<std::string> problems;  // what and where, in order; empty: everything holds
};

// kNotFound when the store has no such log; damage is in `problems`, not an error.
Result<CheckReport> check_log(const store::Store& store, LogNumber number,
                              const CheckOptions& options);

}  // namespace quarrymark::log
