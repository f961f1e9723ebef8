// Which device keys count for which log. DESIGN.md §4 "Device", FORMATS.md rule 15.
#pragma once

#include "ledger/custody/evidence.h"

#include <string>
#include <unordered_map>

namespace quarrymark::passport {

// Raw device keys, base64url, of events whose device signature verifies.
using DeviceKeys = std::unordered_map<EventId, std::string, Digest32Hasher>;

// Sets `device_signed` on the events that an enrolled device signed. The first key of a log
// stands in an `admit` of a registrar the reader trusts; later ones are enrolled, and lost ones
// withdrawn, by events signed by a device that is enrolled at that point of the log.
void mark_device_signed(custody::Evidence& evidence, const DeviceKeys& keys);

}  // namespace quarrymark::passport
