#include "phone.h"

#include "ledger/base/text.h"
#include "ledger/entry/device.h"
#include "ledger/record/devices.h"

#include <sstream>

namespace quarrymark::record {

std::string key_text(const crypto::SigningKey& key) { return base64url_encode(key.public_key()); }

BuiltRequest build(Parts parts, const crypto::SigningKey& key) {
  parts.head.fields.clear();
  BuiltRequest request;
  for (const auto& [name, value] : parts.values) {
    const auto field = entry::make_disclosure(name, json::with_ascending_members(value));
    parts.head.fields.emplace_back(name, field.digest);
    request.disclosures.push_back(field.text);
  }
  const auto head = entry::make_disclosure(entry::kHeadName, entry::head_value(parts.head));
  request.disclosures.insert(request.disclosures.begin(), head.text);
  request.disclosures.push_back(entry::make_device_disclosure(key, entry::event_id(head)).text);
  return request;
}

Parts parts_of(const log::Prepared& prepared) {
  Parts parts;
  parts.head = *entry::parse_head(entry::parse_disclosure(prepared.head)->value);
  for (const std::string& text : prepared.disclosures) {
    const auto field = entry::parse_disclosure(text);
    parts.values[field->name] = field->value;
  }
  return parts;
}

PhoneCase::PhoneCase() {
  registrar.knows(quarry);
  registrar.must_record(event(
      "admit",
      cat(R"("key":"a","fields":{"party":{"name":"Test Quarry"},"member":{"log":"Test Quarry",)",
          R"("role":"quarry operator","country":"PT"},"enrol":")", key_text(phone), R"("})")));
  const auto admission = export_event(registrar.node(), registrar.log(), "a");
  EXPECT_TRUE(admission) << (admission ? "" : to_string(admission.error()));
  const std::string_view view = admission->passport;
  EXPECT_TRUE(accept_passports(quarry.node(), {&view, 1}));
}

BuiltRequest PhoneCase::built(std::string_view text, const Edit& edit) {
  std::istringstream in{std::string(text)};
  const auto requests = read_requests(in);
  if (!requests) {
    ADD_FAILURE() << to_string(requests.error());
    return {};
  }
  Resolver resolver(quarry.node(), quarry.log(), nullptr, &phone);
  const auto prepared = resolver.resolve(requests->front().request);
  if (!prepared) {
    ADD_FAILURE() << to_string(prepared.error());
    return {};
  }
  if (!edit) {
    BuiltRequest request;
    request.disclosures = prepared->disclosures;
    request.disclosures.insert(request.disclosures.begin(), prepared->head);
    request.disclosures.push_back(*prepared->device);
    request.key = prepared->key;
    return request;
  }
  Parts parts = parts_of(*prepared);
  edit(parts);
  return build(std::move(parts), phone);
}

Result<Recorded> PhoneCase::record(const BuiltRequest& request) {
  const NumberedBuilt numbered{1, request};
  return record_built(quarry.node(), quarry.log(), {&numbered, 1});
}

void PhoneCase::must_record(const BuiltRequest& request) {
  const auto recorded = record(request);
  if (!recorded) ADD_FAILURE() << to_string(recorded.error());
}

std::string PhoneCase::refusal(std::string_view text, const Edit& edit) {
  const std::uint64_t before = quarry.size();
  const auto recorded = record(built(text, edit));
  EXPECT_EQ(quarry.size(), before) << "a refusal leaves the log as it was";
  if (!recorded) return to_string(recorded.error());
  ADD_FAILURE() << "expected a refusal: " << text.substr(0, 300);
  return {};
}

}  // namespace quarrymark::record
