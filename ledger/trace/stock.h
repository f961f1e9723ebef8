// What a log holds: its open states by site, stone and kind, now or as it was on a day.
//
// Reads every state that is known here, once: seconds for a ledger of millions.
#pragma once

#include "ledger/trace/trace.h"

#include <functional>

namespace quarrymark::trace {

struct StockLine {
  std::string site;   // where its last event with a site took place; empty: not said
  std::string stone;  // as its extraction or acquisition names it; "A + B" for several
  custody::ItemKind kind = custody::ItemKind::kBlock;
  custody::Unit unit = custody::Unit::kPiece;
  std::int64_t amount = 0;
  std::size_t items = 0;
  std::optional<std::int64_t> mass;  // grams, where every item states its own
};

struct StockRequest {
  std::string site;  // name; empty: all
  std::string date;  // YYYY-MM-DD, at the end of that day by claimed dates; empty: now
  std::function<void(std::uint64_t read)> progress;  // may be empty
};

// By site, stone, kind and unit. kInvalidArgument: no such date.
Result<std::vector<StockLine>> stock_of(record::Node& node, const record::OpenLog& log,
                                        const StockRequest& request);

}  // namespace quarrymark::trace
