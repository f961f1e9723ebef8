// The inputs of correct, void and revoke: the record of what they name, and the outputs they
// take back. FORMATS.md rules 19 and 20.
#pragma once

#include "ledger/record/draft.h"
#include "ledger/record/scene.h"

namespace quarrymark::record {

// Fills `draft.inputs` and, for a void, `draft.outputs`; points `corrects` and `voids` at the
// last correction. Needs resolved fields. kRefused: another log's event, undone already, a
// receive, or an output that was spent ("output 3 was spent by …").
Status resolve_undoing(const Scene& scene, Draft& draft);

}  // namespace quarrymark::record
