// An example data set as it is written down: organisations, hand-overs, checks, sightings.
// schemas/data_set.schema.json. `expected` is for tests; nothing here reads it.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::demo {

struct OrganisationFacts {
  std::string code, name, role, country;
  std::string events;   // file of its events
  bool device = false;  // has a device that signs sightings
};

struct HandOverFacts {
  std::string from, dispatch, to;  // codes, and the key of the dispatch
  std::string contract;            // id; empty: between business partners
};

struct EvidenceFacts {
  std::string organisation, key;
};

struct CheckFacts {
  std::string contract, authority;
  UtcTime at;
  std::vector<std::string> sightings;  // names
  std::vector<EvidenceFacts> evidence;
};

struct SightingFacts {
  std::string name, by, alias, at;
  std::int64_t lat = 0, lon = 0, error_mm = 0;
};

struct DataSet {
  std::string directory, title;
  std::string registrar;  // code
  std::vector<OrganisationFacts> organisations;
  std::map<std::string, std::map<std::string, UtcTime>> recorded;  // code, key → entry clock
  std::vector<HandOverFacts> hand_overs;
  std::vector<CheckFacts> checks;
  std::vector<SightingFacts> sightings;

  // By code; reading made sure that every code that is named exists.
  std::size_t index_of(std::string_view code) const;
};

// kNotFound, kMalformed with file and place.
Result<DataSet> load_data_set(const std::string& directory);

}  // namespace quarrymark::demo
