// The rules about an event and the states it consumes that only need those few events: markers,
// amounts, and what remaking, correcting and voiding may do. What is not shown is not judged.
// FORMATS.md rules 10 to 14 and 17 to 22. Double use and holders are custody's business.
#pragma once

#include "ledger/custody/evidence.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarrymark::passport {

struct Problem {
  std::string_view code;  // of a finding
  std::string field;
  std::string what;
};

// The first input whose marker is not the one its state's disclosure gives.
std::optional<Problem> marker_problem(const custody::Graph& graph, const custody::Event& event);

// The first rule of shape the event breaks.
std::optional<Problem> shape_problem(const custody::Graph& graph, const custody::Event& event);

}  // namespace quarrymark::passport
