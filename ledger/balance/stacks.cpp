// Slabs sawn out of blocks across one axis: do they and their kerfs fit? RULES.md, rule 18.
#include "ledger/balance/balancing.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"

#include <algorithm>
#include <map>

namespace quarrymark::custody {
namespace {

// All saw steps of a set of blocks across one axis.
struct Stack {
  std::set<StateRef> roots;
  std::vector<const Event*> splits;
  Axis axis = Axis::kWidth;
  std::int64_t slabs = 0;
  std::int64_t thickness_sum = 0;  // Σ n·t
  std::int64_t remnants = 0;       // thickness of block remnants not sawn further
  std::int64_t remnant_count = 0;
  std::int64_t kerf = 0;        // the smallest stated: in the doer's favour
  std::int64_t area_sum = 0;    // Σ n·A, mm²
  std::int64_t volume_sum = 0;  // Σ n·A·t, mm³
  std::set<std::int64_t> thicknesses;
  bool complete = true;  // every slab's thickness is known
};

std::string name_of(const Output* output) {
  if (output == nullptr) return "a block";
  return output->aliases.empty() ? output->item : output->aliases.front();
}

// Whether the remnant was sawn across the same axis later, here or where it was sent: then its
// slabs stand in the stack and the remnant itself does not.
bool sawn_further(const Graph& graph, StateRef remnant, Axis axis) {
  for (int steps = 0; steps < kMaxSteps; ++steps) {
    std::optional<StateRef> next;
    for (const Event* spender : graph.spenders(remnant)) {
      const Shown<Saw>& saw = graph.corrected(*spender, &Event::saw);
      if (spender->type == EventType::kSplit && saw && saw->axis == axis &&
          !is_voided(graph, *spender))
        return true;
      if (!spender->remakes() && spender->type != EventType::kCorrect) continue;
      const std::size_t first = spender->type == EventType::kCorrect ? 1 : 0;
      for (std::size_t i = first; i < spender->inputs.size(); ++i)
        if (spender->inputs[i].state == remnant)
          next = StateRef{spender->id, static_cast<std::int32_t>(i - first)};
    }
    if (!next) return false;
    remnant = *next;
  }
  return false;
}

void add_slab(const Output& slab, const Saw& saw, Stack& stack) {
  const std::int64_t t = slab.measure.size ? slab.measure.size->h : saw.thickness;
  ++stack.slabs;
  stack.thickness_sum += t;
  stack.thicknesses.insert(t);
  if (slab.measure.size) {
    stack.area_sum += slab.measure.size->l * slab.measure.size->w;
    stack.volume_sum += slab.measure.size->volume();
  } else {
    stack.complete = false;
  }
}

void add_to_stack(const Graph& graph, const Event& split, Stack& stack) {
  const Saw& saw = *graph.corrected(split, &Event::saw);
  stack.kerf = stack.splits.empty() ? saw.kerf : std::min(stack.kerf, saw.kerf);
  stack.axis = saw.axis;
  stack.splits.push_back(&split);
  const auto outputs = made_by(graph, split);
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const Output* output = outputs[i];
    if (output == nullptr) continue;
    if (output->kind == ItemKind::kSlab) add_slab(*output, saw, stack);
    if (output->kind != ItemKind::kBlock) continue;
    const StateRef state{split.id, static_cast<std::int32_t>(i)};
    const auto& box = output->measure.net ? output->measure.net : output->measure.gross;
    if (!box || sawn_further(graph, state, stack.axis)) continue;
    stack.remnants += side(*box, static_cast<int>(stack.axis));
    ++stack.remnant_count;
  }
}

// How many slabs the blocks allow: along the axis, and by volume; the lowest limit counts.
std::int64_t slab_limit(const Stack& stack, const std::vector<Dimensions>& blocks) {
  const std::int64_t k = stack.kerf;
  const int axis = static_cast<int>(stack.axis);
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
    const Measure measure = measure_of(graph, root);
    if (!measure.gross && !measure.net) return std::nullopt;
    gross.push_back(measure.gross ? *measure.gross : *measure.net);
    if (measure.net) net.push_back(*measure.net);
    blocks += cat(blocks.empty() ? "" : ", ", name_of(graph.output(root)));
  }
  const std::string thickness =
      stack.thicknesses.size() == 1 ? cat(" of ", *stack.thicknesses.begin(), " mm") : "";
  auto check = compared(stack.splits, cat("slabs", thickness, " from block ", blocks), Unit::kPiece,
                        stack.slabs, slab_limit(stack, gross));
  if (check && net.size() == stack.roots.size()) check->expected = slab_limit(stack, net);
  return check;
}

}  // namespace

std::vector<YieldCheck> check_stacks(const Graph& graph) {
  std::vector<YieldCheck> checks;
  for (const Axis axis : {Axis::kLength, Axis::kWidth, Axis::kHeight}) {
    std::vector<std::pair<const Event*, std::set<StateRef>>> roots_of;
    for (const Event* split : graph.events()) {
      const Shown<Saw>& saw = graph.corrected(*split, &Event::saw);
      if (split->type != EventType::kSplit || !saw || saw->axis != axis ||
          !takes_only_blocks(graph, *split))
        continue;
      std::set<StateRef> roots;
      for (const Input& input : split->inputs)
        roots.insert(root_block(graph, input.state, Through::kSawSteps, axis));
      roots_of.emplace_back(split, std::move(roots));
    }
    for (const SplitGroup& group : group_by_root(graph, roots_of)) {
      Stack stack;
      stack.roots = group.roots;
      for (const Event* split : group.splits) add_to_stack(graph, *split, stack);
      if (auto check = judge_stack(graph, stack)) checks.push_back(std::move(*check));
    }
  }
  return checks;
}

}  // namespace quarrymark::custody
