// What comes out of a crate again: `unpack` without stated outputs.
#pragma once

#include "ledger/record/draft.h"
#include "ledger/record/scene.h"

namespace quarrymark::record {

// Fills `draft.outputs` with what the packs of the crates in `draft.inputs` put into them. What
// was drawn whole keeps its item; a part of a batch gets a number of its own, because the rest
// goes on under the old one. kRefused: the pack of a crate is not known here.
Status unpack(const Scene& scene, Draft& draft);

}  // namespace quarrymark::record
