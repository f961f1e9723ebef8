#include "ledger/record/behind.h"

#include "ledger/record/index.h"

namespace quarrymark::record {
namespace {

using custody::EventType;
using entry::kRecordOut;
using entry::StateRef;
using States = std::vector<StateRef>;

States items_consumed(const Link& link) {
  States states;
  for (const entry::Input& input : link.inputs)
    if (input.state.out != kRecordOut) states.push_back(input.state);
  return states;
}

Result<std::string> item_of(Overlay& rows, const StateRef& state) {
  QM_TRY(auto row, load_state(rows, state));
  if (!row || row->record) return std::string();
  return std::move(row->output.item);
}

// Of a pack: the inputs that a crate's contents name; a remainder's is the one of its own item.
Result<States> packed(Overlay& rows, const Link& link, const custody::Output* output) {
  if (output == nullptr) return items_consumed(link);
  States states;
  for (const custody::Content& content : output->contents)
    if (content.in >= 0 && static_cast<std::size_t>(content.in) < link.inputs.size())
      states.push_back(link.inputs[static_cast<std::size_t>(content.in)].state);
  if (!states.empty()) return states;
  for (const entry::Input& input : link.inputs) {
    QM_TRY(const std::string item, item_of(rows, input.state));
    if (item == output->item) return States{input.state};
  }
  return items_consumed(link);
}

// A void gives back, in order, what the first event it undoes consumed. Of a dispatch that was
// voided in part, its item tells which.
Result<States> restored(Overlay& rows, const Link& link, std::size_t out,
                        const custody::Output* output) {
  if (link.inputs.empty()) return States();
  QM_TRY(std::optional<Link> first, load_link(rows, link.inputs.front().state.event));
  while (first && first->type == EventType::kCorrect && !first->inputs.empty()) {
    QM_TRY(first, load_link(rows, first->inputs.front().state.event));
  }
  if (!first) return States();
  States consumed = items_consumed(*first);
  if (consumed.size() == link.outputs) return States{consumed[out]};
  if (output == nullptr) return consumed;
  for (const StateRef& state : consumed) {
    QM_TRY(const std::string item, item_of(rows, state));
    if (item == output->item) return States{state};
  }
  return consumed;
}

}  // namespace

Result<std::vector<LateHandOver>> given_up(Overlay& rows, KnownEvents& events,
                                           const EventId& receive, std::int32_t out) {
  std::vector<LateHandOver> found;
  QM_TRY(const auto dispatches, late_dispatches(rows, receive));
  for (const EventId& id : dispatches) {
    QM_TRY(const KnownEvent* dispatch, events.find(id));
    if (dispatch == nullptr || !dispatch->event.received) continue;
    const auto& outs = dispatch->event.received->outs;
    for (std::size_t i = 0; i < outs.size() && i < dispatch->event.inputs.size(); ++i)
      if (outs[i] == out) found.push_back({id, dispatch->event.inputs[i].state});
  }
  return found;
}

Result<States> states_behind(Overlay& rows, KnownEvents& events, const Link& link, std::int32_t out,
                             const custody::Output* output) {
  if (out < 0 || static_cast<std::size_t>(out) >= link.outputs) return States();
  const auto place = static_cast<std::size_t>(out);
  if (link.type == EventType::kVoid) return restored(rows, link, place, output);
  if (link.type == EventType::kPack) return packed(rows, link, output);
  if (link.type == EventType::kReceive && link.inputs.empty()) {
    QM_TRY(const auto late, given_up(rows, events, link.event, out));
    States states;
    for (const LateHandOver& hand_over : late) states.push_back(hand_over.given_up);
    return states;
  }
  if (!link.remakes() && link.type != EventType::kCorrect) return items_consumed(link);
  const std::size_t from = place + (link.type == EventType::kCorrect ? 1 : 0);
  return from < link.inputs.size() ? States{link.inputs[from].state} : States();
}

Result<States> states_behind(Overlay& rows, KnownEvents& events, const StateRef& state) {
  QM_TRY(const auto link, load_link(rows, state.event));
  if (!link) return States();
  QM_TRY(const auto row, load_state(rows, state));
  return states_behind(rows, events, *link, state.out, row ? &row->output : nullptr);
}

}  // namespace quarrymark::record
