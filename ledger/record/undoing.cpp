#include "ledger/record/undoing.h"

#include "ledger/base/text.h"
#include "ledger/entry/marker.h"
#include "ledger/record/field_catalogue.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

using custody::Event;
using custody::EventType;
using entry::kRecordOut;
using entry::StateRef;

json::Value* field(Draft& draft, std::string_view name) {
  for (auto& [field_name, value] : draft.fields)
    if (field_name == name) return &value;
  return nullptr;
}

class Undoing {
 public:
  Undoing(const Scene& scene, Draft& draft) : scene_(scene), draft_(draft) {}

  Status run() {
    const EventType type = draft_.request->type;
    const std::string_view name = type == EventType::kCorrect ? "corrects"
                                  : type == EventType::kVoid  ? "voids"
                                                              : "about";
    json::Value& reference = *field(draft_, name)->find("event");
    if (auto found = find_target(*reference.if_string()); !found)
      return fail_at(cat("fields.", name, ".event"), found.error());
    reference = target_->event.id.text();
    QM_TRY_VOID(consume_record());
    if (type == EventType::kCorrect) return take_back(false);
    if (type == EventType::kVoid) return take_back_all();
    return {};
  }

 private:
  // The event named, and the last of its corrections, whose record is still unspent.
  Status find_target(std::string_view reference) {
    QM_TRY(const EventId id, EventId::parse(reference));
    QM_TRY(target_, scene_.events.find(id));
    if (target_ == nullptr) return fail(Errc::kNotFound, "no such event is known here");
    if (target_->event.log != scene_.log.record.origin)
      return fail(Errc::kRefused,
                  cat("stands in the log of ", scene_.directory.name_or_origin(target_->event.log),
                      "; only that log may correct, void or revoke it"));
    QM_TRY_VOID(follow_corrections());
    QM_TRY(first_, first_of(*target_));
    return check_type();
  }

  Status follow_corrections() {
    for (;;) {
      QM_TRY(record_, load_state(scene_.rows, {target_->event.id, kRecordOut}));
      if (!record_) return fail(Errc::kDataLoss, "the record of that event is not stored");
      if (!record_->spent) return {};
      if (record_->spent->type != EventType::kCorrect)
        return fail(Errc::kRefused,
                    cat("was undone by ", describe_spender(*record_->spent, scene_.log_id, "")));
      QM_TRY(target_, scene_.events.spender(*record_));
      if (target_ == nullptr) return fail(Errc::kDataLoss, "its correction is not stored");
    }
  }

  Result<const KnownEvent*> first_of(const KnownEvent& event) {
    const KnownEvent* first = &event;
    while (first->event.type == EventType::kCorrect) {
      QM_TRY(first, scene_.events.find(first->event.inputs.front().state.event));
      if (first == nullptr) return fail(Errc::kDataLoss, "what it corrects is not stored");
    }
    return first;
  }

  Status check_type() const {
    const EventType undone = first_->event.type;
    const EventType by = draft_.request->type;
    if (by == EventType::kRevoke && undone != EventType::kAdmit)
      return fail(Errc::kRefused, cat("expected an admit, got ", custody::event_type_name(undone)));
    if (by == EventType::kVoid && undone == EventType::kReceive)
      return fail(Errc::kRefused, "a receive is not voided; goods go back by dispatch");
    if (by != EventType::kRevoke && (undone == EventType::kVoid || undone == EventType::kRevoke))
      return fail(Errc::kRefused, cat("a ", custody::event_type_name(undone),
                                      " is not taken back; record the event again"));
    return by == EventType::kCorrect ? check_corrected_fields(undone) : Status();
  }

  // What is corrected is something the event could have said.
  Status check_corrected_fields(EventType undone) const {
    for (const auto& [name, value] : draft_.fields) {
      const bool own = name == "corrects" || name == "reason";
      // A site's description is no place that something happened at.
      const bool described = name == "site" && undone == EventType::kSite;
      if (!own && (described || !may_carry(undone, name)))
        return fail(Errc::kRefused, cat("a ", custody::event_type_name(undone),
                                        " has no such field to correct: ", name));
    }
    return {};
  }

