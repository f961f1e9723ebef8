// What a state descends from, told by links and state rows alone. FORMATS.md rule 17.
#pragma once

#include "ledger/record/known_events.h"
#include "ledger/record/link.h"

#include <cstdint>
#include <vector>

namespace quarrymark::record {

// The input it remakes, the inputs its contents name, what a voided event consumed, what a late
// dispatch gives up, or all inputs. Empty where stone begins or nothing is known. `events` are
// asked only about late dispatches.
Result<std::vector<entry::StateRef>> states_behind(Overlay& rows, KnownEvents& events,
                                                   const entry::StateRef& state);
// The same of an output of an event whose link is at hand; `output` null: its row is not known.
Result<std::vector<entry::StateRef>> states_behind(Overlay& rows, KnownEvents& events,
                                                   const Link& link, std::int32_t out,
                                                   const custody::Output* output);

// What late dispatches say was given up for an output of a one-sided receive.
struct LateHandOver {
  EventId dispatch;
  entry::StateRef given_up;
};
Result<std::vector<LateHandOver>> given_up(Overlay& rows, KnownEvents& events,
                                           const EventId& receive, std::int32_t out);

}  // namespace quarrymark::record
