// What happens when: the events of all organisations and the checks, in order of time.
#pragma once

#include "ledger/record/request_reader.h"
#include "node/demo/data_set.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace quarrymark::demo {

// The events of each organisation, by its index, as `record` reads them.
using Requests = std::vector<std::vector<record::NumberedRequest>>;

// kNotFound, kMalformed with file and line; every event needs `at` and `key`.
Result<Requests> load_requests(const DataSet& set);

struct Moment {
  UtcTime time;
  std::size_t organisation = 0;      // whose event; of the authority for a check
  std::size_t event = 0;             // index into its requests
  std::optional<std::size_t> check;  // index into the checks: then it is no event
};

// Ascending by recorded time; ties by organisation, then line; a check comes after the events of
// its moment.
Result<std::vector<Moment>> make_timeline(const DataSet& set, const Requests& requests);

}  // namespace quarrymark::demo