  Status consume_record() {
    Consumed record;
    record.state = {target_->event.id, kRecordOut};
    record.known = input_state(record.state, *record_);
    record.marker = entry::spend_marker(target_->event.id, target_->event.head_text);
    draft_.inputs.push_back(std::move(record));
    return {};
  }

  // The outputs of the target that are unspent and this log's to take back, ascending. `voiding`:
  // the sender may take back what it dispatched.
  Status take_back(bool voiding) {
    const auto by = voiding ? EventType::kVoid : EventType::kCorrect;
    for (std::size_t out = 0; out < target_->event.outputs.size(); ++out) {
      const StateRef state{target_->event.id, static_cast<std::int32_t>(out)};
      QM_TRY(const auto row, load_state(scene_.rows, state));
      if (!row) return fail(Errc::kDataLoss, cat("output ", out, " of that event is not stored"));
      if (row->spent || !row->may_spend(scene_.log_id, by)) continue;
      Consumed consumed;
      consumed.state = state;
      consumed.known = input_state(state, *row);
      consumed.amount = consumed.known.output.amount;
      consumed.marker = row->marker;
      draft_.inputs.push_back(std::move(consumed));
    }
    return {};
  }

  Status take_back_all() {
    QM_TRY_VOID(take_back(true));
    const bool dispatch = first_->event.type == EventType::kDispatch;
    if (!dispatch) QM_TRY_VOID(check_all_outputs());
    if (dispatch && !first_->event.outputs.empty() && draft_.inputs.size() == 1)
      return fail(Errc::kRefused, "nothing of that dispatch is left to take back", "fields.voids");
    return restore(dispatch && !first_->event.outputs.empty());
  }

  // Every output of the first event must be among those taken back, as itself or corrected.
  Status check_all_outputs() {
    const std::size_t taken = draft_.inputs.size() - 1;
    if (taken == first_->event.outputs.size()) return {};
    for (const Event* event : {&first_->event, &target_->event})
      for (std::size_t out = 0; out < event->outputs.size(); ++out) {
        QM_TRY(const auto row,
               load_state(scene_.rows, {event->id, static_cast<std::int32_t>(out)}));
        if (row && row->spent && row->spent->type != EventType::kCorrect)
          return fail(Errc::kRefused,
                      cat("output ", out, " was spent by ",
                          describe_spender(*row->spent, scene_.log_id,
                                           scene_.directory.name_of(origin_of(row->spent->log)))),
                      "fields.voids");
      }
    return fail(Errc::kRefused, "not every output of that event is held by this log any more",
                "fields.voids");
  }

  // What the first event consumed comes back: all of it, or of a dispatch what is taken back.
  Status restore(bool dispatched) {
    std::vector<StateRef> states;
    if (dispatched) {
      for (std::size_t i = 1; i < draft_.inputs.size(); ++i) {
        QM_TRY(const auto input, dispatched_input(draft_.inputs[i].state));
        states.push_back(input);
      }
    } else {
      for (const custody::Input& input : first_->event.inputs)
        if (input.state.out != kRecordOut) states.push_back(input.state);
    }
    for (const StateRef& state : states) {
      QM_TRY(const auto row, load_state(scene_.rows, state));
      if (!row) return fail(Errc::kDataLoss, "a state that was consumed is not stored");
      custody::Output output = row->output;
      output.contents.clear();  // they counted the inputs of another event
      draft_.outputs.push_back(std::move(output));
    }
    return {};
  }

  // The state the first event consumed for an output of its last correction.
  Result<StateRef> dispatched_input(StateRef output) {
    while (output.event != first_->event.id) {
      QM_TRY(const KnownEvent* event, scene_.events.find(output.event));
      output = event->event.inputs.at(static_cast<std::size_t>(output.out) + 1).state;
    }
    return first_->event.inputs.at(static_cast<std::size_t>(output.out)).state;
  }

  const Scene& scene_;
  Draft& draft_;
  const KnownEvent* target_ = nullptr;
  const KnownEvent* first_ = nullptr;
  std::optional<StateRow> record_;
};

}  // namespace

Status resolve_undoing(const Scene& scene, Draft& draft) { return Undoing(scene, draft).run(); }

}  // namespace quarrymark::record
