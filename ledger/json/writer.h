// Writing JSON in the one exact form of FORMATS.md, rule 1 (RFC 8785 strings, no white space),
// or indented for people.
#pragma once

#include "ledger/json/value.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace quarrymark::json {

// `expected_size`: how long it will be, where the caller knows.
std::string write(const Value& value, std::size_t expected_size = 0);
std::string write_indented(const Value& value);

// Appends `text` as a JSON string with its quotes. `text` must be valid UTF-8.
void append_string(std::string& out, std::string_view text);

}  // namespace quarrymark::json
