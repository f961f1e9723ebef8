// Disclosures (RFC 9901 §4.2): base64url of ["<salt>","<name>",<value>], committed to by the
// SHA-256 digest of their ASCII text. Everything an entry says stands in disclosures, each on
// its own, so that any can be withheld or erased while every proof still holds.
// FORMATS.md, rules 1 to 6.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/json/value.h"

#include <string>
#include <string_view>

namespace quarrymark::entry {

struct Disclosure {
  std::string text;    // the base64url characters: what is hashed, stored and sent
  FieldDigest digest;  // SHA-256 of `text`
  std::string name;
  json::Value value;
};

// Draws a fresh 128-bit salt and builds the disclosure. Members of `value` must ascend, except
// in a head (rule 2); the caller sees to that.
Disclosure make_disclosure(std::string_view name, json::Value value);

// Accepts exactly one form: canonical base64url of the exact JSON array of three, with a
// 22-character salt. Whether members ascend is checked here for every name but "event",
// whose fixed member order is the head's business.
Result<Disclosure> parse_disclosure(std::string_view text);

// The digest alone, without decoding.
FieldDigest disclosure_digest(std::string_view text);

// Name of the disclosure that holds an event's head.
inline constexpr std::string_view kHeadName = "event";
inline constexpr std::string_view kDeviceName = "device";

// "out.0", "out.1", …
std::string output_name(std::int64_t out);

}  // namespace quarrymark::entry
