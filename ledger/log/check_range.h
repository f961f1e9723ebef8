// One stretch of a log, checked on its own: its entries, its tiles, its disclosures. Part of
// check_log; ranges are checked in parallel and share nothing.
#pragma once

#include "ledger/entry/entry.h"
#include "ledger/log/check.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/compact_range.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::log {

// Problems found in one place, with an end to them: a store that lost a million entries is told
// in a few lines.
class Problems {
 public:
  void add(std::string text);
  // Appends what was found to `out`.
  void move_to(std::vector<std::string>& out);

 private:
  std::vector<std::string> texts_;
  std::uint64_t more_ = 0;
};

// A sum over (event id, seq) pairs that does not depend on their order: entries and event index
// hold the same pairs when number and sum agree (up to 2^-64 for damage that knows nothing of it).
struct PairSum {
  std::uint64_t count = 0, sum = 0;
  void add(const Hash& event, std::uint64_t seq);
  void add(const PairSum& other);
  bool operator==(const PairSum&) const = default;
};

struct RangeResult {
  Problems problems;
  struct End {
    bool present = false;
    std::optional<Hash> prev;  // of the first entry
    Hash hash{};               // of the last entry
    UtcTime time;
  };
  End first, last;
  std::vector<Hash> tile_roots;  // of the full tiles of the range
  merkle::CompactTree tail;      // of the entries behind them (last range only)
  PairSum events;
};

struct CheckedLog {
  const store::Store& store;
  LogNumber number;
  LogRecord record;
  bool disclosures, indexes;
};

// Entries [begin, end); `begin` is a multiple of 256, `end` too or the size of the log.
RangeResult check_range(const CheckedLog& log, std::uint64_t begin, std::uint64_t end);

// What an entry says about the disclosures beside it.
struct Expected {
  EventId event;
  std::optional<FieldDigest> device;
  std::size_t spends = 0;
};
// The disclosures of the entries [begin, begin + expected.size()).
void check_disclosures(const CheckedLog& log, std::uint64_t begin,
                       const std::vector<std::optional<Expected>>& expected, Problems& problems);

}  // namespace quarrymark::log
