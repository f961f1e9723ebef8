// Who may spend a state, and which uses of one state contradict each other.
// DESIGN.md §4 "Who may spend"; FORMATS.md rules 18, 19, 21.
#pragma once

#include "ledger/custody/evidence.h"

#include <string>
#include <vector>

namespace quarrymark::custody {

enum class MaySpend { kYes, kNo, kNotShown };

// Whether `log`, by an event of type `by`, may spend a state that `maker` made. After a dispatch
// it is the log named in `to`, and the sender only by `void`; kNotShown when `to` is withheld.
MaySpend may_spend(const Event& maker, std::int32_t out, const Origin& log, EventType by);

struct Use {
  Origin log;
  std::uint64_t seq = 0;
  const Event* event = nullptr;  // null when only its marker is shown
};

// A state used more than once by logs that may hold it, or whose uses cannot be told apart.
struct DoubleUse {
  StateRef state;
  bool decided = true;  // false: the state's event is not shown and two logs used it
  std::vector<Use> uses;
};

// Every state of the evidence with more than one use that counts. Markers in entries shown
// without head count when their log could hold the state.
std::vector<DoubleUse> find_double_uses(const Graph& graph);

// Other uses of a state that a known monitor's clear note reports beyond those in the passports.
std::vector<Use> uses_seen_elsewhere(const Graph& graph, const StateRef& state);

}  // namespace quarrymark::custody
