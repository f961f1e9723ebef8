#include "ledger/record/request.h"

#include "ledger/base/clock.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"
#include "ledger/record/field_catalogue.h"
#include "ledger/record/numbers.h"
#include "ledger/record/output_request.h"
#include "ledger/record/value_shape.h"

namespace quarrymark::record {
namespace {

using custody::EventType;
using json::ObjectReader;

constexpr Shape kKey{ShapeKind::kString, 1, 128};
constexpr Shape kItemReference{ShapeKind::kItemName};

Result<EventType> read_type(ObjectReader& reader) {
  QM_TRY(const std::string name, reader.string("type", 64));
  const auto type = custody::event_type_from(name);
  if (!type || !type_rule(*type).recordable) {
    std::string known;
    for (const std::string_view each : entry::kEventTypes)
      if (type_rule(*custody::event_type_from(each)).recordable)
        known += cat(known.empty() ? "" : ", ", each);
    return fail(Errc::kMalformed,
                cat("expected one of ", known, ", got ", quoted_for_message(name)), "type");
  }
  return *type;
}

Result<InputRequest> read_input(const json::Value& value) {
  InputRequest input;
  if (const std::string* name = value.if_string()) {
    QM_TRY_VOID(check_shape(value, kItemReference));
    input.item = *name;
    return input;
  }
  if (!value.is_object())
    return fail(Errc::kMalformed, cat("expected a name or an object, got ", value.kind_name()));
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kAny));
  QM_TRY(const json::Value* item, reader.member("item"));
  if (auto checked = check_shape(*item, kItemReference); !checked)
    return fail_at("item", checked.error());
  input.item = *item->if_string();
  QM_TRY(input.amount, reader.optional_integer("amount", 1, json::kMaxInteger));
  QM_TRY_VOID(reader.finish());
  return input;
}

Status read_inputs(ObjectReader& reader, InputRule rule, RecordRequest& request) {
  const json::Value* value = reader.optional_member("inputs");
  const std::string_view type = custody::event_type_name(request.type);
  if (value == nullptr) {
    if (rule == InputRule::kSome) return fail(Errc::kMalformed, "missing", "inputs");
    return {};
  }
  if (rule == InputRule::kNone)
    return fail(Errc::kMalformed, cat(type, " has no inputs of its own"), "inputs");
  const json::Array* array = value->if_array();
  if (array == nullptr)
    return fail(Errc::kMalformed, cat("expected an array, got ", value->kind_name()), "inputs");
  if (array->size() > static_cast<std::size_t>(entry::kMaxInputs))
    return fail(Errc::kTooLarge,
                cat("expected at most ", entry::kMaxInputs, " inputs, got ", array->size()),
                "inputs");
  if (array->empty() && rule == InputRule::kSome)
    return fail(Errc::kMalformed, "expected at least one input", "inputs");
  for (std::size_t i = 0; i < array->size(); ++i) {
    auto input = read_input((*array)[i]);
    if (!input) return fail_at(cat("inputs[", i, "]"), input.error());
    request.inputs.push_back(std::move(*input));
  }
  return {};
}

Status read_outputs(ObjectReader& reader, OutputRule rule, RecordRequest& request) {
  const json::Value* value = reader.optional_member("outputs");
  const bool one_sided = rule == OutputRule::kReceived && request.inputs.empty();
  const bool needed = rule == OutputRule::kNew || rule == OutputRule::kPacked || one_sided;
  if (value == nullptr) {
    if (needed) return fail(Errc::kMalformed, "missing", "outputs");
    return {};
  }
  if (rule == OutputRule::kNone)
    return fail(Errc::kMalformed,
                cat(custody::event_type_name(request.type), " has no outputs of its own"),
                "outputs");
  const json::Array* array = value->if_array();
  if (array == nullptr)
    return fail(Errc::kMalformed, cat("expected an array, got ", value->kind_name()), "outputs");
  if (array->empty()) return fail(Errc::kMalformed, "expected at least one output", "outputs");
  if (array->size() > static_cast<std::size_t>(entry::kMaxOutputs))
    return fail(Errc::kTooLarge,
                cat("expected at most ", entry::kMaxOutputs, " outputs, got ", array->size()),
                "outputs");
  const bool changes =
      rule == OutputRule::kChanges || (rule == OutputRule::kReceived && !one_sided);
  for (std::size_t i = 0; i < array->size(); ++i) {
    auto output = changes ? read_change((*array)[i])
                          : read_new_output((*array)[i], rule == OutputRule::kPacked);
    if (!output) return fail_at(cat("outputs[", i, "]"), output.error());
    request.outputs.push_back(std::move(*output));
  }
  return {};
}

Status read_fields(ObjectReader& reader, RecordRequest& request) {
  const json::Value* value = reader.optional_member("fields");
  if (value != nullptr) {
    if (!value->is_object())
      return fail(Errc::kMalformed, cat("expected an object, got ", value->kind_name()), "fields");
    request.fields = *value->if_object();
  }
  if (auto checked = check_fields(request.type, request.fields); !checked)
    return fail_at("fields", checked.error());
  json::Value ascending = json::with_ascending_members(std::move(request.fields));
  request.fields = std::move(*ascending.if_object());
  return {};
}

}  // namespace

Status check_together(const RecordRequest& request) {
  const json::Value fields(request.fields);
  if (request.type == EventType::kExtract && fields.find("block") == nullptr)
    for (const OutputRequest& output : request.outputs)
      if (output.kind == custody::ItemKind::kBlock)
        return fail(Errc::kMalformed, "missing; a block has a number", "fields.block");
  if (request.type == EventType::kAccept) {
    const bool refused = *fields.find("accept")->find("result") == json::Value("refused");
    if (refused != request.inputs.empty())
      return fail(Errc::kMalformed,
                  refused ? "a refusal consumes nothing" : "expected at least one input", "inputs");
  }
  if (fields.find("received") != nullptr && !request.outputs.empty())
    return fail(Errc::kMalformed, "a late dispatch has no outputs", "outputs");
  return {};
}

Result<RecordRequest> parse_request(const json::Value& value) {
  QM_TRY(auto reader, ObjectReader::open(value, ObjectReader::Order::kAny));
  RecordRequest request;
  QM_TRY(request.type, read_type(reader));
  const TypeRule rule = type_rule(request.type);
  if (const json::Value* key = reader.optional_member("key")) {
    if (auto checked = check_shape(*key, kKey); !checked) return fail_at("key", checked.error());
    request.key = *key->if_string();
  }
  QM_TRY(auto at, reader.optional_string("at", 64));
  if (at) {
    if (auto time = parse_claimed_time(*at); !time)
      return fail(Errc::kMalformed, time.error().message, "at");
    request.at = *at;
  }
  QM_TRY_VOID(read_inputs(reader, rule.inputs, request));
  QM_TRY_VOID(read_outputs(reader, rule.outputs, request));
  QM_TRY_VOID(read_fields(reader, request));
  QM_TRY_VOID(reader.finish());
  QM_TRY_VOID(check_together(request));
  request.content = crypto::sha256(json::write(json::with_ascending_members(value)));
  return request;
}

}  // namespace quarrymark::record
