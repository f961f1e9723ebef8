// The outputs of an event that a device built, against those the node would have made: what
// carries over is again what it was, what comes back is what was consumed, what is new is new.
#pragma once

#include "ledger/record/draft.h"
#include "ledger/record/scene.h"

#include <vector>

namespace quarrymark::record {

// `draft` holds inputs and fields resolved, and what resolving made of the outputs. kRefused,
// kAlreadyExists, kMalformed, naming the output ("outputs[2].item").
Status check_built_outputs(const Scene& scene, const Draft& draft,
                           const std::vector<custody::Output>& built);

}  // namespace quarrymark::record
