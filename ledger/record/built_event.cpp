#include "ledger/record/built_event.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/record/value_shape.h"

namespace quarrymark::record {
namespace {

// Head, fields and device of the largest event there may be.
constexpr std::size_t kMaxDisclosures = 1 + static_cast<std::size_t>(entry::kMaxOutputs) + 64 + 1;
constexpr Shape kBuiltKey{ShapeKind::kString, 1, 128};

std::string place(std::size_t index) { return cat("disclosures[", index, "]"); }

Result<entry::Disclosure> parse_at(const BuiltRequest& request, std::size_t index) {
  auto disclosure = entry::parse_disclosure(request.disclosures[index]);
  if (!disclosure) return fail_at(place(index), disclosure.error());
  return disclosure;
}

Status open_head(const BuiltRequest& request, std::string_view origin, SignedEvent& event) {
  QM_TRY(event.head_disclosure, parse_at(request, 0));
  if (event.head_disclosure.name != entry::kHeadName)
    return fail(
        Errc::kMalformed,
        cat("expected the head first, got ", quoted_for_message(event.head_disclosure.name)),
        place(0));
  auto head = entry::parse_head(event.head_disclosure.value);
  if (!head) return fail_at(place(0), head.error());
  event.head = std::move(*head);
  if (!origin.empty() && event.head.log != origin)
    return fail(Errc::kRefused,
                cat("was built for log ", event.head.log, ", not for this one, ", origin),
                cat(place(0), ".log"));
  if (event.head.n == 0)
    return fail(Errc::kMalformed, "expected the device's number, counting from 1, got 0",
                cat(place(0), ".n"));
  return {};
}

Status open_fields(const BuiltRequest& request, SignedEvent& event) {
  const auto& listed = event.head.fields;
  const std::size_t expected = listed.size() + 2;
  if (request.disclosures.size() != expected)
    return fail(Errc::kMalformed,
                cat("expected the head, its ", listed.size(), " fields and the device, ", expected,
                    " in all, got ", request.disclosures.size()),
                "disclosures");
  for (std::size_t i = 0; i < listed.size(); ++i) {
    QM_TRY(entry::Disclosure field, parse_at(request, i + 1));
    if (field.name != listed[i].first || field.digest != listed[i].second)
      return fail(
          Errc::kMalformed,
          cat("expected the field ", quoted_for_message(listed[i].first),
              " that the head lists there, got ",
              field.name == listed[i].first ? "another value" : quoted_for_message(field.name)),
          place(i + 1));
    event.fields.push_back(std::move(field));
  }
  return {};
}

Status open_device(const BuiltRequest& request, SignedEvent& event) {
  const std::size_t last = request.disclosures.size() - 1;
  QM_TRY(const entry::Disclosure disclosure, parse_at(request, last));
  auto device = entry::parse_device_disclosure(disclosure);
  if (!device) return fail_at(place(last), device.error());
  if (!entry::verify_device_signature(*device, entry::event_id(event.head_disclosure)))
    return fail(Errc::kUnauthorized, "the device's signature over this head does not verify",
                place(last));
  event.device_text = disclosure.text;
  event.device_key = base64url_encode(device->key);
  return {};
}

}  // namespace

Result<BuiltRequest> parse_built(const json::Value& value) {
  QM_TRY(auto reader, json::ObjectReader::open(value, json::ObjectReader::Order::kAny));
  BuiltRequest request;
  QM_TRY(const json::Array* disclosures, reader.array("disclosures", kMaxDisclosures));
  for (std::size_t i = 0; i < disclosures->size(); ++i) {
    const std::string* text = (*disclosures)[i].if_string();
    if (text == nullptr)
      return fail(Errc::kMalformed,
                  cat("expected a disclosure, got ", (*disclosures)[i].kind_name()), place(i));
    request.disclosures.push_back(*text);
  }
  if (const json::Value* key = reader.optional_member("key")) {
    if (auto checked = check_shape(*key, kBuiltKey); !checked)
      return fail_at("key", checked.error());
    request.key = *key->if_string();
  }
  QM_TRY_VOID(reader.finish());
  if (request.disclosures.size() < 2)
    return fail(Errc::kMalformed,
                cat("expected at least a head and a device, got ", request.disclosures.size()),
                "disclosures");
  return request;
}

Result<SignedEvent> open_built(const BuiltRequest& request, std::string_view origin) {
  SignedEvent event;
  QM_TRY_VOID(open_head(request, origin, event));
  QM_TRY_VOID(open_fields(request, event));
  QM_TRY_VOID(open_device(request, event));
  return event;
}

}  // namespace quarrymark::record
