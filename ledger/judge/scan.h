// Labels that somebody scanned at a delivery: what was read, perhaps with a signed sighting.
#pragma once

#include "ledger/judge/sighting.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

struct Scan {
  std::string content;               // as read, for messages
  std::string item, serial, alias;   // what it says; item and alias are not both known
  std::optional<Sighting> sighting;  // when the scan was signed by an enrolled device
};

// Splits `HTTPS://<host>/Q/<item>/<serial>` into item and serial; anything else is an alias.
Scan scan_of(std::string_view content);

// A scans file: a JSON array, or one value a line, of label texts, of objects
// {"label"?, "item"?, "serial"?, "alias"?, "at"?}, or of signed sightings.
Result<std::vector<Scan>> parse_scans_file(std::string_view text);

}  // namespace quarrymark::custody
