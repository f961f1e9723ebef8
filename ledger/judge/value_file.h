// Files that people, phones and scanners write: one JSON array, or one value a line.
#pragma once

#include "ledger/json/value.h"

#include <functional>
#include <string_view>

namespace quarrymark::custody {

// Calls `visit` for each value in order. `read_line` turns a line, trimmed and not empty, into a
// value. The first error of either ends it, with "[3]" or "line 4" put before its own place.
Status for_each_value(std::string_view text,
                      const std::function<Result<json::Value>(std::string_view line)>& read_line,
                      const std::function<Status(const json::Value&)>& visit);

}  // namespace quarrymark::custody
