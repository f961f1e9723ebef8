// What the parts of the balance share. Internal to this folder; balance.h is the way in.
#pragma once

#include "ledger/balance/balance.h"
#include "ledger/custody/parents.h"
#include "ledger/custody/wide.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarrymark::custody {

// Compared exactly and named as far as numbers of JSON go: an absurd count is over all the more.
// Nullopt where the limit is absurd, which leaves room for everything.
std::optional<YieldCheck> compared(std::vector<const Event*> splits, std::string what, Unit unit,
                                   Wide count, Wide limit);

// The outputs of an event as its corrections restate them, where its log still held them; null
// where they are withheld.
std::vector<const Output*> made_by(const Graph& graph, const Event& event);

// A block and every block it was cut from. A saw step leaves of a block a remnant that is thinner
// along the saw's axis and otherwise the same; any other cut makes new blocks, whose stacks are
// their own but whose stone still is that of the block they came from.
enum class Through { kSawSteps, kAllCuts };
StateRef root_block(const Graph& graph, StateRef state, Through through, Axis axis = Axis::kWidth);

// The measure of a state as its last correction gives it.
Measure measure_of(const Graph& graph, const StateRef& state);

bool is_voided(const Graph& graph, const Event& event);
bool takes_only_blocks(const Graph& graph, const Event& split);

// Numbers the groups of splits that share a root block. `roots_of` is empty for splits that are
// not to be judged.
struct SplitGroup {
  std::vector<const Event*> splits;
  std::set<StateRef> roots;
};
std::vector<SplitGroup> group_by_root(
    const Graph& graph, const std::vector<std::pair<const Event*, std::set<StateRef>>>& roots_of);

// kg/m³.
std::int64_t density_of(std::int64_t grams, std::int64_t mm3);
// Where a block's mass and sides imply the density of no stone at all: the slip of unit or digits
// in its measures that would bring it to the stone it is said to be, as a sentence with the value
// that fits. Empty where none does, or none is needed.
std::string suggested_measure(const Output& block, std::string_view family);

std::vector<YieldCheck> check_stacks(const Graph& graph);
std::vector<YieldCheck> check_volumes(const Graph& graph);
std::vector<YieldCheck> check_masses(const Graph& graph);
// Only those that are over: nothing may come out of a portioning, a pack or a remake that was not
// put in, so there is no slack to speak of.
std::vector<YieldCheck> check_counts(const Graph& graph);

}  // namespace quarrymark::custody
