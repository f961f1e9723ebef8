#include "ledger/entry/head.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

namespace quarrymark::entry {
namespace {

Result<Input> parse_input(const json::Value& value) {
  QM_TRY(auto reader, json::ObjectReader::open(value, json::ObjectReader::Order::kExact));
  Input input;
  QM_TRY(const std::string event, reader.string("event"));
  auto id = EventId::parse(event);
  if (!id) return fail_at("event", id.error());
  input.state.event = *id;
  QM_TRY(const std::int64_t out, reader.integer("out", kRecordOut, kMaxOutputs - 1));
  input.state.out = static_cast<std::int32_t>(out);
  QM_TRY(input.amount, reader.integer("amount", 0, json::kMaxInteger));
  QM_TRY_VOID(reader.finish());
  if ((input.state.out == kRecordOut) != (input.amount == 0))
    return fail(Errc::kMalformed,
                cat("expected 0 for a record state and at least 1 otherwise, got ", input.amount),
                "amount");
  return input;
}

Status parse_inputs(const json::Array& values, Head& head) {
  std::unordered_set<StateRef, StateRefHasher> seen;
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto input = parse_input(values[i]);
    if (!input) return fail_at(cat("inputs[", i, "]"), input.error());
    if (!seen.insert(input->state).second)
      return fail(Errc::kMalformed, "names a state twice", cat("inputs[", i, "]"));
    head.inputs.push_back(*input);
  }
  return {};
}

Status parse_fields(const json::Object& members, Head& head) {
  std::int64_t outputs_listed = 0;
  for (const auto& [name, value] : members) {
    const std::string place = cat("fields.", quoted_for_message(name, 40));
    if (!head.fields.empty() && head.fields.back().first >= name)
      return fail(Errc::kMalformed, "names are not in ascending order", place);
    const std::int64_t out = output_number(name);
    if (out >= head.outputs)
      return fail(Errc::kMalformed, cat("the event has ", head.outputs, " outputs"), place);
    if (out < 0 && !is_field_name(name)) return fail(Errc::kMalformed, "not a field name", place);
    if (out >= 0) ++outputs_listed;
    const std::string* text = value.if_string();
    if (text == nullptr)
      return fail(Errc::kMalformed, cat("expected a digest, got ", value.kind_name()), place);
    auto digest = FieldDigest::parse(*text);
    if (!digest) return fail_at(place, digest.error());
    head.fields.emplace_back(name, *digest);
  }
  // Output names are distinct and below `outputs`, so counting them shows that none is missing.
  if (outputs_listed != head.outputs)
    return fail(Errc::kMalformed,
                cat("expected out.0 … for ", head.outputs, " outputs, got ", outputs_listed),
                "fields");
  return {};
}

}  // namespace

UtcTime Head::at_time() const {
  const auto time = parse_claimed_time(at);
  QM_CHECK(time.has_value(), "a head's `at` is checked when it is parsed or built");
  return *time;
}

const FieldDigest* Head::field(std::string_view name) const {
  const auto at_or_after = std::lower_bound(
      fields.begin(), fields.end(), name,
      [](const auto& field, std::string_view wanted) { return field.first < wanted; });
  return at_or_after != fields.end() && at_or_after->first == name ? &at_or_after->second : nullptr;
}

bool is_event_type(std::string_view type) {
  return std::find(kEventTypes.begin(), kEventTypes.end(), type) != kEventTypes.end();
}

std::int64_t output_number(std::string_view name) {
  if (!name.starts_with("out.")) return -1;
  name.remove_prefix(4);
  if (name.empty() || name.size() > 3 || (name.size() > 1 && name[0] == '0')) return -1;
  std::int64_t number = -1;
  const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number);
  return problem == std::errc() && end == name.data() + name.size() ? number : -1;
}

bool is_field_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || name == kHeadName || name == kDeviceName) return false;
  if (name[0] < 'a' || name[0] > 'z') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

json::Value head_value(const Head& head) {
  json::Array inputs;
  for (const Input& input : head.inputs)
    inputs.push_back(json::Object{{"event", input.state.event.text()},
                                  {"out", std::int64_t{input.state.out}},
                                  {"amount", input.amount}});
  json::Object fields;
  for (const auto& [name, digest] : head.fields) fields.emplace_back(name, digest.text());
  return json::Object{{"type", head.type},
                      {"log", head.log},
                      {"at", head.at},
                      {"n", head.n},
                      {"inputs", std::move(inputs)},
                      {"outputs", head.outputs},
                      {"fields", std::move(fields)}};
}

Result<Head> parse_head(const json::Value& value) {
  QM_TRY(auto reader, json::ObjectReader::open(value, json::ObjectReader::Order::kExact));
  Head head;
  QM_TRY(head.type, reader.string("type"));
  if (!is_event_type(head.type))
    return fail(Errc::kMalformed, cat("unknown event type ", quoted_for_message(head.type)),
                "type");
  QM_TRY(head.log, reader.string("log", 255));
  QM_TRY(head.at, reader.string("at"));
  if (auto at = parse_claimed_time(head.at); !at) return fail_at("at", at.error());
  QM_TRY(head.n, reader.integer("n", 0, json::kMaxInteger));
  QM_TRY(const json::Array* inputs, reader.array("inputs", kMaxInputs));
  QM_TRY_VOID(parse_inputs(*inputs, head));
  QM_TRY(head.outputs, reader.integer("outputs", 0, kMaxOutputs));
  QM_TRY(const json::Object* fields, reader.object("fields"));
  QM_TRY_VOID(parse_fields(*fields, head));
  QM_TRY_VOID(reader.finish());
  return head;
}

}  // namespace quarrymark::entry
