// Which events, and which of their outputs, a passport needs.
//
// From the items back through inputs, and through late dispatches that name a receive; then what
// was said and done about those events: corrections, voids, attestations, sites, contracts, and
// the admissions of every log in the chain. DESIGN.md §8, FORMATS.md rule 17.
#pragma once

#include "ledger/record/index.h"
#include "ledger/record/known_events.h"

#include <deque>
#include <map>
#include <set>
#include <span>
#include <string>

namespace quarrymark::record {

struct NeededEvent {
  const KnownEvent* known = nullptr;  // of the KnownEvents the chain was made with
  std::set<std::int32_t> outs;        // outputs to show
};
using Chain = std::map<EventId, NeededEvent>;

// Everything needed for `items`, of what is known here; an input that nothing here shows simply
// ends the chain. kNotFound: one of `items` itself.
Result<Chain> find_chain(Overlay& rows, KnownEvents& events,
                         std::span<const entry::StateRef> items);

}  // namespace quarrymark::record
