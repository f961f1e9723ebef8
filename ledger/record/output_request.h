// Reads one element of a request's `outputs`. docs/record_input.md, "Outputs".
#pragma once

#include "ledger/json/value.h"
#include "ledger/record/request.h"

namespace quarrymark::record {

// An output that is made; `packed`: a crate or bundle, which says what it holds.
Result<OutputRequest> read_new_output(const json::Value& value, bool packed);
// What changes about an output that carries over.
Result<OutputRequest> read_change(const json::Value& value);

}  // namespace quarrymark::record
