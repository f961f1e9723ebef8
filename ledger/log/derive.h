// What follows from a log's entries and disclosures and nothing else, made anew: full tiles, the
// event index and the state record. fsck compares it with what is stored, or puts it there.
//
// Entries and disclosures are checked on the way. What is wrong with them, or with a checkpoint
// that was signed over more or other entries, is told and never repaired: they are the truth.
#pragma once

#include "ledger/base/result.h"
#include "ledger/log/log.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::log {

// An entry and the stored value of its disclosures, both checked.
using VisitEntry =
    std::function<Status(std::uint64_t seq, std::string_view entry, std::string_view disclosures)>;

struct DerivedLog {
  std::uint64_t entries = 0;
  std::string origin;
  std::vector<std::string> problems;  // with entries, disclosures or checkpoints; empty: none
};

// Writes the rows of log `number` of `from` into `into`, another store, without syncing. Stops at
// the first problem. `head_file` is looked at when it exists.
Result<DerivedLog> derive_log(const store::Store& from, LogNumber number,
                              const std::string& head_file, store::Store& into,
                              const VisitEntry& visit);

}  // namespace quarrymark::log
