// From an output to the inputs it descends from. FORMATS.md rules 12, 17, 19.
#include "ledger/custody/parents.h"

#include "ledger/custody/spending.h"
#include "ledger/custody/wide.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

std::vector<Parent> all_inputs(const Event& maker) {
  std::vector<Parent> parents;
  for (std::size_t i = 0; i < maker.inputs.size(); ++i)
    if (maker.inputs[i].state.out != kRecordOut)
      parents.push_back(Parent{i, maker.inputs[i].amount});
  return parents;
}

// An item number alone proves nothing: another amount or size would be other stone under its name.
bool is_rest(const Output& source, std::int64_t drawn, const Output& output) {
  const std::int64_t left = source.amount - drawn;
  if (left <= 0 || output.amount != left || output.item != source.item ||
      output.unit != source.unit || output.kind != source.kind ||
      output.measure.size != source.measure.size)
    return false;
  return !source.measure.mass || !output.measure.mass ||
         *output.measure.mass <= static_cast<Wide>(*source.measure.mass) * left / source.amount;
}

bool same_goods(const Output& sent, const Output& taken) {
  return sent.item == taken.item && sent.kind == taken.kind && sent.unit == taken.unit &&
         taken.amount <= sent.amount;
}

}  // namespace

Outputs outputs_of(const Event& event) {
  Outputs outputs;
  for (const auto& output : event.outputs) outputs.push_back(output ? &*output : nullptr);
  return outputs;
}

std::optional<std::size_t> remainder_of_input(const Graph& graph, const Event& maker,
                                              const Outputs& outputs, std::size_t out) {
  const Output* output = outputs[out];
  if (output == nullptr) return std::nullopt;
  // Rests of the same item and amount before it; each input leaves one.
  auto before = std::count_if(outputs.begin(), outputs.begin() + static_cast<std::ptrdiff_t>(out),
                              [&](const Output* other) {
                                return other != nullptr && other->item == output->item &&
                                       other->amount == output->amount;
                              });
  for (std::size_t i = 0; i < maker.inputs.size(); ++i) {
    const Output* input = graph.output(maker.inputs[i].state);
    if (input != nullptr && is_rest(*input, maker.inputs[i].amount, *output) && before-- == 0)
      return i;
  }
  return std::nullopt;
}

std::vector<Parent> parents_of(const Graph& graph, const Event& maker, std::int32_t out) {
  const auto number = static_cast<std::size_t>(out);
  if (out < 0 || number >= maker.outputs.size()) return {};
  switch (maker.type) {
    case EventType::kDispatch:
    case EventType::kReceive:
    case EventType::kLabel:
      if (number >= maker.inputs.size()) return {};
      return {Parent{number, maker.inputs[number].amount}};
    case EventType::kCorrect:  // the record comes first
      if (number + 1 >= maker.inputs.size()) return {};
      return {Parent{number + 1, maker.inputs[number + 1].amount}};
    case EventType::kSplit:
    case EventType::kPack:
    case EventType::kUnpack:
      break;
    default:  // nothing else makes things of things, whatever outputs it claims
      return {};
  }
  if (!maker.outputs[number]) return {};
  const Output& output = *maker.outputs[number];
  if (const auto input = remainder_of_input(graph, maker, outputs_of(maker), number))
    return {Parent{*input, output.amount}};
  if (maker.type == EventType::kPack) {
    std::vector<Parent> parents;
    for (const Content& content : output.contents)
      if (content.in >= 0 && static_cast<std::size_t>(content.in) < maker.inputs.size())
        parents.push_back(Parent{static_cast<std::size_t>(content.in), content.amount});
    return parents;
  }
  return all_inputs(maker);
}

std::optional<Restored> restored_by(const Graph& graph, const Event& voiding, std::int32_t out) {
  if (voiding.inputs.empty() || out < 0) return std::nullopt;
  const Event* voided = graph.event(voiding.inputs.front().state.event);
  if (voided == nullptr || voided->log != voiding.log) return std::nullopt;
  const Event* first = graph.first(*voided);
  const auto number = static_cast<std::size_t>(out);
  std::size_t input = number;
  if (first->type == EventType::kDispatch && !first->outputs.empty()) {
    // Of a dispatch each output taken back restores the input that it remade.
    if (number + 1 >= voiding.inputs.size()) return std::nullopt;
    const StateRef taken = voiding.inputs[number + 1].state;
    std::int32_t dispatched = 0;
    const auto count = static_cast<std::int32_t>(first->outputs.size());
    while (dispatched < count && graph.corrected(StateRef{first->id, dispatched}) != taken)
      ++dispatched;
    input = static_cast<std::size_t>(dispatched);
  } else if (!first->inputs.empty() && first->inputs.front().state.out == kRecordOut) {
    ++input;
  }
  if (input >= first->inputs.size()) return std::nullopt;
  return Restored{first, input};
}

bool is_portioned(const Graph& graph, const Event& split, std::int32_t out) {
  const Output* output = graph.output(StateRef{split.id, out});
  const auto parents = parents_of(graph, split, out);
  if (output == nullptr || parents.empty() || output->kind != ItemKind::kBatch) return false;
  if (!graph.corrected(split, &Event::saw).is_absent() ||
      !graph.corrected(split, &Event::home_work).is_absent())
    return false;
  return std::all_of(parents.begin(), parents.end(), [&](const Parent& parent) {
    const Output* input = graph.output(split.inputs[parent.input].state);
    return input != nullptr && input->kind == ItemKind::kBatch && input->unit == output->unit &&
           input->measure.size == output->measure.size;
  });
}

std::optional<Graph::LateHandOver> supported_by(const Graph& graph, const Event& receive,
                                                std::int32_t out) {
  const Output* taken = graph.output(StateRef{receive.id, out});
  for (const auto& hand_over : graph.late_dispatches(StateRef{receive.id, out})) {
    const Event& late = *hand_over.dispatch;
    const StateRef state = late.inputs[hand_over.input].state;
    const Output* sent = graph.output(state);
    const Event* source = graph.event(state.event);
    // Anybody can name a receive; only who held the stone and sent it there is heard.
    if (late.log == receive.log || !late.to || late.to->log != receive.log ||
        (sent != nullptr && taken != nullptr && !same_goods(*sent, *taken)) ||
        (source != nullptr && may_spend(*source, state.out, late.log, late.type) == MaySpend::kNo))
      continue;
    return hand_over;
  }
  return std::nullopt;
}

std::optional<StateRef> packed_state(const Graph& graph, const StateRef& crate) {
  StateRef state = crate;
  for (int steps = 0; steps < kMaxSteps; ++steps) {
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
