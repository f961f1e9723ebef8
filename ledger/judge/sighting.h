// Sightings: signed words of an enrolled device that it saw a label at a place and time. They are
// not ledger events. FORMATS.md, "Sighting"; RULES.md, rules 7 and 22.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/base/result.h"
#include "ledger/crypto/key.h"
#include "ledger/json/value.h"
#include "ledger/judge/membership.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

struct Sighting {
  std::string item, serial, alias;  // empty: not known
  std::string at;                   // claimed time with zone, as written
  UtcTime time;
  std::int64_t lat = 0, lon = 0;  // 1e-7 degrees
  std::int64_t error_mm = 0;      // of the position
  Origin log;                     // under which the device is enrolled
  std::string key;                // raw device key, base64url
  bool signature_valid = false;
  FieldDigest digest;  // SHA-256 of its bytes
};

// Reads one sighting, checks its form and its signature.
Result<Sighting> parse_sighting(const json::Value& value);
// A file: a JSON array of sightings, or one a line.
Result<std::vector<Sighting>> parse_sightings_file(std::string_view text);
// The signed object; `unsigned_facts` needs everything but key, sig and digest.
json::Value make_sighting(const Sighting& facts, const crypto::SigningKey& device);

struct ImpossibleTravel {
  const Sighting* first;
  const Sighting* second;
  std::int64_t distance_mm;  // before anything comes off
  std::int64_t minutes;
  std::int64_t kmh;  // after max(5 km, both position errors) came off
};
// Pairs of sightings of one label by enrolled devices that nothing can have travelled between.
std::vector<ImpossibleTravel> impossible_travels(const std::vector<Sighting>& sightings,
                                                 const Membership& membership);
bool same_label(const Sighting& a, const Sighting& b);

}  // namespace quarrymark::custody
