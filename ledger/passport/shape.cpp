#include "ledger/passport/shape.h"

#include "ledger/base/text.h"
#include "ledger/entry/marker.h"

namespace quarrymark::passport {
namespace {

using custody::Event;
using custody::EventType;
using custody::Graph;
using custody::Input;
using custody::Output;
using MaybeProblem = std::optional<Problem>;

Problem malformed(std::string field, std::string what) {
  return {"malformed", std::move(field), std::move(what)};
}
std::string input_field(std::size_t index) { return cat("inputs[", index, "]"); }

bool takes_record(EventType type) {
  return type == EventType::kCorrect || type == EventType::kVoid || type == EventType::kRevoke;
}

// Rule 10: an input lies within the event it names and draws no more than that output holds.
MaybeProblem input_problem(const Graph& graph, const Event& event) {
  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    const Input& input = event.inputs[i];
    const bool record = input.state.out == custody::kRecordOut;
    if (record != (takes_record(event.type) && i == 0))
      return malformed(input_field(i), record ? "consumes a record state, which only correct, void "
                                                "and revoke do, as their first input"
                                              : "expected the record state of the event it names");
    const Event* maker = graph.event(input.state.event);
    if (record || maker == nullptr) continue;
    if (static_cast<std::size_t>(input.state.out) >= maker->outputs.size())
      return malformed(input_field(i) + ".out", cat("expected one of ", maker->outputs.size(),
                                                    " outputs, got ", input.state.out));
    const Output* output = graph.output(input.state);
    if (output != nullptr && input.amount > output->amount)
      return malformed(input_field(i) + ".amount",
                       cat("expected at most the ", output->amount, " ",
                           custody::unit_name(output->unit), " of that state, got ", input.amount));
  }
  if (takes_record(event.type) && event.inputs.empty())
    return malformed("inputs", "expected the record state of the event it names first");
  for (std::size_t o = 0; o < event.outputs.size(); ++o) {
    if (!event.outputs[o]) continue;
    for (const custody::Content& content : event.outputs[o]->contents)
      if (content.in < 0 || static_cast<std::size_t>(content.in) >= event.inputs.size())
        return malformed(cat("out.", o, ".contents"),
                         cat("names input ", content.in, " of ", event.inputs.size(), " inputs"));
  }
  return {};
}

MaybeProblem count_problem(const Event& event, std::size_t expected) {
  if (event.outputs.size() == expected) return {};
  return malformed("outputs", cat("expected ", expected, " outputs, as it remakes ", expected,
                                  " states, got ", event.outputs.size()));
}

// Output `o` against the state it remakes, as far as both are shown.
enum class Keeps { kItem, kItemAndUnit };
MaybeProblem identity_problem(const Graph& graph, const Event& event, std::size_t o,
                              const custody::StateRef& state, Keeps keeps) {
  const Output* before = graph.output(state);
  if (before == nullptr || !event.outputs[o]) return {};
  const Output& after = *event.outputs[o];
  const std::string field = cat("out.", o);
  if (after.item != before->item)
    return malformed(field + ".item", cat("expected ", quoted_for_message(before->item), ", got ",
                                          quoted_for_message(after.item)));
  if (after.kind != before->kind)
    return malformed(field + ".kind", cat("expected ", custody::item_kind_name(before->kind),
                                          ", got ", custody::item_kind_name(after.kind)));
  if (keeps == Keeps::kItemAndUnit && after.unit != before->unit)
    return malformed(field + ".unit", cat("expected ", custody::unit_name(before->unit), ", got ",
                                          custody::unit_name(after.unit)));
  return {};
}

// Rule 12.
MaybeProblem remake_problem(const Graph& graph, const Event& event) {
  if (auto problem = count_problem(event, event.inputs.size())) return problem;
  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    const Input& input = event.inputs[i];
    if (auto problem = identity_problem(graph, event, i, input.state, Keeps::kItemAndUnit))
      return problem;
    if (event.outputs[i] && event.outputs[i]->amount != input.amount)
      return malformed(cat("out.", i, ".amount"),
                       cat("expected the ", input.amount, " that its input draws, got ",
                           event.outputs[i]->amount));
  }
  return {};
}

