#include "ledger/balance/balance.h"

#include "ledger/balance/balance_defaults.h"
#include "ledger/balance/balancing.h"
#include "ledger/balance/packing.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/json/reader.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace quarrymark::custody {
namespace {

// The most stone that an input can hold. A block is no larger than the one it was cut from.
std::optional<Wide> input_volume(const Graph& graph, const Input& input) {
  const Output* output = graph.output(input.state);
  if (output == nullptr) return std::nullopt;
  std::optional<Wide> volume;
  if (output->kind == ItemKind::kBlock) {
    const StateRef root = root_block(graph, input.state, Through::kAllCuts);
    if (const auto gross = measure_of(graph, root).gross) volume = gross->volume();
    if (output->measure.gross) {
      const Wide own = output->measure.gross->volume();
      volume = std::min(volume.value_or(own), own);
    }
  }
  return volume ? volume : gross_volume_of(*output, input.amount);
}

// Stone lost between pieces cut at the stated thickness across the stated axis, at least: one
// kerf for each face but those of one layer. Slabs are judged by their stack.
Wide kerf_volume(const Graph& graph, const Event& split) {
  const Shown<Saw>& saw = graph.corrected(split, &Event::saw);
  if (!saw || saw->kerf == 0) return 0;
  Wide faces = 0;
  for (const Output* output : made_by(graph, split))
    if (output != nullptr && output->kind != ItemKind::kBlock && output->unit == Unit::kPiece &&
        output->measure.size && output->measure.size->h == saw->thickness)
      faces +=
          static_cast<Wide>(output->measure.size->l) * output->measure.size->w * output->amount;
  for (const Input& input : split.inputs) {
    const auto measure = measure_of(graph, input.state);
    const auto& box = measure.gross ? measure.gross : measure.net;
    if (!box) return 0;
    faces -= box->volume() / side(*box, static_cast<int>(saw->axis));
  }
  return faces > 0 ? faces * saw->kerf : 0;
}

struct MadeVolume {
  Wide volume = 0;
  bool any = false;
};

// What a step made, without what it left of its inputs.
Outputs newly_made(const Graph& graph, const Event& split) {
  const Outputs made = made_by(graph, split);
  Outputs out;
  for (std::size_t i = 0; i < made.size(); ++i)
    if (made[i] != nullptr && !remainder_of_input(graph, split, made, i)) out.push_back(made[i]);
  return out;
}

// `cut_further`: blocks that another split of the same group cuts count as what that makes.
MadeVolume made_volume(const Graph& graph, const Event& split, bool cut_further) {
  MadeVolume made;
  for (const Output* output : newly_made(graph, split)) {
    if (cut_further && output->kind == ItemKind::kBlock) continue;
    // Boxes around shapeless remnants overlap; only what surely is stone counts.
    if (const auto volume = net_volume_of(*output, output->amount)) {
      made.volume += *volume;
      made.any = true;
    }
  }
  if (takes_only_blocks(graph, split)) made.volume += kerf_volume(graph, split);
  return made;
}

std::optional<YieldCheck> check_volume(const Graph& graph, const Event& split) {
  Wide in = 0;
  for (const Input& input : split.inputs) {
    const auto volume = input_volume(graph, input);
    if (!volume) return std::nullopt;
    in += *volume;
  }
  const MadeVolume made = made_volume(graph, split, false);
  if (!made.any || in <= 0) return std::nullopt;
  return compared({&split}, "of stone out of one step, by volume,", Unit::kCubicMillimetre,
                  made.volume, in);
}

// All that was ever made of a block, over every cut of it and of its parts.
std::optional<YieldCheck> check_whole(const Graph& graph, const SplitGroup& group) {
  if (group.splits.size() < 2) return std::nullopt;
  Wide in = 0, out = 0;
  for (const StateRef& root : group.roots) {
    const Measure measure = measure_of(graph, root);
    if (!measure.gross && !measure.net) return std::nullopt;
    in += (measure.gross ? *measure.gross : *measure.net).volume();
  }
  for (const Event* split : group.splits) out += made_volume(graph, *split, true).volume;
  return compared(group.splits, "of stone out of one block in several steps, by volume,",
                  Unit::kCubicMillimetre, out, in);
}

// Σ out + waste ≤ Σ in × 1.02 by mass, where all inputs are weighed.
std::optional<YieldCheck> check_mass(const Graph& graph, const Event& split) {
  Wide in = 0, out = 0;
  for (const Input& input : split.inputs) {
    const Output* output = graph.output(input.state);
    const auto mass = output == nullptr ? std::nullopt : mass_of(*output, input.amount);
    if (!mass) return std::nullopt;
    in += *mass;
  }
  bool any = false;
  for (const Output* output : newly_made(graph, split)) {
    if (const auto mass = mass_of(*output, output->amount)) {
      out += *mass;
      any = true;
    }
  }
  if (!any || in <= 0) return std::nullopt;
  const Shown<Waste>& waste = graph.corrected(split, &Event::waste);
  if (waste && waste->mass) out += *waste->mass;
  auto check = compared({&split}, "of stone out of one step, by mass,", Unit::kGram, out,
                        in * kMassLimitPerMille / 1000);
  if (check) check->by_mass = true;
  return check;
}

// The state that a block is again, or was cut from, one step back.
std::optional<StateRef> block_before(const Graph& graph, Packing& packing, const Event& maker,
                                     const Output& block, std::int32_t out, Through through,
                                     Axis axis) {
  if (maker.type == EventType::kUnpack) return packing.put_in(maker, block.item);
  if (maker.type != EventType::kSplit) return same_before(graph, maker, out);
  const Shown<Saw>& saw = graph.corrected(maker, &Event::saw);
  if (through == Through::kSawSteps && !(saw && saw->axis == axis)) return std::nullopt;
  const auto parents = parents_of(graph, maker, out);
  if (parents.size() != 1) return std::nullopt;
  return maker.inputs[parents.front().input].state;
}

}  // namespace

