// What an event makes: new items with numbers and serials, remakes of what carries over, and the
// remainders that part draws leave.
#pragma once

#include "ledger/record/draft.h"
#include "ledger/record/scene.h"

namespace quarrymark::record {

// Fills `draft.outputs` for every type but void. Needs inputs and resolved fields. Errors name
// the output ("outputs[2].item"). kAlreadyExists: an item number that is in use.
Status resolve_outputs(const Scene& scene, Draft& draft);

}  // namespace quarrymark::record
