// An event that a device built and signed elsewhere: a head, its fields and the device's
// signature, taken as they are. DESIGN.md §4 "Device", §5 "by head"; docs/record_input.md.
//
//   {"disclosures":["<head>","<field>",…,"<device>"],"key":"…"}
#pragma once

#include "ledger/entry/device.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/head.h"
#include "ledger/json/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

struct BuiltRequest {
  std::vector<std::string> disclosures;  // head first, fields in its order, device last
  std::string key;                       // idempotency key; empty: the event id
};

// Reads one request strictly: the frame alone. kMalformed, kTooLarge.
Result<BuiltRequest> parse_built(const json::Value& value);

// The same with everything bound: each field is the one its head lists, and all are there; the
// device signed this head.
struct SignedEvent {
  entry::Disclosure head_disclosure;
  entry::Head head;
  std::vector<entry::Disclosure> fields;
  std::string device_text, device_key;  // the key as base64url
};

// kRefused: the head is of another log than `origin`, unless that is empty. kUnauthorized: the
// signature does not hold. kMalformed: anything else; errors name the disclosure
// ("disclosures[2]").
Result<SignedEvent> open_built(const BuiltRequest& request, std::string_view origin);

}  // namespace quarrymark::record
