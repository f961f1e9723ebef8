#include "ledger/record/event_builder.h"

#include "ledger/base/text.h"
#include "ledger/custody/decode.h"
#include "ledger/entry/device.h"
#include "ledger/entry/disclosure.h"

#include <algorithm>

namespace quarrymark::record {

Result<BuiltEvent> build_event(const Draft& draft, std::string_view origin, std::uint64_t seq,
                               UtcTime time, const std::optional<DeviceStamp>& device) {
  std::vector<entry::Disclosure> fields;
  fields.reserve(draft.outputs.size() + draft.fields.size());
  for (std::size_t out = 0; out < draft.outputs.size(); ++out)
    fields.push_back(entry::make_disclosure(entry::output_name(static_cast<std::int64_t>(out)),
                                            custody::output_value(draft.outputs[out])));
  for (const auto& [name, value] : draft.fields)
    fields.push_back(entry::make_disclosure(name, value));
  std::sort(fields.begin(), fields.end(),
            [](const auto& a, const auto& b) { return a.name < b.name; });

  entry::Head head;
  head.type = custody::event_type_name(draft.request->type);
  head.log = origin;
  head.at = draft.at;
  if (device) head.n = static_cast<std::int64_t>(device->number);
  head.outputs = static_cast<std::int64_t>(draft.outputs.size());
  for (const Consumed& input : draft.inputs) head.inputs.push_back({input.state, input.amount});
  for (const entry::Disclosure& field : fields) head.fields.emplace_back(field.name, field.digest);
  const entry::Disclosure head_disclosure =
      entry::make_disclosure(entry::kHeadName, entry::head_value(head));
  // Read back as a verifier would: what cannot be read is never appended.
  if (auto checked = entry::parse_head(head_disclosure.value); !checked)
    return tl::unexpected<Error>(checked.error());

  auto meaning = std::make_shared<Meaning>();
  QM_TRY(meaning->event, custody::decode_event(head_disclosure, head, fields));
  meaning->event.seq = seq;
  meaning->event.time = time;
  BuiltEvent built;
  for (const Consumed& input : draft.inputs) {
    meaning->inputs.push_back(input.known);
    built.prepared.spends.push_back(input.marker);
  }
  meaning->event.spends = built.prepared.spends;
  built.prepared.event = meaning->event.id;
  built.prepared.head = head_disclosure.text;
  for (entry::Disclosure& field : fields)
    built.prepared.disclosures.push_back(std::move(field.text));
  if (device) {
    built.prepared.device = entry::make_device_disclosure(device->key, meaning->event.id).text;
    meaning->event.device_key = base64url_encode(device->key.public_key());
    meaning->event.device_signed = true;
  }
  built.prepared.key = draft.request->key;
  built.prepared.content = draft.request->content;
  built.prepared.meaning = meaning;
  built.meaning = std::move(meaning);
  return built;
}

}  // namespace quarrymark::record
