#include "ledger/custody/balance.h"

#include "ledger/base/text.h"
#include "ledger/custody/wide.h"
#include "ledger/custody/balance_defaults.h"
#include "ledger/custody/lineage.h"
#include "ledger/custody/measures.h"

#include <algorithm>
#include <map>
#include <set>

namespace quarrymark::custody {
namespace {

// The state a block began with: back through everything that leaves it the same block, and
// through saw steps that it is the remnant of, so that all of them count in one stack.
StateRef root_block(const Graph& graph, StateRef state) {
  for (int steps = 0; steps < Lineage::kMaxDepth; ++steps) {
    const Event* maker = graph.event(state.event);
    const Output* output = graph.output(state);
    if (maker == nullptr || output == nullptr) return state;
    const bool remnant = maker->type == EventType::kSplit && maker->saw.is_shown() &&
                         output->kind == ItemKind::kBlock;
    if (!maker->remakes() && maker->type != EventType::kCorrect && !remnant) return state;
    const auto parents = parents_of(graph, *maker, state.out);
    if (parents.size() != 1 || graph.output(maker->inputs[parents.front().input].state) == nullptr)
      return state;
    state = maker->inputs[parents.front().input].state;
  }
  return state;
}

// The measure a block began with; a correction replaces it.
Measure block_measure(const Graph& graph, const StateRef& root) {
  const Event* maker = graph.event(root.event);
  const Output* output = graph.output(root);
  if (maker == nullptr || output == nullptr) return {};
  const Event* latest = graph.latest(*maker);
  for (const auto& corrected : latest->outputs)
    if (latest != maker && corrected && corrected->item == output->item) return corrected->measure;
  return output->measure;
}

std::string name_of(const Output* output) {
  if (output == nullptr) return "a block";
  return output->aliases.empty() ? output->item : output->aliases.front();
}

// All saw steps of a set of blocks across one axis.
struct Stack {
  std::set<StateRef> roots;
  std::vector<const Event*> splits;
  std::int64_t slabs = 0;
  std::int64_t thickness_sum = 0;   // Σ n·t
  std::int64_t remnants = 0;        // thickness of block remnants not sawn further
  std::int64_t remnant_count = 0;
  std::int64_t kerf = 0;            // the smallest stated: in the doer's favour
  std::int64_t area_sum = 0;        // Σ n·A, mm²
  std::int64_t volume_sum = 0;      // Σ n·A·t, mm³
  std::set<std::int64_t> thicknesses;
  bool complete = true;             // every slab's thickness is known
};

// What is left of a part draw was never drawn, so it is neither in nor out.
bool is_remainder(const Graph& graph, const Event& split, const Output& output) {
  return std::any_of(split.inputs.begin(), split.inputs.end(), [&](const Input& input) {
    const Output* source = graph.output(input.state);
    return source != nullptr && source->item == output.item;
  });
}

bool sawn_further(const Graph& graph, const StateRef& remnant) {
  for (const Event* spender : graph.spenders(remnant))
    if (spender->type == EventType::kSplit && spender->saw.is_shown()) return true;
  return false;
}

void add_to_stack(const Graph& graph, const Event& split, Stack& stack) {
  const int axis = static_cast<int>(split.saw->axis);
  stack.kerf = stack.splits.empty() ? split.saw->kerf : std::min(stack.kerf, split.saw->kerf);
  stack.splits.push_back(&split);
  for (std::size_t i = 0; i < split.outputs.size(); ++i) {
    const auto& output = split.outputs[i];
    if (!output) continue;
    if (output->kind == ItemKind::kSlab) {
      const std::int64_t t = output->measure.size ? output->measure.size->h : split.saw->thickness;
      ++stack.slabs;
      stack.thickness_sum += t;
      stack.thicknesses.insert(t);
      if (output->measure.size) {
        stack.area_sum += output->measure.size->l * output->measure.size->w;
        stack.volume_sum += output->measure.size->volume();
      } else {
        stack.complete = false;
      }
    } else if (output->kind == ItemKind::kBlock) {
      const StateRef state{split.id, static_cast<std::int32_t>(i)};
      const auto& box = output->measure.net ? output->measure.net : output->measure.gross;
      if (sawn_further(graph, state) || !box) continue;
      stack.remnants += side(*box, axis);
      ++stack.remnant_count;
    }
  }
}

// How many slabs the blocks allow: along the axis, and by volume; the lowest limit counts.
// nullopt when the dimensions are not known.
std::optional<std::int64_t> slab_limit(const Stack& stack, int axis,
                                       const std::vector<Dimensions>& blocks) {
  const std::int64_t k = stack.kerf;
  std::int64_t along = 0, volume = 0;
  // Remnants take their thickness and a cut each out of the first block's depth.
  std::int64_t taken = stack.remnants + stack.remnant_count * k;
  const bool uniform = stack.thicknesses.size() == 1;
  for (const Dimensions& block : blocks) {
    const std::int64_t depth = std::max<std::int64_t>(side(block, axis) - taken, 0);
    taken = std::max<std::int64_t>(taken - side(block, axis), 0);
    if (uniform) {
      along += (depth + k) / (*stack.thicknesses.begin() + k);
    } else {
      // Mixed thickness: Σ n·t + (Σ n − 1)·k ≤ D, as the part of the declared stack that fits.
      along += scaled(depth + k, stack.slabs, stack.thickness_sum + stack.slabs * k);
    }
    volume += block.volume();
  }
  if (!stack.complete || stack.area_sum == 0 || stack.remnant_count > 0) return along;
  // Σ(A·t) + (N−1)·k·A ≤ V, with the mean area: N·A·(t+k) ≤ V + k·A for each block.
  const std::int64_t mean_area = stack.area_sum / stack.slabs;
  const std::int64_t with_kerf = stack.volume_sum + stack.area_sum * k;
  const std::int64_t room = volume + static_cast<std::int64_t>(blocks.size()) * k * mean_area;
  return std::min(along, scaled(room, stack.slabs, with_kerf));
}

std::optional<YieldCheck> judge_stack(const Graph& graph, const Stack& stack) {
  if (stack.slabs == 0) return std::nullopt;
  std::vector<Dimensions> gross, net;
  std::string blocks;
  for (const StateRef& root : stack.roots) {
    const Measure measure = block_measure(graph, root);
    if (measure.gross || measure.net) gross.push_back(measure.gross.value_or(measure.net.value_or(Dimensions{})));
    if (measure.net) net.push_back(*measure.net);
    blocks += cat(blocks.empty() ? "" : ", ", name_of(graph.output(root)));
  }
  if (gross.size() != stack.roots.size()) return std::nullopt;
  const int axis = static_cast<int>(stack.splits.front()->saw->axis);
  YieldCheck check;
  check.splits = stack.splits;
  check.count = stack.slabs;
  const auto hard = slab_limit(stack, axis, gross);
  if (!hard) return std::nullopt;
  check.limit = *hard;
  if (net.size() == stack.roots.size()) check.expected = slab_limit(stack, axis, net);
  const std::string thickness =
      stack.thicknesses.size() == 1 ? cat(" of ", *stack.thicknesses.begin(), " mm") : "";
  check.what = cat("slabs", thickness, " from block ", blocks);
  return check;
}

std::vector<YieldCheck> check_stacks(const Graph& graph) {
  // Splits that share a root block, on one axis, are judged together.
  std::map<std::pair<int, StateRef>, std::size_t> stack_of;
  std::vector<Stack> stacks;
  for (const Event& event : graph.evidence().events) {
    if (event.type != EventType::kSplit || !event.saw) continue;
    const int axis = static_cast<int>(event.saw->axis);
    std::set<StateRef> roots;
    bool blocks_only = !event.inputs.empty();
    for (const Input& input : event.inputs) {
      const Output* output = graph.output(input.state);
      blocks_only = blocks_only && output != nullptr && output->kind == ItemKind::kBlock;
      if (blocks_only) roots.insert(root_block(graph, input.state));
    }
    if (!blocks_only) continue;
    std::size_t place = stacks.size();
    for (const StateRef& root : roots)
      if (const auto found = stack_of.find({axis, root}); found != stack_of.end())
        place = found->second;
    if (place == stacks.size()) stacks.emplace_back();
    for (const StateRef& root : roots) {
      stack_of[{axis, root}] = place;
      stacks[place].roots.insert(root);
    }
    add_to_stack(graph, event, stacks[place]);
  }
  std::vector<YieldCheck> checks;
  for (const Stack& stack : stacks)
    if (auto check = judge_stack(graph, stack)) checks.push_back(std::move(*check));
  return checks;
}

// Volume in and out of one split, where all inputs are known. Saw steps whose outputs are all
// slabs are judged by their stack, which is stricter.
std::optional<YieldCheck> check_volume(const Graph& graph, const Event& split) {
  Wide in = 0, out = 0;
  for (const Input& input : split.inputs) {
    const Output* output = graph.output(input.state);
    if (output == nullptr) return std::nullopt;
    std::optional<std::int64_t> volume;
    if (output->kind == ItemKind::kBlock) {
      const Measure measure = block_measure(graph, root_block(graph, input.state));
      const Measure own = output->measure;
      if (measure.gross) volume = measure.gross->volume();
      if (own.gross) volume = std::min(volume.value_or(INT64_MAX), own.gross->volume());
    }
    if (!volume) volume = gross_volume_of(*output, input.amount);
    if (!volume) return std::nullopt;
    in += *volume;
  }
  bool any = false;
  for (const auto& output : split.outputs) {
    if (!output || is_remainder(graph, split, *output)) continue;
    // Boxes around shapeless remnants overlap; only what surely is stone counts.
    if (const auto volume = net_volume_of(*output, output->amount)) {
      out += *volume;
      any = true;
    }
  }
  if (!any || in <= 0 || in > INT64_MAX || out > INT64_MAX) return std::nullopt;
  YieldCheck check;
  check.splits = {&split};
  check.what = "stone out of what went in, by volume";
  check.count = static_cast<std::int64_t>(out);
  check.limit = static_cast<std::int64_t>(in);
  check.unit = Unit::kCubicMillimetre;
  return check;
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
  for (const auto& output : split.outputs) {
    if (!output) continue;
    if (is_remainder(graph, split, *output)) continue;
    if (const auto mass = mass_of(*output, output->amount); mass) {
      out += *mass;
      any = true;
    }
  }
  if (!any || in <= 0) return std::nullopt;
  if (split.waste && split.waste->mass) out += *split.waste->mass;
  const Wide limit = in * kMassLimitPerMille / 1000;
  if (limit > INT64_MAX || out > INT64_MAX) return std::nullopt;
  YieldCheck check;
  check.splits = {&split};
  check.what = "stone out of what went in, by mass";
  check.count = static_cast<std::int64_t>(out);
  check.limit = static_cast<std::int64_t>(limit);
  check.unit = Unit::kGram;
  check.by_mass = true;
  return check;
}

}  // namespace

std::vector<YieldCheck> check_yields(const Graph& graph) {
  std::vector<YieldCheck> checks = check_stacks(graph);
  for (const Event& event : graph.evidence().events) {
    if (event.type != EventType::kSplit) continue;
    if (auto check = check_volume(graph, event)) checks.push_back(std::move(*check));
    if (auto check = check_mass(graph, event)) checks.push_back(std::move(*check));
  }
  return checks;
}

std::unordered_map<EventId, Share, Digest32Hasher> explained_parts(
    const std::vector<YieldCheck>& checks) {
  std::unordered_map<EventId, Share, Digest32Hasher> parts;
  for (const YieldCheck& check : checks) {
    if (!check.over()) continue;
    const Share part(check.limit, check.count);
    for (const Event* split : check.splits) {
      const auto [place, is_new] = parts.emplace(split->id, part);
      if (!is_new) place->second = std::min(place->second, part);
    }
  }
  return parts;
}

}  // namespace quarrymark::custody
