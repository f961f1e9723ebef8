// What can be said of an event that a device built without looking anything up: each field known
// to its type and of its shape, every name written out, as many inputs and outputs as the type
// takes and makes. schemas/events/<type>.schema.json says the same.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/record/built_event.h"
#include "ledger/record/request.h"

#include <string_view>

namespace quarrymark::record {

// The same event as a request would state it: type, time, key and fields, names written out.
Result<RecordRequest> stated_by(const SignedEvent& event, std::string_view key);

// kRefused, kMalformed; errors name the member.
Status check_built_shape(const SignedEvent& built, const RecordRequest& stated,
                         const custody::Event& event);
// The same, and how many inputs and outputs there are; of what they are, the ledger knows more.
Status check_built_counts(const custody::Event& event);

}  // namespace quarrymark::record
