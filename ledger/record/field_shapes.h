// The shapes of field values, one for each name of the catalogue. schemas/fields.schema.json and
// the looser forms of schemas/record.schema.json, where a name may stand for a digest.
#pragma once

#include "ledger/record/value_shape.h"

#include <string_view>

namespace quarrymark::record {

// Null for a name that is no field. Fields whose shape depends on the event are asked for by
// their name in the catalogue: "site" and "site_described", "about" and "about_event".
const Shape* field_shape(std::string_view name);

}  // namespace quarrymark::record
