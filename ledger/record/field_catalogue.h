// Which fields an event may and must carry, and what their values look like: the table of
// docs/record_input.md, kept the same as schemas/record.schema.json.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/json/value.h"
#include "ledger/record/value_shape.h"

#include <string_view>

namespace quarrymark::record {

// What a request of a type may say of items.
enum class InputRule { kNone, kSome, kMaybe };
enum class OutputRule {
  kNone,
  kNew,           // at least one
  kNewOrNothing,  // unpack: left out, what the pack consumed comes back
  kPacked,        // crates and bundles with contents
  kChanges,       // what changes about those that carry over; may be left out
  kReceived,      // changes with inputs, new ones without
};
struct TypeRule {
  bool recordable = false;  // rotate and erase have ways of their own
  InputRule inputs = InputRule::kNone;
  OutputRule outputs = OutputRule::kNone;
};
TypeRule type_rule(custody::EventType type);

// Every field is known to the type, of its shape, and all that must be there are. Errors name
// the member without the leading "fields".
Status check_fields(custody::EventType type, const json::Object& fields,
                    Spelling spelling = Spelling::kStated);

// Whether an event of the type may carry the field.
bool may_carry(custody::EventType type, std::string_view field);

}  // namespace quarrymark::record
