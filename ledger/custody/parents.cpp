// From an output to the inputs it descends from. FORMATS.md rules 12, 17, 19.
#include "ledger/base/text.h"
#include "ledger/custody/lineage.h"

namespace quarrymark::custody {
namespace {

std::vector<Parent> all_inputs(const Event& maker) {
  std::vector<Parent> parents;
  for (std::size_t i = 0; i < maker.inputs.size(); ++i)
    if (maker.inputs[i].state.out != kRecordOut)
      parents.push_back(Parent{i, maker.inputs[i].amount});
  return parents;
}

// What is left of a batch, or a thing that is only laid apart, is the same item again.
std::vector<Parent> same_item_input(const Graph& graph, const Event& maker, const Output& output) {
  for (std::size_t i = 0; i < maker.inputs.size(); ++i) {
    const Output* input = graph.output(maker.inputs[i].state);
    if (input != nullptr && input->item == output.item) return {Parent{i, output.amount}};
  }
  return {};
}

}  // namespace

std::vector<Parent> parents_of(const Graph& graph, const Event& maker, std::int32_t out) {
  const auto number = static_cast<std::size_t>(out);
  if (out < 0 || number >= maker.outputs.size()) return {};
  switch (maker.type) {
    case EventType::kExtract:
    case EventType::kAcquire:
    case EventType::kVoid:
      return {};
    case EventType::kDispatch:
    case EventType::kReceive:
    case EventType::kLabel:
      if (number >= maker.inputs.size()) return {};
      return {Parent{number, maker.inputs[number].amount}};
    case EventType::kCorrect:  // the record comes first
      if (number + 1 >= maker.inputs.size()) return {};
      return {Parent{number + 1, maker.inputs[number + 1].amount}};
    default: break;
  }
  if (!maker.outputs[number]) return {};
  const Output& output = *maker.outputs[number];
  if (auto same = same_item_input(graph, maker, output); !same.empty()) return same;
  if (maker.type == EventType::kPack) {
    std::vector<Parent> parents;
    for (const Content& content : output.contents)
      if (content.in >= 0 && static_cast<std::size_t>(content.in) < maker.inputs.size())
        parents.push_back(Parent{static_cast<std::size_t>(content.in), content.amount});
    return parents;
  }
  return all_inputs(maker);
}

std::optional<std::vector<StateRef>> restored_by(const Graph& graph, const Event& voiding) {
  if (voiding.inputs.empty()) return std::nullopt;
  const Event* voided = graph.event(voiding.inputs.front().state.event);
  if (voided == nullptr) return std::nullopt;
  std::vector<StateRef> states;
  for (const Input& input : graph.first(*voided)->inputs)
    if (input.state.out != kRecordOut) states.push_back(input.state);
  return states;
}

std::optional<StateRef> packed_state(const Graph& graph, const StateRef& crate) {
  StateRef state = crate;
  for (int steps = 0; steps < Lineage::kMaxDepth; ++steps) {
    const Event* maker = graph.event(state.event);
    if (maker == nullptr) return std::nullopt;
    if (maker->type == EventType::kPack) return state;
    if (!maker->remakes() && maker->type != EventType::kCorrect) return std::nullopt;
    const auto parents = parents_of(graph, *maker, state.out);
    if (parents.size() != 1) return std::nullopt;
    state = maker->inputs[parents.front().input].state;
  }
  return std::nullopt;
}

}  // namespace quarrymark::custody
