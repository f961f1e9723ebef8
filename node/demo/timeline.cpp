#include "node/demo/timeline.h"

#include "api/error_json.h"
#include "ledger/base/text.h"

#include <algorithm>
#include <tuple>

namespace quarrymark::demo {
namespace {

Result<UtcTime> recorded_time(const DataSet& set, const std::string& code,
                              const record::RecordRequest& request) {
  const auto organisation = set.recorded.find(code);
  if (organisation != set.recorded.end()) {
    const auto time = organisation->second.find(request.key);
    if (time != organisation->second.end()) return time->second;
  }
  return parse_claimed_time(request.at);
}

}  // namespace

Result<Requests> load_requests(const DataSet& set) {
  Requests all;
  for (const OrganisationFacts& organisation : set.organisations) {
    const std::string path = cat(set.directory, "/", organisation.events);
    auto requests = record::read_requests(path);
    if (!requests) return tl::unexpected<Error>(api::in_file(path, requests.error()));
    for (const record::NumberedRequest& one : *requests)
      if (one.request.key.empty() || one.request.at.empty())
        return fail(Errc::kMalformed, "expected `key` and `at` in every event of a data set",
                    cat(path, ": line ", one.line));
    all.push_back(std::move(*requests));
  }
  return all;
}

Result<std::vector<Moment>> make_timeline(const DataSet& set, const Requests& requests) {
  std::vector<Moment> moments;
  for (std::size_t i = 0; i < requests.size(); ++i)
    for (std::size_t j = 0; j < requests[i].size(); ++j) {
      QM_TRY(const UtcTime time,
             recorded_time(set, set.organisations[i].code, requests[i][j].request));
      moments.push_back(Moment{time, i, j, std::nullopt});
    }
  for (std::size_t i = 0; i < set.checks.size(); ++i)
    moments.push_back(Moment{set.checks[i].at, set.index_of(set.checks[i].authority), 0, i});
  std::stable_sort(moments.begin(), moments.end(), [](const Moment& a, const Moment& b) {
    const auto order = [](const Moment& moment) {
      // Checks keep the order of the manifest, which the sort leaves as it is.
      return std::tuple(moment.time, moment.check.has_value(),
                        moment.check ? 0 : moment.organisation, moment.check ? 0 : moment.event);
    };
    return order(a) < order(b);
  });
  return moments;
}

}  // namespace quarrymark::demo
