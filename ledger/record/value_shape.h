// Shapes of JSON values as tables, so that each field of the catalogue is a line of data and not
// a function. Errors name the place: `sites[0].role`, "expected one of …, got …".
#pragma once

#include "ledger/json/value.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace quarrymark::record {

struct Shape;

struct Member {
  std::string_view name;
  const Shape* shape;
  bool required = false;
};

enum class ShapeKind {
  kString,  // `min` to `max` characters, not only white space
  kDigest,  // 43 base64url characters of 32 bytes
  kDate,    // YYYY-MM-DD
  kDateOrNull,
  kDayOfYear,  // MM-DD
  kCountry,    // two capitals
  kContainer,  // ISO 6346: four letters, the last U, J or Z, and seven digits
  kInteger,    // `min` to `max`
  kBoolean,
  kWord,    // one of `words`
  kArray,   // `min` to `max` elements of `element`; `unique`: no two alike
  kObject,  // `members`, at least `min` of them
};

struct Shape {
  ShapeKind kind;
  std::int64_t min = 0, max = 0;
  std::span<const std::string_view> words = {};
  const Shape* element = nullptr;
  std::span<const Member> members = {};
  bool unique = false;
  bool or_null = false;  // of kString and kInteger
};

// kMalformed or kTooLarge, naming the place within `value`.
Status check_shape(const json::Value& value, const Shape& shape);

// "a, b, c"
std::string listed(std::span<const std::string_view> words);

}  // namespace quarrymark::record
