// The sightings of a data set, each signed by its device when somebody first speaks of it.
#pragma once

#include "ledger/json/value.h"
#include "ledger/record/names.h"
#include "node/demo/cast.h"

#include <map>
#include <string>
#include <vector>

namespace quarrymark::demo {

// "sighting:<name>" → its digest.
class SightingBook final : public record::NameSource {
 public:
  SightingBook(const DataSet& set, Cast& cast) : set_(set), cast_(cast) {}

  // The signed sighting. The device adds item number and serial where its organisation knows the
  // item; somebody who only reads a number off a crate has nothing more. kNotFound.
  Result<json::Value> signed_sighting(const std::string& name) const;
  // Code of the organisation whose device made it. kNotFound.
  Result<std::string> maker(const std::string& name) const;

  Result<std::vector<std::string>> find(record::NameKind kind,
                                        std::string_view name) const override;

 private:
  Result<const SightingFacts*> facts(const std::string& name) const;

  const DataSet& set_;
  Cast& cast_;
  mutable std::map<std::string, json::Value> signed_;  // made once: a second would differ
};

}  // namespace quarrymark::demo
