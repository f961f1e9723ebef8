// Checking passports: the reader's own verifier with the reader's own trust file. Nothing but
// the bytes of files comes in, so that every surface (command line, demo, checker page) judges
// exactly the same. DESIGN.md §8, "A check".
#pragma once

#include "ledger/base/clock.h"
#include "ledger/base/result.h"
#include "ledger/judge/verdict.h"

#include <optional>
#include <string>
#include <vector>

namespace quarrymark::api {

// A file: its name for messages, and what is in it.
struct NamedBytes {
  std::string name;
  std::string bytes;
};

struct CheckRequest {
  NamedBytes trust;
  std::vector<NamedBytes> passports;
  std::optional<NamedBytes> contract;   // without one the origin is shown (RULES.md, rule 6)
  std::optional<NamedBytes> scans;      // what the reader scanned
  std::optional<NamedBytes> sightings;  // signed sightings that were sent to the reader
  std::optional<UtcTime> date;          // of the check
};

// The verdict, whatever it is, is a value. Errors are the reader's own files: kMalformed for a
// trust, contract, scans or sightings file, with the file's name in `field`. A passport that
// cannot be read makes the verdict `invalid`.
Result<custody::Report> run_check(const CheckRequest& request);

}  // namespace quarrymark::api
