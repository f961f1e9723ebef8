// From an event that a device built to one ready to be appended: held to everything that an event
// stated by item is held to, with the node's own answers beside the device's.
#pragma once

#include "ledger/record/built_event.h"
#include "ledger/record/event_builder.h"
#include "ledger/record/scene.h"

namespace quarrymark::record {

// kRefused: the device is not enrolled, a state is spent or held by another, outputs differ from
// what carries over or is given back, a number was given twice. kNotFound: a state or event that
// is not known here. Errors name the part ("inputs[0]", "outputs[2].item", "fields.site").
Result<BuiltEvent> resolve_built(const Scene& scene, const SignedEvent& event,
                                 const RecordRequest& stated, std::uint64_t seq, UtcTime time);

}  // namespace quarrymark::record
