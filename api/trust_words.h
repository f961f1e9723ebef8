// A trust file in words: who is trusted for what, and what is then left to each log alone.
#pragma once

#include "ledger/json/value.h"
#include "ledger/passport/trust.h"

#include <string>

namespace quarrymark::api {

std::string trust_text(const passport::Trust& trust);
// {"registrars","monitors","verifiers","pinned","witnesses":[{"name","vkey"}],"quorum","limits"};
// `quorum` is its rule in words, or null.
json::Value trust_json(const passport::Trust& trust);

}  // namespace quarrymark::api
