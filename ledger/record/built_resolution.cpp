#include "ledger/record/built_resolution.h"

#include "ledger/base/text.h"
#include "ledger/custody/decode.h"
#include "ledger/record/built_outputs.h"
#include "ledger/record/built_shape.h"
#include "ledger/record/devices.h"
#include "ledger/record/outputs.h"
#include "ledger/record/references.h"
#include "ledger/record/undoing.h"

namespace quarrymark::record {
namespace {

using custody::EventType;

bool is_undoing(EventType type) {
  return type == EventType::kCorrect || type == EventType::kVoid || type == EventType::kRevoke;
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
    consumed.known = input_state(input.state, *row);
    consumed.marker = row->marker;
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
    done.prepared.spends.push_back(input.marker);
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

Result<BuiltEvent> resolve_built(const Scene& scene, const SignedEvent& built,
                                 const RecordRequest& stated, std::uint64_t seq, UtcTime time) {
  QM_TRY(custody::Event event,
         custody::decode_event(built.head_disclosure, built.head, built.fields));
  event.seq = seq;
  event.time = time;
  event.device_key = built.device_key;
  event.device_signed = true;
  QM_TRY_VOID(check_built_shape(built, stated, event));
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
