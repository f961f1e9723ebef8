// The organisations of a data set with their nodes, keys and devices, all on one clock that the
// demo sets.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/crypto/key.h"
#include "ledger/record/names.h"
#include "ledger/record/node.h"
#include "node/demo/data_set.h"
#include "node/demo/place_names.h"
#include "node/demo/timeline.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::demo {

struct Organisation {
  OrganisationFacts facts;
  std::unique_ptr<record::Node> node;
  record::OpenLog* log = nullptr;
  std::optional<crypto::SigningKey> device;
};

class Cast {
 public:
  // Makes a node directory for each organisation, keys for devices, and contacts for those that
  // its events name: business partners exchange keys.
  static Result<Cast> make(const DataSet& set, const Requests& requests, const PlaceNames& places);

  ManualClock& clock() { return *clock_; }
  Organisation& operator[](std::size_t index) { return organisations_[index]; }
  const Organisation& operator[](std::size_t index) const { return organisations_[index]; }
  Organisation& of(const DataSet& set, std::string_view code) {
    return organisations_[set.index_of(code)];
  }
  std::size_t size() const { return organisations_.size(); }

 private:
  std::unique_ptr<ManualClock> clock_;  // outlives the nodes, which point to it
  std::vector<Organisation> organisations_;
};

// "device:<code>" → that organisation's raw device key.
class DeviceNames final : public record::NameSource {
 public:
  explicit DeviceNames(const Cast& cast) : cast_(cast) {}
  Result<std::vector<std::string>> find(record::NameKind kind,
                                        std::string_view name) const override;

 private:
  const Cast& cast_;
};

}  // namespace quarrymark::demo
