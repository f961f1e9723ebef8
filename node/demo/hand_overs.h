// Passports that travel between the organisations: admissions, contracts, goods, evidence.
#pragma once

#include "node/demo/cast.h"
#include "node/demo/concerns.h"

#include <set>
#include <string>
#include <vector>

namespace quarrymark::demo {

class HandOvers {
 public:
  HandOvers(const DataSet& set, const Requests& requests, Cast& cast, const PlaceNames& places);

  // Before an organisation records: the registrar's word for it and its sites, as far as it was
  // recorded by now, and the contract that a delivery names.
  Status before_event(std::size_t organisation, const record::RecordRequest& request);
  // After it: what was dispatched goes to the receiver with its passport.
  Status after_event(std::size_t organisation, const record::RecordRequest& request);

  // An event of an organisation as evidence: the bytes of a passport.
  Result<std::string> evidence(const std::string& code, const std::string& key);
  // The registrar's word for an organisation. kNotFound: none yet.
  Result<std::string> admission(const std::string& code) const;

 private:
  Status deliver_admissions(std::size_t organisation);
  Status deliver_contract(const HandOverFacts& hand_over);
  Status deliver_goods(const HandOverFacts& hand_over);

  const DataSet& set_;
  const Requests& requests_;
  Cast& cast_;
  const PlaceNames& places_;
  std::size_t registrar_;
  std::vector<std::vector<std::string>> registrar_keys_;  // by organisation
  std::set<std::string> recorded_by_registrar_;
  std::vector<std::size_t> delivered_;  // how many of its keys each organisation has
};

}  // namespace quarrymark::demo
