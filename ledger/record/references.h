// Puts digests, origins and item numbers where a request's fields hold names.
// docs/record_input.md, "Names instead of digests".
#pragma once

#include "ledger/record/draft.h"
#include "ledger/record/scene.h"

namespace quarrymark::record {

// Resolves the fields of `draft` in place. Needs its inputs, for `accept.sampled` and `label`.
// kNotFound, kRefused (ambiguous); errors name the member: "fields.to.log".
Status resolve_references(const Scene& scene, Draft& draft);

// The event that "key:<key>" or an event id stands for. kNotFound: none known here.
Result<const KnownEvent*> find_event(const Scene& scene, std::string_view reference);

}  // namespace quarrymark::record
