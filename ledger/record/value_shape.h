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
  kWord,  // one of `words`
  // What a name may stand for in a request, where the node looks it up.
  kEventName,     // a digest; stated: or 1 to 200 characters
  kLogName,       // an origin; stated: or 1 to 200 characters
  kItemName,      // an item number; stated: 1 to 200 characters
  kEventKey,      // a digest; stated: or key:<key>
  kSightingName,  // a digest; stated: or sighting:<name>
  kDeviceName,    // a raw key; stated: or device:<code>
  kOldSerial,     // a serial; stated: or "recorded"
  kArray,         // `min` to `max` elements of `element`; `unique`: no two alike
  kObject,        // `members`, at least `min` of them
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

// As a person or program states it (schemas/record.schema.json), or as it stands in a
// disclosure, every name looked up (schemas/fields.schema.json).
enum class Spelling { kStated, kRecorded };

// kMalformed or kTooLarge, naming the place within `value`.
Status check_shape(const json::Value& value, const Shape& shape,
                   Spelling spelling = Spelling::kStated);

// "a, b, c"
std::string listed(std::span<const std::string_view> words);

}  // namespace quarrymark::record
