// Errors as every surface shows them.
#pragma once

#include "ledger/base/result.h"
#include "ledger/json/value.h"

#include <string>
#include <string_view>

namespace quarrymark::api {

// {"error":{"code":"not_found","message":…,"field":… or null}}
json::Value error_json(const Error& error);

// The same error with the file it was met in put before its place: "K1.json: criteria.quarry".
Error in_file(std::string_view file, Error error);

// "field: message" on one line: line breaks and other control characters, which may come from
// somebody's file, are made visible.
std::string error_line(const Error& error);

}  // namespace quarrymark::api
