// One stretch of a log, checked on its own: its entries, its tiles, its disclosures. Part of
// check_log; ranges are checked in parallel and share nothing.
#pragma once

#include "ledger/entry/chain_check.h"
#include "ledger/log/check.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/compact_range.h"
#include "ledger/tiles/problems.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::log {

using tiles::Problems;

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
  entry::ChainCheck chain{std::string_view()};
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
// What is wrong with the stored disclosures of one entry, or empty.
std::string disclosures_problem(const std::string& origin, std::string_view value,
                                const Expected& expected);
// The disclosures of the entries [begin, begin + expected.size()).
void check_disclosures(const CheckedLog& log, std::uint64_t begin,
                       const std::vector<std::optional<Expected>>& expected, Problems& problems);

}  // namespace quarrymark::log
