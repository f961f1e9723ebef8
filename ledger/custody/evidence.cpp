#include "ledger/custody/evidence.h"

namespace quarrymark::custody {

Graph::Graph(const Evidence& evidence) : evidence_(evidence) {
  for (const Event& event : evidence_.events) by_id_.emplace(event.id, &event);
  for (const Event& event : evidence_.events) {
    for (const Input& input : event.inputs) spenders_[input.state].push_back(&event);
    if (event.type == EventType::kDispatch && event.received)
      late_dispatches_.emplace(event.received->event, &event);
    // What is corrected or voided is what had its record spent, and a record belongs to the log
    // that made it; the names in `corrects` and `voids` only repeat that for people.
    if (event.inputs.empty() || event.inputs.front().state.out != kRecordOut) continue;
    const Event* target = this->event(event.inputs.front().state.event);
    if (target == nullptr || target->log != event.log || target->seq >= event.seq) continue;
    if (event.type == EventType::kCorrect) corrections_.emplace(target->id, &event);
    if (event.type == EventType::kVoid) voids_.emplace(target->id, &event);
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

const Event* Graph::late_dispatch(const EventId& receive) const {
  const auto found = late_dispatches_.find(receive);
  return found == late_dispatches_.end() ? nullptr : found->second;
}

const Event* Graph::latest(const Event& event) const {
  // Bounded: each step goes to a later entry of the same log.
  const Event* current = &event;
  for (auto next = corrections_.find(current->id); next != corrections_.end();
       next = corrections_.find(current->id))
    current = next->second;
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

}  // namespace quarrymark::custody
