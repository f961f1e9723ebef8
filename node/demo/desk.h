// An authority's desk for one contract: a directory with what it was handed, and nothing else
// reaches the check. DESIGN.md §8, "A check".
#pragma once

#include "ledger/json/value.h"
#include "ledger/judge/verdict.h"
#include "node/demo/data_set.h"

#include <string>
#include <vector>

namespace quarrymark::demo {

class Desk {
 public:
  // `directory` of the contract, `trust` file of the authority. Both files are written by others.
  Desk(std::string directory, std::string trust)
      : directory_(std::move(directory)), trust_(std::move(trust)) {}

  // Makes the directory and puts the contract there. kIo.
  Status open(const std::string& contract_bytes);
  // passports/<name>.json; again the same name: replaced. kIo.
  Status put_passport(const std::string& name, const std::string& bytes);
  Status put_scans(const std::vector<std::string>& contents);
  Status put_sightings(const json::Array& sightings);

  // Reads all files back and judges.
  Result<custody::Report> check(UtcTime date) const;
  // The arguments of `quarrymark contract check` that come to the same.
  std::vector<std::string> arguments(UtcTime date) const;

 private:
  std::string path(const std::string& name) const;

  std::string directory_, trust_;
  std::vector<std::string> passports_;  // paths, in the order in which they came
  bool has_scans_ = false, has_sightings_ = false;
};

}  // namespace quarrymark::demo
