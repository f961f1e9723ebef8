// What a reader could still infer from a passport, in JSON and in words.
#pragma once

#include "ledger/json/value.h"
#include "ledger/passport/preview.h"

#include <string>
#include <vector>

namespace quarrymark::api {

// `others`: names of the passports it was compared with, in the order of the call.
json::Value preview_json(const passport::Preview& preview, const std::vector<std::string>& others);
std::string preview_text(const passport::Preview& preview, const std::vector<std::string>& others);

}  // namespace quarrymark::api
