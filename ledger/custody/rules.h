// What is refused when an event is recorded: rules that need no physics and no doubt.
// DESIGN.md §6 "Refused", FORMATS.md rules 9 to 12, 17 to 20. Whatever physics or dates doubt is
// recorded and flagged instead (balance.h).
#pragma once

#include "ledger/custody/event.h"

#include <span>
#include <vector>

namespace quarrymark::custody {

// What a node knows of a state that an event wants to consume.
struct InputState {
  StateRef state;
  Output output;   // not used for a record state
  Origin made_by;  // the log of the event that made it
  EventType made_in = EventType::kExtract;
  To to;  // when made by a dispatch
  bool record = false;
};

// Checks an event against the states it consumes, which stand in the order of its inputs:
// which inputs and outputs its type takes, that its log holds each state, that no more is drawn
// than a state holds, that remakes are true to their inputs, that portions and packs do not
// exceed what was drawn, that remainders are kept. Errors name the input or output and say
// expected and got; kRefused for ledger rules, kInvalidArgument for wrong shapes.
Status check_event(const Event& event, std::span<const InputState> inputs);

// The remainder that a part draw must leave: same item, kind, unit, measure of one piece, with
// amount less what was drawn (mass in proportion, rounded down).
Output remainder_of(const Output& output, std::int64_t drawn);

}  // namespace quarrymark::custody
