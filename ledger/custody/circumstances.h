// What surrounds a step and can only make it doubtful: where a site was, its permits, closures and
// seasons, the permit a step names, and its load. docs/balance.md says what is made of them.
//
// They never change a verdict (RULES.md, rule 7), so they are read leniently: a value that has not
// its form counts as one that is not shown, and members nobody uses are passed over.
#pragma once

#include "ledger/base/result.h"
#include "ledger/json/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::custody {

// Days are "2025-02-03", as written; they compare as text.
struct SitePosition {
  std::string from;  // holds from this day on, until the next one
  std::int64_t lat = 0, lon = 0, error_mm = 0;
};
struct SitePermit {
  std::string number, from, to;        // `to` inclusive; empty: open
  std::vector<std::string> parcels;    // empty: the whole site
  std::optional<std::int64_t> volume;  // gross mm³ a calendar month; nullopt: no limit stated
};
struct Closure {
  std::string from, to, reason;  // `to` inclusive; empty: still closed
  std::vector<std::string> parcels;
};
struct Season {
  std::string from, to;  // "06-15", both inclusive; closed every year, perhaps over the new year
  std::vector<std::string> parcels;
};
struct NamedPermit {
  std::string number, from, to;  // empty: not stated
};
struct Transport {
  std::string container;                           // empty: none stated
  std::optional<std::int64_t> vgm, tare, packing;  // g
  std::optional<std::int64_t> crates;              // on the packing list
};

Result<std::vector<SitePosition>> parse_positions(const json::Value& value);
Result<std::vector<SitePermit>> parse_permits(const json::Value& value);
Result<std::vector<Closure>> parse_closures(const json::Value& value);
Result<std::vector<Season>> parse_seasons(const json::Value& value);
Result<NamedPermit> parse_named_permit(const json::Value& value);
Result<Transport> parse_transport(const json::Value& value);

}  // namespace quarrymark::custody
