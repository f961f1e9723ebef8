#include "ledger/record/chain.h"

#include "ledger/base/text.h"
#include "ledger/record/behind.h"
#include "ledger/record/devices.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

using custody::Event;
using custody::EventType;
using entry::kRecordOut;
using entry::StateRef;

using States = std::vector<StateRef>;

// Outputs that say how many were made of how much: without all of them no balance can be struck.
bool shows_all_outputs(EventType type) {
  return type == EventType::kSplit || type == EventType::kUnpack;
}

class Walk {
 public:
  Walk(Overlay& rows, KnownEvents& events) : rows_(rows), events_(events) {}

  Status begin(std::span<const StateRef> items) {
    for (const StateRef& item : items) {
      QM_TRY(const KnownEvent* known, events_.find(item.event));
      if (known == nullptr)
        return fail(Errc::kNotFound, cat("nothing here shows event ", item.event.text()));
      if (item.out >= static_cast<std::int32_t>(known->event.outputs.size()))
        return fail(Errc::kNotFound, cat("event ", item.event.text(), " has no output ", item.out));
      todo_.push_back(item);
    }
    return {};
  }

  Status run() {
    while (!todo_.empty()) {
      const StateRef state = todo_.front();
      todo_.pop_front();
      QM_TRY_VOID(visit(state));
    }
    return {};
  }

  Chain take() { return std::move(chain_); }

 private:
  void need(const EventId& event, std::int32_t out = kRecordOut) { todo_.push_back({event, out}); }
  Status need_text(const std::string& event) {
    if (event.empty()) return {};
    QM_TRY(const EventId id, EventId::parse(event));
    need(id);
    return {};
  }

  // Out −1 stands for the event itself, with no output in particular.
  Status visit(const StateRef& state) {
    QM_TRY(const KnownEvent* known, events_.find(state.event));
    if (known == nullptr) return {};
    const auto [place, is_new] = chain_.try_emplace(state.event, NeededEvent{known, {}});
    const Event& event = known->event;
    if (is_new) {
      QM_TRY_VOID(visit_event(event));
      if (shows_all_outputs(event.type))
        for (std::size_t out = 0; out < event.outputs.size(); ++out)
          place->second.outs.insert(static_cast<std::int32_t>(out));
    }
    if (state.out == kRecordOut || state.out >= static_cast<std::int32_t>(event.outputs.size()))
      return {};
    place->second.outs.insert(state.out);
    if (visited_.insert(state).second) return visit_output(event, state.out);
    return {};
  }

  Status visit_output(const Event& event, std::int32_t out) {
    QM_TRY(const States sources, states_behind(rows_, events_, {event.id, out}));
    todo_.insert(todo_.end(), sources.begin(), sources.end());
    if (event.type == EventType::kVoid)
      // What it takes back, so that its markers can be recomputed.
      for (std::size_t i = 1; i < event.inputs.size(); ++i) todo_.push_back(event.inputs[i].state);
    if (event.type == EventType::kReceive && event.inputs.empty()) {
      QM_TRY(const auto late, given_up(rows_, events_, event.id, out));
      for (const LateHandOver& hand_over : late) need(hand_over.dispatch);
    }
    QM_TRY(const auto row, load_state(rows_, {event.id, out}));
    return row ? visit_about_item(row->output.item) : Status();
  }

  Status visit_about_item(const std::string& item) {
    if (item.empty() || !items_.insert(item).second) return {};
    QM_TRY(const auto statements, about_item(rows_, item));
    for (const EventId& statement : statements) need(statement);
    return {};
  }

  // What belongs to an event whatever output is needed.
  Status visit_event(const Event& event) {
    QM_TRY(const auto record, load_state(rows_, {event.id, kRecordOut}));
    if (record && record->spent) {
      QM_TRY(const KnownEvent* undoing, events_.spender(*record));
      if (undoing != nullptr) need(undoing->event.id);
    }
    if (!event.inputs.empty() && event.inputs.front().state.out == kRecordOut)
      need(event.inputs.front().state.event);
    QM_TRY(const auto statements, about_event(rows_, event.id));
    for (const EventId& statement : statements) need(statement);
    if (event.place) QM_TRY_VOID(need_text(event.place->site));
    if (event.about) {
      QM_TRY_VOID(need_text(event.about->event));
      QM_TRY_VOID(need_text(event.about->site));
    }
    if (event.sites)
      for (const custody::AdmittedSite& site : *event.sites) QM_TRY_VOID(need_text(site.site));
    QM_TRY_VOID(visit_device(event));
    if (event.to) {
      QM_TRY_VOID(need_text(event.to->contract));
      QM_TRY_VOID(visit_log(event.to->log));
    }
    return visit_log(event.log);
  }

  // How its device came to be enrolled, and whether it was withdrawn.
  Status visit_device(const Event& event) {
    if (event.device_key.empty()) return {};
    QM_TRY(const LogId log, log_id(event.log));
    QM_TRY(const auto enrolments, device_events(rows_, events_, log, event.device_key));
    for (const EventId& enrolment : enrolments) need(enrolment);
    return {};
  }

  Status visit_log(const std::string& origin) {
    if (origin.empty() || !logs_.insert(origin).second) return {};
    QM_TRY(const LogId log, log_id(origin));
    QM_TRY(const auto admissions, admissions_of(rows_, log));
    for (const EventId& admission : admissions) need(admission);
    return {};
  }

  Overlay& rows_;
  KnownEvents& events_;
  Chain chain_;
  std::deque<StateRef> todo_;
  std::set<StateRef> visited_;
  std::set<std::string> items_, logs_;
};

}  // namespace

Result<Chain> find_chain(Overlay& rows, KnownEvents& events, std::span<const StateRef> items) {
  Walk walk(rows, events);
  QM_TRY_VOID(walk.begin(items));
  QM_TRY_VOID(walk.run());
  return walk.take();
}

}  // namespace quarrymark::record
