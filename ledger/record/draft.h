// An event on its way from a request to its disclosures: found inputs, typed outputs, field
// values in which names are resolved.
#pragma once

#include "ledger/record/request.h"
#include "ledger/record/state_row.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarrymark::record {

struct Consumed {
  entry::StateRef state;
  std::int64_t amount = 0;  // 0 for a record state
  custody::InputState known;
  Marker marker;  // that spending it shows
};

struct Draft {
  const RecordRequest* request = nullptr;
  std::string at;
  std::vector<Consumed> inputs;
  std::vector<custody::Output> outputs;
  json::Object fields;  // members ascending, at every depth
};

}  // namespace quarrymark::record
