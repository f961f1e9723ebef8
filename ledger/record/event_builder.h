// From a draft to bytes: disclosures with fresh salts, the head, the event id, the markers.
// FORMATS.md, "Head" and "Spending".
#pragma once

#include "ledger/crypto/key.h"
#include "ledger/record/draft.h"
#include "ledger/record/meaning.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace quarrymark::record {

struct BuiltEvent {
  log::Prepared prepared;
  std::shared_ptr<const Meaning> meaning;  // the same as prepared.meaning
};

// The device that signs an event, and the number it gives to it.
struct DeviceStamp {
  const crypto::SigningKey& key;
  std::uint64_t number = 1;
};

// `seq` and `time` are those the event is expected to get; they matter to later look-ups only.
Result<BuiltEvent> build_event(const Draft& draft, std::string_view origin, std::uint64_t seq,
                               UtcTime time, const std::optional<DeviceStamp>& device = {});

}  // namespace quarrymark::record
