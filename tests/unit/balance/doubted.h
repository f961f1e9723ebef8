// What the tests of doubts share.
#pragma once

#include "ledger/balance/doubts.h"
#include "tests/support/cases.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

inline Event& site_event(Cast& cast, const std::string& site) {
  for (auto& event : cast.events())
    if (event->id.text() == site) return *event;
  ADD_FAILURE() << "no such site";
  return *cast.events().front();
}

inline std::vector<Doubt> doubts_about(const Cast& cast, const Recorded& step) {
  const Evidence evidence = cast.evidence();
  const Graph graph(evidence);
  auto doubts = recording_doubts(graph, check_yields(graph), *graph.event(step.id()));
  for (Doubt& doubt : permit_volume_doubts(graph, {graph.event(step.id())}))
    doubts.push_back(std::move(doubt));
  for (Doubt& doubt : doubts) doubt.event = nullptr;  // of a graph that ends here
  return doubts;
}

inline std::vector<std::string> codes_about(const Cast& cast, const Recorded& step) {
  std::vector<std::string> codes;
  for (const Doubt& doubt : doubts_about(cast, step)) codes.push_back(doubt.code);
  return codes;
}

// The one doubt with a code; an empty one fails the test.
inline Doubt doubt_of(const Cast& cast, const Recorded& step, std::string_view code) {
  for (const Doubt& doubt : doubts_about(cast, step))
    if (doubt.code == code) return doubt;
  ADD_FAILURE() << "no " << code;
  return {};
}

using Codes = std::vector<std::string>;

}  // namespace quarrymark::custody