std::optional<YieldCheck> compared(std::vector<const Event*> splits, std::string what, Unit unit,
                                   Wide count, Wide limit) {
  if (limit >= json::kMaxInteger) return std::nullopt;
  YieldCheck check;
  check.splits = std::move(splits);
  check.what = std::move(what);
  check.unit = unit;
  check.count = static_cast<std::int64_t>(std::min<Wide>(count, json::kMaxInteger));
  check.limit = static_cast<std::int64_t>(limit);
  using boost::multiprecision::cpp_int;
  if (count > limit) check.explained = Share(cpp_int(limit), cpp_int(count));
  return check;
}

std::vector<const Output*> made_by(const Graph& graph, const Event& event) {
  std::vector<const Output*> outputs;
  for (std::size_t i = 0; i < event.outputs.size(); ++i)
    outputs.push_back(
        graph.output(graph.corrected(StateRef{event.id, static_cast<std::int32_t>(i)})));
  return outputs;
}

StateRef root_block(const Graph& graph, StateRef state, Through through, Axis axis) {
  Packing packing(graph);
  for (int steps = 0; steps < kMaxSteps; ++steps) {
    const Event* maker = graph.event(state.event);
    const Output* output = graph.output(state);
    if (maker == nullptr || output == nullptr) return state;
    const auto before = block_before(graph, packing, *maker, *output, state.out, through, axis);
    const Output* source = before ? graph.output(*before) : nullptr;
    if (source == nullptr || source->kind != ItemKind::kBlock) return state;
    state = *before;
  }
  return state;
}

bool is_voided(const Graph& graph, const Event& event) {
  return graph.voided_by(graph.latest(event)->id) != nullptr;
}

Measure measure_of(const Graph& graph, const StateRef& state) {
  const Output* output = graph.output(graph.corrected(state));
  return output == nullptr ? Measure{} : output->measure;
}

bool takes_only_blocks(const Graph& graph, const Event& split) {
  return !split.inputs.empty() &&
         std::all_of(split.inputs.begin(), split.inputs.end(), [&](const Input& input) {
           const Output* output = graph.output(input.state);
           return output != nullptr && output->kind == ItemKind::kBlock;
         });
}

std::vector<SplitGroup> group_by_root(
    const Graph& graph, const std::vector<std::pair<const Event*, std::set<StateRef>>>& roots_of) {
  // Union-find over splits: two that share a root are of one group.
  std::vector<std::size_t> leader(roots_of.size());
  std::iota(leader.begin(), leader.end(), std::size_t{0});
  const auto find = [&](std::size_t i) {
    while (leader[i] != i) i = leader[i] = leader[leader[i]];
    return i;
  };
  std::map<StateRef, std::size_t> owner;
  for (std::size_t i = 0; i < roots_of.size(); ++i)
    for (const StateRef& root : roots_of[i].second) {
      // What was voided gave the block back; it stands for itself.
      if (is_voided(graph, *roots_of[i].first)) continue;
      const auto [place, is_new] = owner.emplace(root, i);
      if (!is_new) leader[find(i)] = find(place->second);
    }
  std::map<std::size_t, SplitGroup> groups;
  for (std::size_t i = 0; i < roots_of.size(); ++i) {
    SplitGroup& group = groups[find(i)];
    group.splits.push_back(roots_of[i].first);
    group.roots.insert(roots_of[i].second.begin(), roots_of[i].second.end());
  }
  std::vector<SplitGroup> out;
  for (auto& [first, group] : groups) out.push_back(std::move(group));
  return out;
}

std::vector<YieldCheck> check_volumes(const Graph& graph) {
  std::vector<YieldCheck> checks;
  std::vector<std::pair<const Event*, std::set<StateRef>>> roots_of;
  for (const Event* event : graph.events()) {
    if (event->type != EventType::kSplit) continue;
    if (auto check = check_volume(graph, *event)) checks.push_back(std::move(*check));
    if (!takes_only_blocks(graph, *event)) continue;
    std::set<StateRef> roots;
    for (const Input& input : event->inputs)
      roots.insert(root_block(graph, input.state, Through::kAllCuts));
    roots_of.emplace_back(event, std::move(roots));
  }
  for (const SplitGroup& group : group_by_root(graph, roots_of))
    if (auto check = check_whole(graph, group)) checks.push_back(std::move(*check));
  return checks;
}

std::vector<YieldCheck> check_masses(const Graph& graph) {
  std::vector<YieldCheck> checks;
  for (const Event* event : graph.events())
    if (event->type == EventType::kSplit)
      if (auto check = check_mass(graph, *event)) checks.push_back(std::move(*check));
  return checks;
}

std::vector<YieldCheck> check_yields(const Graph& graph) {
  std::vector<YieldCheck> checks = check_stacks(graph);
  for (auto* check : {&check_volumes, &check_masses, &check_counts})
    for (YieldCheck& found : check(graph)) checks.push_back(std::move(found));
  return checks;
}

std::unordered_map<EventId, Share, Digest32Hasher> explained_parts(
    const std::vector<YieldCheck>& checks) {
  std::unordered_map<EventId, Share, Digest32Hasher> parts;
  for (const YieldCheck& check : checks) {
    if (!check.over()) continue;
    for (const Event* split : check.splits) {
      const auto [place, is_new] = parts.emplace(split->id, check.explained);
      if (!is_new) place->second = std::min(place->second, check.explained);
    }
  }
  return parts;
}

}  // namespace quarrymark::custody
