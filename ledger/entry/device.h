// The disclosure with which an enrolled phone signs an event it built.
// DESIGN.md §4 "Device", FORMATS.md rule 15.
#pragma once

#include "ledger/crypto/key.h"
#include "ledger/entry/disclosure.h"

#include <string>

namespace quarrymark::entry {

struct DeviceSignature {
  crypto::PublicKey key;
  crypto::Signature signature;
};

// "quarrymark/device/v1\n<event id>\n"
std::string device_message(const EventId& event);
Disclosure make_device_disclosure(const crypto::SigningKey& key, const EventId& event);
Result<DeviceSignature> parse_device_disclosure(const Disclosure& disclosure);
bool verify_device_signature(const DeviceSignature& device, const EventId& event);

}  // namespace quarrymark::entry