MaybeProblem dispatch_problem(const Graph& graph, const Event& event) {
  if (event.to.is_absent()) return malformed("to", "missing: a dispatch says to whom");
  if (event.received.is_absent()) return remake_problem(graph, event);
  if (!event.outputs.empty())
    return malformed("outputs",
                     cat("expected none of a late dispatch, got ", event.outputs.size()));
  if (!event.received) return {};
  const auto& outs = event.received->outs;
  if (outs.size() != event.inputs.size())
    return malformed("received.outs", cat("expected one for each of the ", event.inputs.size(),
                                          " inputs, got ", outs.size()));
  const Event* receive = graph.event(event.received->event);
  if (receive == nullptr) return {};
  if (receive->type != EventType::kReceive)
    return malformed("received.event",
                     cat("expected a receive, got ", custody::event_type_name(receive->type)));
  for (const std::int64_t out : outs)
    if (out < 0 || static_cast<std::size_t>(out) >= receive->outputs.size())
      return malformed("received.outs", cat("names output ", out, " of ", receive->outputs.size()));
  return {};
}

// Rules 19 and 20: after the record come outputs of the same event, ascending.
MaybeProblem undone_states_problem(const Event& event) {
  for (std::size_t i = 1; i < event.inputs.size(); ++i) {
    if (event.inputs[i].state.event != event.inputs[0].state.event)
      return malformed(input_field(i), "expected an output of the event whose record is consumed");
    if (i > 1 && event.inputs[i].state.out <= event.inputs[i - 1].state.out)
      return malformed(input_field(i), "outputs are not in ascending order");
  }
  return {};
}

// What an event says of its receiver: its own `to`, or that of what it corrects. Absent also when
// the event that would say it is not shown.
custody::Shown<custody::To> effective_to(const Graph& graph, const Event* event) {
  while (event != nullptr && event->to.is_absent() && event->type == EventType::kCorrect &&
         !event->inputs.empty())
    event = graph.event(event->inputs[0].state.event);
  return event == nullptr ? custody::Shown<custody::To>::withheld() : event->to;
}

MaybeProblem correct_problem(const Graph& graph, const Event& event) {
  if (auto problem = undone_states_problem(event)) return problem;
  if (auto problem = count_problem(event, event.inputs.size() - 1)) return problem;
  for (std::size_t i = 1; i < event.inputs.size(); ++i)
    if (auto problem = identity_problem(graph, event, i - 1, event.inputs[i].state, Keeps::kItem))
      return problem;
  if (!event.to) return {};
  const auto before = effective_to(graph, graph.event(event.inputs[0].state.event));
  if (before.is_withheld()) return {};
  if (!before || before->log != event.to->log || before->contract != event.to->contract ||
      before->name != event.to->name)
    return malformed("to", "a correction may not change it");
  return {};
}

// The input of `first` that output `out` of its correction `event` descends from.
std::optional<std::size_t> dispatched_input(const Graph& graph, const Event& first,
                                            const Event* event, std::size_t out) {
  while (event != &first) {
    if (event == nullptr || out + 1 >= event->inputs.size()) return std::nullopt;
    const custody::StateRef& before = event->inputs[out + 1].state;
    if (before.out < 0) return std::nullopt;
    event = graph.event(before.event);
    out = static_cast<std::size_t>(before.out);
  }
  if (out >= first.inputs.size()) return std::nullopt;
  return out;
}

// The states a void of `target` brings back; nullopt when that cannot be seen.
std::optional<std::vector<custody::StateRef>> restored_states(const Graph& graph,
                                                              const Event& event,
                                                              const Event& target,
                                                              const Event& first) {
  std::vector<custody::StateRef> states;
  if (first.type == EventType::kDispatch && !first.outputs.empty()) {
    for (std::size_t i = 1; i < event.inputs.size(); ++i) {
      const auto input = dispatched_input(graph, first, &target,
                                          static_cast<std::size_t>(event.inputs[i].state.out));
      if (!input) return std::nullopt;
      states.push_back(first.inputs[*input].state);
    }
    return states;
  }
  for (const Input& input : first.inputs)
    if (input.state.out != custody::kRecordOut) states.push_back(input.state);
  return states;
}

