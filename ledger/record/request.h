// One event as a person or program states it: items by name, no salts, no digests.
// docs/record_input.md; schemas/record.schema.json says the same in JSON Schema.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/custody/event.h"
#include "ledger/json/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::record {

struct InputRequest {
  std::string item;                    // item number, label or alias
  std::optional<std::int64_t> amount;  // left out: all of it
};

// An output that is made, or (dispatch, receive, correct) what changes about one that carries
// over: then only `measure`, member by member, and `aliases`, as a whole, are given.
struct OutputRequest {
  std::optional<custody::ItemKind> kind;
  std::int64_t amount = 1;
  custody::Unit unit = custody::Unit::kPiece;
  std::string item;  // empty: draw one
  std::optional<std::vector<std::string>> aliases;
  bool label = false;                 // draw a serial
  std::string serial;                 // of the label printed ahead that is claimed; empty: none
  std::optional<std::int64_t> count;  // that many alike
  custody::Measure measure;
  std::vector<custody::Content> contents;
};

struct RecordRequest {
  custody::EventType type = custody::EventType::kAttest;
  std::string key;  // idempotency key; empty: none
  std::string at;   // claimed time with zone; empty: now
  std::vector<InputRequest> inputs;
  std::vector<OutputRequest> outputs;
  json::Object fields;  // by name, values of the documented shape, names not resolved yet
  Hash content{};       // SHA-256 of the request's canonical JSON
};

// Reads one request strictly. Errors name the member: `outputs[0].unit`, "expected one of piece,
// g, mm, mm2, mm3, got \"kg\"". kMalformed for wrong shapes, kTooLarge beyond a limit.
Result<RecordRequest> parse_request(const json::Value& value);
// What depends on more than one member of a request.
Status check_together(const RecordRequest& request);

}  // namespace quarrymark::record
