// The head of an event: the disclosure named `event` that lists its inputs, its number of
// outputs and the digests of its fields. Its digest is the event id.
// FORMATS.md, "Head", rules 7 to 10.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/clock.h"
#include "ledger/entry/disclosure.h"

#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarrymark::entry {

inline constexpr std::int64_t kMaxInputs = 1000;
inline constexpr std::int64_t kMaxOutputs = 1000;
inline constexpr std::int32_t kRecordOut = -1;  // names an event's record state

// An item as one output of an event, or (out −1) the event's record state.
struct StateRef {
  EventId event;
  std::int32_t out = 0;
  auto operator<=>(const StateRef&) const = default;
};

struct StateRefHasher {
  std::size_t operator()(const StateRef& ref) const {
    return Digest32Hasher{}(ref.event) ^ (static_cast<std::size_t>(ref.out) * 0x9e3779b97f4a7c15U);
  }
};

struct Input {
  StateRef state;
  std::int64_t amount = 0;  // in the unit of that state; 0 for a record state
};

struct Head {
  std::string type;
  std::string log;  // origin
  std::string at;   // claimed time with zone, as written
  std::int64_t n = 0;
  std::vector<Input> inputs;
  std::int64_t outputs = 0;
  std::vector<std::pair<std::string, FieldDigest>> fields;  // ascending by name

  UtcTime at_time() const;  // `at` as an instant
  const FieldDigest* field(std::string_view name) const;
};

// The event types of DESIGN.md §6.
inline constexpr std::array<std::string_view, 21> kEventTypes = {
    "extract",  "split",   "pack",  "unpack", "dispatch", "receive", "acquire",
    "accept",   "dispose", "label", "attest", "correct",  "void",    "document",
    "contract", "site",    "admit", "revoke", "rotate",   "device",  "erase"};
bool is_event_type(std::string_view type);

// "out.12" → 12; −1 when `name` is no output name of the exact form.
std::int64_t output_number(std::string_view name);
// [a-z][a-z0-9_]* and neither "event" nor "device".
bool is_field_name(std::string_view name);

// The head as the value of its disclosure, members in the fixed order.
json::Value head_value(const Head& head);
// Checks everything that can be checked without the events it refers to.
Result<Head> parse_head(const json::Value& value);

inline EventId event_id(const Disclosure& head) { return {head.digest.hash}; }

}  // namespace quarrymark::entry