MaybeProblem void_problem(const Graph& graph, const Event& event) {
  if (auto problem = undone_states_problem(event)) return problem;
  if (event.voids && *event.voids != event.inputs[0].state.event)
    return malformed("voids", "names another event than the one whose record is consumed");
  const Event* target = graph.event(event.inputs[0].state.event);
  if (target == nullptr) return {};
  const Event* first = graph.first(*target);
  if (first->type == EventType::kReceive)
    return malformed("inputs[0]", "a receive is not voided; goods go back by dispatch");
  // Only what a dispatch left on the way may be voided in part.
  if (first->type != EventType::kDispatch && first->type != EventType::kCorrect &&
      event.inputs.size() != target->outputs.size() + 1)
    return malformed("inputs", cat("expected the record and all ", target->outputs.size(),
                                   " outputs of the event it undoes, got ", event.inputs.size()));
  if (first->type == EventType::kCorrect) return {};
  const auto states = restored_states(graph, event, *target, *first);
  if (!states) return {};
  if (auto problem = count_problem(event, states->size())) return problem;
  for (std::size_t o = 0; o < states->size(); ++o) {
    if (auto problem = identity_problem(graph, event, o, (*states)[o], Keeps::kItemAndUnit))
      return problem;
    const Output* before = graph.output((*states)[o]);
    if (before != nullptr && event.outputs[o] && event.outputs[o]->amount > before->amount)
      return malformed(cat("out.", o, ".amount"),
                       cat("expected at most the ", before->amount,
                           " of the state it remakes, got ", event.outputs[o]->amount));
  }
  return {};
}

MaybeProblem consumes_nothing(const Event& event) {
  if (event.inputs.empty()) return {};
  return malformed("inputs", cat("expected none, got ", event.inputs.size()));
}

MaybeProblem revoke_problem(const Graph& graph, const Event& event) {
  if (event.inputs.size() != 1)
    return malformed("inputs",
                     cat("expected the record of an admit alone, got ", event.inputs.size()));
  const Event* target = graph.event(event.inputs[0].state.event);
  if (target == nullptr) return {};
  const EventType type = graph.first(*target)->type;
  if (type == EventType::kAdmit || type == EventType::kCorrect) return {};
  return malformed("inputs[0]",
                   cat("expected the record of an admit, got ", custody::event_type_name(type)));
}

}  // namespace

std::optional<Problem> marker_problem(const Graph& graph, const Event& event) {
  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    const custody::StateRef& state = event.inputs[i].state;
    const std::string* disclosure = graph.disclosure(state);
    if (disclosure == nullptr) continue;
    if (entry::spend_marker(state.event, *disclosure) != event.spends[i])
      return Problem{"wrong_marker", cat("spends[", i, "]"),
                     cat("is not the marker of ", input_field(i))};
  }
  return {};
}

std::optional<Problem> shape_problem(const Graph& graph, const Event& event) {
  if (auto problem = input_problem(graph, event)) return problem;
  switch (event.type) {
    case EventType::kDispatch:
      return dispatch_problem(graph, event);
    case EventType::kLabel:
      return remake_problem(graph, event);
    case EventType::kReceive:
      // Without inputs the taker alone says what arrived.
      return event.inputs.empty() ? MaybeProblem() : remake_problem(graph, event);
    case EventType::kCorrect:
      return correct_problem(graph, event);
    case EventType::kVoid:
      return void_problem(graph, event);
    case EventType::kRevoke:
      return revoke_problem(graph, event);
    case EventType::kExtract:
    case EventType::kAcquire:
    case EventType::kAttest:
    case EventType::kErase:
      return consumes_nothing(event);
    case EventType::kAccept:
      return event.accept && event.accept->result == "refused" ? consumes_nothing(event)
                                                               : MaybeProblem();
    default:
      return {};
  }
}

}  // namespace quarrymark::passport
