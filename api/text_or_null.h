// JSON says null where a text is unknown or was withheld; our structs leave it empty.
#pragma once

#include "ledger/json/value.h"

#include <string>

namespace quarrymark::api {

inline json::Value text_or_null(const std::string& text) {
  return text.empty() ? json::Value(nullptr) : json::Value(text);
}

}  // namespace quarrymark::api
