// What physics and dates doubt about events of this node, with what it knows around them: their
// chains, the sites they name, what else was cut from the same blocks, and for permits what was
// taken in the same months. Computed when asked, never stored. The rules: ledger/balance/doubts.h.
#pragma once

#include "ledger/balance/doubts.h"
#include "ledger/record/known_events.h"
#include "ledger/record/node.h"

#include <span>
#include <vector>

namespace quarrymark::record {

struct EventDoubts {
  EventId event;
  std::vector<custody::Doubt> doubts;  // `event` in each is null: the graph is gone
};

// In the order of `about`, only those with doubts; what nothing here shows has none.
Result<std::vector<EventDoubts>> find_doubts(const Node& node, std::span<const EventId> about);
// The same over an overlay, so that events which are only prepared have doubts too.
Result<std::vector<EventDoubts>> find_doubts(const Node& node, Overlay& rows, KnownEvents& events,
                                             std::span<const EventId> about);

// How much is looked at: further cuts of one set of blocks, and entries of a log for its month.
inline constexpr std::size_t kDoubtedCuts = 2000;
inline constexpr std::uint64_t kDoubtedEntries = 200'000;

}  // namespace quarrymark::record
