#include "ledger/judge/lineage.h"

#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/custody/spending.h"

#include <algorithm>
#include <tuple>

namespace quarrymark::custody {
namespace {

Branch stopped(Beginning beginning, std::string code, std::string reason, Origin ask) {
  Branch branch;
  branch.beginning = beginning;
  branch.code = std::move(code);
  branch.reason = std::move(reason);
  branch.ask = std::move(ask);
  return branch;
}

Branch too_long() {
  return stopped(Beginning::kTooLong, "unchecked",
                 "the chain is longer or wider than this check goes", {});
}

// Branches that differ in nothing a reader could tell are one: 22 slabs of one block give one
// branch with the whole share, not 22.
void merge_alike(std::vector<Branch>& branches) {
  std::vector<Branch> merged;
  using Key = std::tuple<Beginning, const Event*, std::int32_t, std::vector<const Event*>,
                         std::int64_t, std::string, Share, std::optional<StateRef>>;
  std::map<Key, std::size_t> places;
  for (Branch& branch : branches) {
    Key key{branch.beginning,  branch.leaf,   branch.leaf_out,  branch.makers,
            branch.hand_overs, branch.reason, branch.explained, branch.member};
    const auto [place, is_new] = places.emplace(std::move(key), merged.size());
    if (is_new) {
      merged.push_back(std::move(branch));
    } else {
      merged[place->second].share += branch.share;
      merged[place->second].averaged |= branch.averaged;
    }
  }
  branches = std::move(merged);
}

// How much each parent weighs in a mixture: by mass, else net volume, else the amount drawn in
// one unit (RULES.md, rule 3). Empty when none of these is known for all.
std::vector<Wide> weights_of(const Graph& graph, const Event& maker,
                             const std::vector<Parent>& parents) {
  const auto weigh = [&](auto measure) {
    std::vector<Wide> weights;
    for (const Parent& parent : parents) {
      const Output* output = graph.output(maker.inputs[parent.input].state);
      const std::optional<Wide> weight =
          output == nullptr ? std::nullopt : measure(*output, parent.amount);
      if (!weight || *weight <= 0) return std::vector<Wide>();
      weights.push_back(*weight);
    }
    return weights;
  };
  auto weights = weigh([](const Output& o, std::int64_t amount) { return mass_of(o, amount); });
  if (!weights.empty()) return weights;
  weights = weigh([](const Output& o, std::int64_t amount) { return net_volume_of(o, amount); });
  if (!weights.empty()) return weights;
  const Output* first = graph.output(maker.inputs[parents.front().input].state);
  const bool one_unit = std::all_of(parents.begin(), parents.end(), [&](const Parent& parent) {
    const Output* output = graph.output(maker.inputs[parent.input].state);
    return output != nullptr && first != nullptr && output->unit == first->unit;
  });
  return one_unit
             ? weigh([](const Output&, std::int64_t amount) { return std::optional<Wide>(amount); })
             : std::vector<Wide>();
}

struct WeighedParent {
  Parent first;
  Share weight = 0;
};

// Slabs of one block are one source: outputs of one split descend from the same inputs, so their
// weights add up and they are walked once. Without weights the parts are equal for the
// arithmetic, and marked as untold afterwards.
std::vector<WeighedParent> group_alike(const Graph& graph, const Event& maker,
                                       const std::vector<Parent>& parents,
                                       const std::vector<Wide>& weights) {
  std::vector<WeighedParent> groups;
  std::map<std::pair<EventId, bool>, std::size_t> places;
  for (std::size_t i = 0; i < parents.size(); ++i) {
    const StateRef source = maker.inputs[parents[i].input].state;
    const Event* event = graph.event(source.event);
    const Output* output = graph.output(source);
    const bool from_split = event != nullptr && output != nullptr &&
                            maker.type != EventType::kPack && event->type == EventType::kSplit &&
                            !remainder_of_input(graph, *event, outputs_of(*event),
                                                static_cast<std::size_t>(source.out));
    std::size_t place = groups.size();
    if (from_split)
      place =
          places.emplace(std::pair(source.event, is_portioned(graph, *event, source.out)), place)
              .first->second;
    if (place == groups.size()) groups.push_back({parents[i], 0});
    groups[place].weight +=
        weights.empty() ? Share(1) : Share(boost::multiprecision::cpp_int(weights[i]));
  }
  return groups;
}

std::string step_name(const Event& event) {
  return cat(event_type_name(event.type), " of ", event.at.substr(0, 10));
}

}  // namespace

const std::vector<Branch>& Lineage::of(const StateRef& state) { return memoised(state, 0); }

const std::vector<Branch>& Lineage::memoised(const StateRef& state, int depth) {
  const auto found = known_.find(state);
  if (found != known_.end()) return found->second;
  std::vector<Branch> branches;
  if (depth >= kMaxDepth || branches_made_ >= kMaxBranches) {
    branches.push_back(too_long());
  } else {
    branches = walk(state, depth);
    merge_alike(branches);
    branches_made_ += branches.size();
  }
  return known_.emplace(state, std::move(branches)).first->second;
}

std::vector<Branch> Lineage::walk(const StateRef& state, int depth) {
  const Event* maker = graph_.event(state.event);
  if (maker == nullptr)
    return {stopped(Beginning::kNotShown, "link_missing", "no earlier record is shown", {})};
  if (graph_.output(state) == nullptr)
    return {stopped(Beginning::kNotShown, "not_shown",
                    cat("what the ", step_name(*maker), " made is not shown"), maker->log)};
  if (graph_.taken_back_by(state) != nullptr)
    return {stopped(Beginning::kBroken, "link_missing",
                    cat("the ", step_name(*maker), " was voided later"), maker->log)};
  std::vector<Branch> branches;
  switch (maker->type) {
    case EventType::kExtract:
    case EventType::kAcquire: {
      Branch branch;
      branch.beginning =
          maker->type == EventType::kExtract ? Beginning::kExtract : Beginning::kAcquire;
      branch.leaf = maker;
      branch.leaf_out = state.out;
      branch.hand_overs = maker->type == EventType::kAcquire ? 1 : 0;
      branches.push_back(std::move(branch));
      break;
    }
    case EventType::kVoid:
      branches = through_void(*maker, state.out, depth);
      break;
    case EventType::kReceive:
      branches = maker->inputs.empty() ? begin_at_receive(*maker, state.out, depth)
                                       : through_mixture(*maker, state.out, depth);
      break;
    default:
      branches = through_mixture(*maker, state.out, depth);
  }
  const auto over = over_yield_.find(maker->id);
  for (Branch& branch : branches) {
    branch.steps = std::make_shared<const Step>(Step{maker, branch.steps});
    if (maker->type == EventType::kDispatch) ++branch.hand_overs;
    // Who only portions a batch made nothing of it.
    if (maker->type == EventType::kSplit && !is_portioned(graph_, *maker, state.out))
      branch.makers.insert(branch.makers.begin(), maker);
    if (over != over_yield_.end()) branch.explained *= over->second;
  }
  return branches;
}

std::vector<Branch> Lineage::walk_input(const Event& maker, std::size_t input, int depth) {
  const StateRef state = maker.inputs[input].state;
  const Event* source = graph_.event(state.event);
  if (source != nullptr) {
    switch (may_spend(*source, state.out, maker.log, maker.type)) {
      case MaySpend::kYes:
        break;
      case MaySpend::kNo:
        return {stopped(
            Beginning::kBroken, "not_holder",
            cat("the ", step_name(maker), " was recorded by a log that did not hold the stone"),
            maker.log)};
      case MaySpend::kNotShown:
        return {stopped(Beginning::kNotShown, "not_shown",
                        cat("to whom the ", step_name(*source), " went is not shown"),
                        source->log)};
    }
  }
  std::vector<Branch> branches = memoised(state, depth + 1);
  for (Branch& branch : branches)
    if (source == nullptr) branch.ask = maker.log;
  return branches;
}

std::vector<Branch> Lineage::begin_at_receive(const Event& receive, std::int32_t out, int depth) {
  // A late dispatch that names this receive is joined as if it were its input (RULES.md, 17).
  if (const auto late = supported_by(graph_, receive, out)) {
    std::vector<Branch> branches = walk_input(*late->dispatch, late->input, depth);
    for (Branch& branch : branches) {
      branch.steps = std::make_shared<const Step>(Step{late->dispatch, branch.steps});
      ++branch.hand_overs;
    }
    return branches;
  }
  Branch branch;
  branch.beginning = Beginning::kOneSided;
  branch.leaf = &receive;
  branch.leaf_out = out;
  branch.hand_overs = 1;
  return {branch};
}

std::vector<Branch> Lineage::through_void(const Event& maker, std::int32_t out, int depth) {
  const auto restored = restored_by(graph_, maker, out);
  if (!restored)
    return {stopped(Beginning::kNotShown, "link_missing",
                    cat("what the ", step_name(maker), " undid is not shown"), maker.log)};
  // Undoing a step gives back only what its doer held when it was done.
  return walk_input(*restored->event, restored->input, depth);
}

std::vector<Branch> Lineage::through_mixture(const Event& maker, std::int32_t out, int depth) {
  const std::vector<Parent> parents = parents_of(graph_, maker, out);
  if (parents.empty())
    return {stopped(Beginning::kNotShown, "link_missing",
                    cat("what the ", step_name(maker), " was made from is not recorded"),
                    maker.log)};
  if (parents.size() == 1) return walk_parent(maker, parents.front(), depth);
  if (maker.type == EventType::kPack) return mix(maker, parents, depth);
  // All outputs of a mixture hold the same: a thousand of them are worked out once.
  const auto known = mixtures_.find(maker.id);
  if (known != mixtures_.end()) return known->second;
  return mixtures_.emplace(maker.id, mix(maker, parents, depth)).first->second;
}

std::vector<Branch> Lineage::walk_parent(const Event& maker, const Parent& parent, int depth) {
  std::vector<Branch> branches = walk_input(maker, parent.input, depth);
  const StateRef source = maker.inputs[parent.input].state;
  const Output* packed = graph_.output(source);
  if (maker.type == EventType::kPack && packed != nullptr && is_labelled_thing(*packed))
    for (Branch& branch : branches) branch.member = source;
  return branches;
}

std::vector<Branch> Lineage::mix(const Event& maker, const std::vector<Parent>& parents,
                                 int depth) {
  const std::vector<Wide> weights = weights_of(graph_, maker, parents);
  std::vector<Branch> mixed;
  Share total = 0;
  const auto alike = group_alike(graph_, maker, parents, weights);
  for (const WeighedParent& parent : alike) total += parent.weight;
  for (const WeighedParent& parent : alike) {
    std::vector<Branch> branches = walk_parent(maker, parent.first, depth);
    branches_mixed_ += branches.size();
    if (branches_mixed_ > kMaxMixed) return {too_long()};
    for (Branch& branch : branches) {
      branch.share *= parent.weight / total;
      mixed.push_back(std::move(branch));
    }
  }
  merge_alike(mixed);
  const bool several = mixed.size() > 1;
  if (several && weights.empty())
    return {stopped(Beginning::kUntold, "origin_unknown",
                    cat("the ", step_name(maker), " mixes stone in shares that cannot be told"),
                    maker.log)};
  // What leaves a pooled lot in more than one output carries the average of the lot.
  for (Branch& branch : mixed)
    branch.averaged = branch.averaged || (several && maker.outputs.size() > 1);
  return mixed;
}

std::unordered_set<StateRef, StateRefHasher> Lineage::ancestors(const StateRef& state) const {
  std::unordered_set<StateRef, StateRefHasher> seen;
  std::vector<StateRef> open{state};
  while (!open.empty()) {
    const StateRef current = open.back();
    open.pop_back();
    if (!seen.insert(current).second) continue;
    const Event* maker = graph_.event(current.event);
    if (maker == nullptr) continue;
    if (maker->type == EventType::kVoid) {
      if (const auto restored = restored_by(graph_, *maker, current.out))
        open.push_back(restored->event->inputs[restored->input].state);
      continue;
    }
    for (const Parent& parent : parents_of(graph_, *maker, current.out))
      open.push_back(maker->inputs[parent.input].state);
    for (const auto& [late, input] : graph_.late_dispatches(current))
      open.push_back(late->inputs[input].state);
  }
  return seen;
}

}  // namespace quarrymark::custody
