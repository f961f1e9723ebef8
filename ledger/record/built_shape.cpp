#include "ledger/record/built_shape.h"

#include "ledger/base/text.h"
#include "ledger/record/field_catalogue.h"
#include "ledger/record/numbers.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

using custody::EventType;

constexpr Shape kAlias{ShapeKind::kString, 1, 200};
constexpr Shape kAliasList{ShapeKind::kArray, 1, 16, {}, &kAlias, {}, true};

bool takes_a_record(EventType type) {
  return type == EventType::kCorrect || type == EventType::kVoid || type == EventType::kRevoke;
}

Status check_fields_of(const RecordRequest& stated, const custody::Event& event) {
  if (!type_rule(stated.type).recordable)
    return fail(Errc::kRefused,
                cat("a device does not record ", custody::event_type_name(stated.type)), "type");
  if (auto checked = check_fields(stated.type, stated.fields, Spelling::kRecorded); !checked)
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

Status check_names_of(const custody::Output& output) {
  if (!is_item_number(output.item))
    return fail(
        Errc::kMalformed,
        cat("expected an item number of 17 characters, got ", quoted_for_message(output.item)),
        "item");
  if (!output.serial.empty() && !is_serial(output.serial))
    return fail(Errc::kMalformed,
                cat("expected a serial of 8 characters, got ", quoted_for_message(output.serial)),
                "serial");
  if (output.aliases.empty()) return {};
  json::Array aliases(output.aliases.begin(), output.aliases.end());
  auto checked = check_shape(json::Value(std::move(aliases)), kAliasList);
  return checked ? Status() : fail_at("aliases", checked.error());
}

// The one spelling of an output, so that nothing hides in a member that nobody reads.
Status check_outputs_of(const SignedEvent& built, const custody::Event& event) {
  for (const entry::Disclosure& field : built.fields) {
    const std::int64_t out = entry::output_number(field.name);
    if (out < 0) continue;
    const custody::Output& output = *event.outputs[static_cast<std::size_t>(out)];
    if (custody::output_value(output) != field.value)
      return fail(Errc::kMalformed, "has members that an output has not",
                  cat("outputs[", out, "]"));
    if (auto checked = check_names_of(output); !checked)
      return fail_at(cat("outputs[", out, "]"), checked.error());
    const bool holds =
        output.kind == custody::ItemKind::kCrate || output.kind == custody::ItemKind::kBundle;
    if (event.type == EventType::kPack && holds && output.contents.empty())
      return fail(Errc::kMalformed, "missing: say what it holds",
                  cat("outputs[", out, "].contents"));
  }
  return {};
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

Status check_built_shape(const SignedEvent& built, const RecordRequest& stated,
                         const custody::Event& event) {
  QM_TRY_VOID(check_fields_of(stated, event));
  return check_outputs_of(built, event);
}

Status check_built_counts(const custody::Event& event) {
  const TypeRule rule = type_rule(event.type);
  const std::string_view name = custody::event_type_name(event.type);
  std::size_t items = event.inputs.size();
  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    const bool record = event.inputs[i].state.out == entry::kRecordOut;
    if (record != (takes_a_record(event.type) && i == 0))
      return fail(Errc::kMalformed,
                  record ? cat(name, " does not consume the record of an event")
                         : cat(name, " first consumes the record of the event it names"),
                  cat("inputs[", i, "]"));
  }
  if (takes_a_record(event.type)) {
    if (items == 0)
      return fail(Errc::kMalformed, cat(name, " needs the record of the event it names"), "inputs");
    --items;
  }
  const bool takes_back = event.type == EventType::kCorrect || event.type == EventType::kVoid;
  if (items > 0 && rule.inputs == InputRule::kNone && !takes_back)
    return fail(Errc::kMalformed, cat(name, " consumes no items, got ", items), "inputs");
  if (items == 0 && rule.inputs == InputRule::kSome)
    return fail(Errc::kMalformed, cat(name, " needs at least one item"), "inputs");
  const bool none =
      rule.outputs == OutputRule::kNone && event.type != EventType::kLabel && !takes_back;
  if (none && !event.outputs.empty())
    return fail(Errc::kMalformed, cat(name, " makes no items, got ", event.outputs.size()),
                "outputs");
  const bool late = event.type == EventType::kDispatch && !event.received.is_absent();
  const bool some = !none && !takes_back && !late;
  if (some && event.outputs.empty())
    return fail(Errc::kMalformed, cat(name, " needs at least one output"), "outputs");
  return {};
}

}  // namespace quarrymark::record
