#include "ledger/balance/packing.h"

namespace quarrymark::custody {
namespace {

std::optional<StateRef> input_state(const Event& event, std::size_t number) {
  if (number >= event.inputs.size()) return std::nullopt;
  return event.inputs[number].state;
}

std::vector<Held> contents_of_pack(const Event& pack, const Output& crate) {
  std::vector<Held> held;
  for (const Content& content : crate.contents)
    if (const auto source = input_state(pack, static_cast<std::size_t>(content.in)))
      held.push_back({*source, content.amount});
  return held;
}

}  // namespace

bool holds_others(const Output& output) {
  return output.kind == ItemKind::kCrate || output.kind == ItemKind::kBundle;
}

std::optional<StateRef> same_before(const Graph& graph, const Event& maker, std::int32_t out) {
  const auto number = static_cast<std::size_t>(out);
  if (maker.type == EventType::kCorrect) return input_state(maker, number + 1);  // after the record
  if (maker.type == EventType::kVoid) {
    const auto restored = restored_by(graph, maker, out);
    return restored ? input_state(*restored->event, restored->input) : std::nullopt;
  }
  if (maker.type == EventType::kReceive && maker.inputs.empty()) {
    const auto late = supported_by(graph, maker, out);
    return late ? input_state(*late->dispatch, late->input) : std::nullopt;
  }
  return maker.remakes() ? input_state(maker, number) : std::nullopt;
}

std::optional<StateRef> Packing::put_in(const Event& unpack, const std::string& item, int depth) {
  for (const Input& input : unpack.inputs) {
    const auto& held = held_by(input.state, depth);
    if (!held) continue;
    for (const Held& thing : *held) {
      const Output* output = graph_.output(thing.state);
      if (output != nullptr && output->item == item) return thing.state;
    }
  }
  return std::nullopt;
}

const std::optional<std::vector<Held>>& Packing::held_by(const StateRef& crate, int depth) {
  const auto known = looked_.find(crate);
  if (known != looked_.end()) return known->second;
  auto held = look_into(crate, depth);
  return looked_.emplace(crate, std::move(held)).first->second;
}

std::optional<std::vector<Held>> Packing::look_into(const StateRef& crate, int depth) {
  if (depth > kMaxNesting) return std::vector<Held>();
  StateRef state = crate;
  for (int steps = 0; steps < kMaxSteps; ++steps) {
    const Event* maker = graph_.event(state.event);
    const Output* output = graph_.output(state);
    if (maker == nullptr || output == nullptr) return std::nullopt;
    if (maker->type == EventType::kPack) return contents_of_pack(*maker, *output);
    if (maker->type == EventType::kExtract || maker->type == EventType::kAcquire)
      return std::nullopt;
    auto before = same_before(graph_, *maker, state.out);
    if (!before && maker->type == EventType::kUnpack)
      before = put_in(*maker, output->item, depth + 1);
    if (!before) {
      if (maker->type == EventType::kReceive) return std::nullopt;
      return std::vector<Held>();
    }
    state = *before;
  }
  return std::vector<Held>();
}

}  // namespace quarrymark::custody
