// Reading JSON strictly.
//
// parse_exact is for bytes that are hashed or signed: it accepts exactly one spelling of each
// value (FORMATS.md, rules 1 and 4), which it enforces by writing the value again and comparing.
// parse_input is for what people and other programs write: white space and escapes are free,
// but repeated members, fractions, numbers outside ±(2^53−1), bad UTF-8, excessive depth or
// size are refused. Both are safe on hostile input: limits apply while reading.
#pragma once

#include "ledger/json/value.h"

#include <cstddef>
#include <string_view>

namespace quarrymark::json {

inline constexpr std::int64_t kMaxInteger = 9007199254740991;  // 2^53 − 1
inline constexpr int kMaxDepth = 8;                            // the outermost container is 1

struct Limits {
  int depth = kMaxDepth;
  std::size_t bytes = 16'777'216;
};

Result<Value> parse_exact(std::string_view text, Limits limits = {});
Result<Value> parse_input(std::string_view text, Limits limits = {});

}  // namespace quarrymark::json
