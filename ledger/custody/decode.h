// From a head and its disclosures to a typed Event.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/entry.h"
#include "ledger/entry/head.h"

#include <span>

namespace quarrymark::custody {

// `fields` are the disclosed fields and outputs, each bound to the head (its digest stands in
// the head under its name); the caller has checked that. Members that a verifier uses are
// checked here; an error names the field. Does not need or set `device_signed`.
Result<Event> decode_event(const entry::Disclosure& head_disclosure, const entry::Head& head,
                           std::span<const entry::Disclosure> fields);

// Puts in what only the entry knows: seq, time, spends.
void place_event(Event& event, const entry::Entry& entry);

}  // namespace quarrymark::custody
