#include "ledger/record/built_resolution.h"

#include "ledger/base/text.h"
#include "ledger/custody/decode.h"
#include "ledger/entry/marker.h"
#include "ledger/record/built_outputs.h"
#include "ledger/record/devices.h"
#include "ledger/record/field_catalogue.h"
#include "ledger/record/outputs.h"
#include "ledger/record/references.h"
#include "ledger/record/undoing.h"

namespace quarrymark::record {
namespace {

using custody::EventType;

bool is_undoing(EventType type) {
  return type == EventType::kCorrect || type == EventType::kVoid || type == EventType::kRevoke;
}

Status check_shape_of(const RecordRequest& stated, const custody::Event& event) {
  if (!type_rule(stated.type).recordable)
    return fail(Errc::kRefused,
                cat("a device does not record ", custody::event_type_name(stated.type)), "type");
  if (auto checked = check_fields(stated.type, stated.fields); !checked)
    return fail_at("fields", checked.error());
  if (event.party.is_absent()) return fail(Errc::kMalformed, "missing", "fields.party");
  // What depends on more than one member, as a request would say it.
  RecordRequest request = stated;
  request.inputs.resize(event.inputs.size());
  for (const auto& output : event.outputs) {
    request.outputs.emplace_back();
    request.outputs.back().kind = output->kind;
  }
  return check_together(request);
}

// The one spelling of an output, so that nothing hides in a member that nobody reads.
Status check_spelling(const SignedEvent& built, const custody::Event& event) {
  for (const entry::Disclosure& field : built.fields) {
    const std::int64_t out = entry::output_number(field.name);
    if (out < 0) continue;
    if (custody::output_value(*event.outputs[static_cast<std::size_t>(out)]) != field.value)
      return fail(Errc::kMalformed, "has members that an output has not",
                  cat("outputs[", out, "]"));
  }
  return {};
}

Status find_states(const Scene& scene, const custody::Event& event, Draft& draft) {
  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    const custody::Input& input = event.inputs[i];
    const std::string field = cat("inputs[", i, "]");
    QM_TRY(auto row, load_state(scene.rows, input.state));
    if (!row) return fail(Errc::kNotFound, "no such state is known here", field);
    if (row->spent)
      return fail(Errc::kRefused,
                  cat("was spent by ",
                      describe_spender(*row->spent, scene.log_id,
                                       scene.directory.name_of(origin_of(row->spent->log)))),
                  field);
    Consumed consumed;
    consumed.state = input.state;
    consumed.amount = input.amount;
    QM_TRY(consumed.known, input_state(input.state, *row));
    consumed.disclosure = std::move(row->disclosure);
    draft.inputs.push_back(std::move(consumed));
  }
  return {};
}

// What undoes takes the record of what it names and all that is left of it: the node knows which.
Status check_taken_back(const Draft& draft, const custody::Event& event) {
  if (draft.inputs.size() != event.inputs.size())
    return fail(Errc::kRefused,
                cat("expected the record and ", draft.inputs.size() - 1,
                    " outputs that are still held, got ", event.inputs.size(), " inputs"),
                "inputs");
  for (std::size_t i = 0; i < event.inputs.size(); ++i)
    if (event.inputs[i].state != draft.inputs[i].state ||
        event.inputs[i].amount != draft.inputs[i].amount)
      return fail(Errc::kRefused,
                  i == 0 ? "expected the record of the event it names, or of its last correction"
                         : "is not the output that is taken back there",
                  cat("inputs[", i, "]"));
  return {};
}

// Names are for people; what a device signs says what they stand for, and what is still so.
Status check_references(const RecordRequest& stated, const Draft& draft) {
  for (std::size_t i = 0; i < stated.fields.size(); ++i)
    if (draft.fields[i] != stated.fields[i])
      return fail(Errc::kRefused,
                  "expected digests, origins and serials as they are on record, not names for them",
                  cat("fields.", stated.fields[i].first));
  return {};
}

Status resolve_items(const Scene& scene, const custody::Event& event, Draft& draft) {
  const EventType type = draft.request->type;
  if (is_undoing(type)) {
    QM_TRY_VOID(resolve_undoing(scene, draft));
    QM_TRY_VOID(check_taken_back(draft, event));
  }
  std::vector<custody::InputState> known;
  for (const Consumed& input : draft.inputs) known.push_back(input.known);
  QM_TRY_VOID(custody::check_event(event, known));
  if (type == EventType::kVoid) return {};
  const Status resolved = resolve_outputs(scene, draft);
  // What was packed is not known here: then all that comes out is new.
  if (!resolved && type == EventType::kUnpack) draft.outputs.clear();
  return type == EventType::kUnpack ? Status() : resolved;
}

BuiltEvent take_as_built(const SignedEvent& built, const Draft& draft, custody::Event event) {
  auto meaning = std::make_shared<Meaning>();
  BuiltEvent done;
  done.prepared.event = event.id;
  done.prepared.head = built.head_disclosure.text;
  for (const entry::Disclosure& field : built.fields)
    done.prepared.disclosures.push_back(field.text);
  for (const Consumed& input : draft.inputs) {
    meaning->inputs.push_back(input.known);
    done.prepared.spends.push_back(entry::spend_marker(input.state.event, input.disclosure));
  }
  event.spends = done.prepared.spends;
  meaning->event = std::move(event);
  done.prepared.device = built.device_text;
  done.prepared.key = draft.request->key;
  done.prepared.content = draft.request->content;
  done.prepared.meaning = meaning;
  done.meaning = std::move(meaning);
  return done;
}

}  // namespace

Result<RecordRequest> stated_by(const SignedEvent& event, std::string_view key) {
  const auto type = custody::event_type_from(event.head.type);
  QM_CHECK(type.has_value(), "a head's type is checked when it is parsed");
  RecordRequest request;
  request.type = *type;
  request.at = event.head.at;
  request.content = event.head_disclosure.digest.hash;
  request.key = key.empty() ? entry::event_id(event.head_disclosure).text() : std::string(key);
  for (const entry::Disclosure& field : event.fields)
    if (entry::output_number(field.name) < 0) request.fields.emplace_back(field.name, field.value);
  return request;
}

Result<BuiltEvent> resolve_built(const Scene& scene, const SignedEvent& built,
                                 const RecordRequest& stated, std::uint64_t seq, UtcTime time) {
  QM_TRY(custody::Event event,
         custody::decode_event(built.head_disclosure, built.head, built.fields));
  event.seq = seq;
  event.time = time;
  event.device_key = built.device_key;
  event.device_signed = true;
  QM_TRY_VOID(check_shape_of(stated, event));
  QM_TRY_VOID(check_spelling(built, event));
  QM_TRY_VOID(check_enrolled(scene.rows, scene.events, scene.log_id, built.device_key));
  QM_TRY_VOID(refuse_repeated_number(scene.rows, event));

  Draft draft;
  draft.request = &stated;
  draft.at = stated.at;
  draft.fields = stated.fields;
  if (!is_undoing(stated.type)) QM_TRY_VOID(find_states(scene, event, draft));
  QM_TRY_VOID(resolve_references(scene, draft));
  QM_TRY_VOID(resolve_items(scene, event, draft));
  QM_TRY_VOID(check_references(stated, draft));
  std::vector<custody::Output> outputs;
  for (const auto& output : event.outputs) outputs.push_back(*output);
  QM_TRY_VOID(check_built_outputs(scene, draft, outputs));
  return take_as_built(built, draft, std::move(event));
}

}  // namespace quarrymark::record
