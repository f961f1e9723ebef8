#include "ledger/custody/evidence.h"

#include <algorithm>
#include <tuple>

namespace quarrymark::custody {

Graph::Graph(const Evidence& evidence) : evidence_(evidence) {
  for (const Event& event : evidence_.events)
    if (by_id_.emplace(event.id, &event).second) ordered_.push_back(&event);
  std::sort(ordered_.begin(), ordered_.end(), [](const Event* a, const Event* b) {
    return std::tie(a->log, a->seq, a->id) < std::tie(b->log, b->seq, b->id);
  });
  for (const Event* event : ordered_) {
    for (const Input& input : event->inputs) spenders_[input.state].push_back(event);
    if (event->type == EventType::kDispatch && event->received)
      late_dispatches_.emplace(event->received->event, event);
    // What is corrected or voided is what had its record spent, and a record belongs to the log
    // that made it; the names in `corrects` and `voids` only repeat that for people.
    if (event->inputs.empty() || event->inputs.front().state.out != kRecordOut) continue;
    const Event* target = this->event(event->inputs.front().state.event);
    if (target == nullptr || target->log != event->log || target->seq >= event->seq) continue;
    if (event->type == EventType::kCorrect) corrections_.emplace(target->id, event);
    if (event->type == EventType::kVoid) voids_.emplace(target->id, event);
  }
}

const Event* Graph::event(const EventId& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

const Output* Graph::output(const StateRef& state) const {
  const Event* maker = event(state.event);
  if (maker == nullptr || state.out < 0 ||
      static_cast<std::size_t>(state.out) >= maker->outputs.size())
    return nullptr;
  const auto& output = maker->outputs[static_cast<std::size_t>(state.out)];
  return output ? &*output : nullptr;
}

const std::string* Graph::disclosure(const StateRef& state) const {
  const Event* maker = event(state.event);
  if (maker == nullptr) return nullptr;
  if (state.out == kRecordOut) return &maker->head_text;
  if (state.out < 0 || static_cast<std::size_t>(state.out) >= maker->output_texts.size())
    return nullptr;
  const std::string& text = maker->output_texts[static_cast<std::size_t>(state.out)];
  return text.empty() ? nullptr : &text;
}

const std::vector<const Event*>& Graph::spenders(const StateRef& state) const {
  static const std::vector<const Event*> none;
  const auto found = spenders_.find(state);
  return found == spenders_.end() ? none : found->second;
}

std::vector<Graph::LateHandOver> Graph::late_dispatches(const StateRef& received) const {
  std::vector<LateHandOver> found;
  const auto [begin, end] = late_dispatches_.equal_range(received.event);
  for (auto it = begin; it != end; ++it) {
    const Event* dispatch = it->second;
    if (voided_by(latest(*dispatch)->id) != nullptr) continue;
    const auto& outs = dispatch->received->outs;
    for (std::size_t i = 0; i < outs.size() && i < dispatch->inputs.size(); ++i)
      if (outs[i] == received.out) found.push_back({dispatch, i});
  }
  std::sort(found.begin(), found.end(), [](const LateHandOver& a, const LateHandOver& b) {
    return std::tie(a.dispatch->log, a.dispatch->seq, a.input) <
           std::tie(b.dispatch->log, b.dispatch->seq, b.input);
  });
  return found;
}

const Event* Graph::correction_of(const Event& event) const {
  const auto found = corrections_.find(event.id);
  return found == corrections_.end() ? nullptr : found->second;
}

const Event* Graph::latest(const Event& event) const {
  // Bounded: each step goes to a later entry of the same log.
  const Event* current = &event;
  while (const Event* next = correction_of(*current)) current = next;
  return current;
}

const Event* Graph::first(const Event& event) const {
  const Event* current = &event;
  while (current->type == EventType::kCorrect && !current->inputs.empty()) {
    const Event* before = this->event(current->inputs.front().state.event);
    if (before == nullptr || before->log != current->log || before->seq >= current->seq) break;
    current = before;
  }
  return current;
}

const Event* Graph::voided_by(const EventId& id) const {
  const auto found = voids_.find(id);
  return found == voids_.end() ? nullptr : found->second;
}

const Event* Graph::taken_back_by(const StateRef& state) const {
  const Event* maker = event(state.event);
  if (maker == nullptr) return nullptr;
  const Event* voiding = voided_by(latest(*maker)->id);
  if (voiding == nullptr || first(*maker)->type != EventType::kDispatch) return voiding;
  const StateRef last = corrected(state);
  const bool consumed =
      std::any_of(voiding->inputs.begin(), voiding->inputs.end(),
                  [&](const Input& input) { return input.state == state || input.state == last; });
  return consumed ? voiding : nullptr;
}

StateRef Graph::corrected(StateRef state) const {
  const Event* maker = event(state.event);
  while (maker != nullptr && (maker = correction_of(*maker)) != nullptr) {
    // The record comes first, so input i is remade as output i − 1.
    for (std::size_t i = 1; i < maker->inputs.size(); ++i)
      if (maker->inputs[i].state == state) {
        state = StateRef{maker->id, static_cast<std::int32_t>(i - 1)};
        break;
      }
  }
  return state;
}

}  // namespace quarrymark::custody
