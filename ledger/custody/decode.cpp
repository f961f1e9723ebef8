#include "ledger/custody/decode.h"

#include "ledger/base/text.h"
#include "ledger/custody/field_values.h"

namespace quarrymark::custody {
namespace {

// Looks the field up among the head's names and the disclosures, and reads it.
class FieldSource {
 public:
  FieldSource(const entry::Head& head, std::span<const entry::Disclosure> fields)
      : head_(head), fields_(fields) {}

  template <class T>
  Status read(std::string_view name, Result<T> (*parse)(const json::Value&), Shown<T>& out) const {
    if (head_.field(name) == nullptr) return {};
    const entry::Disclosure* disclosure = find(name);
    if (disclosure == nullptr) {
      out = Shown<T>::withheld();
      return {};
    }
    auto parsed = parse(disclosure->value);
    if (!parsed) return fail_at(name, parsed.error());
    out = Shown<T>::of(std::move(*parsed));
    return {};
  }

  // A value that has not its form counts as one that is not shown (circumstances.h).
  template <class T>
  void read_leniently(std::string_view name, Result<T> (*parse)(const json::Value&),
                      Shown<T>& out) const {
    if (!read(name, parse, out)) out = Shown<T>::withheld();
  }

  const entry::Disclosure* find(std::string_view name) const {
    for (const entry::Disclosure& field : fields_)
      if (field.name == name) return &field;
    return nullptr;
  }

 private:
  const entry::Head& head_;
  std::span<const entry::Disclosure> fields_;
};

Result<json::Value> keep(const json::Value& value) { return value; }

Status read_outputs(const FieldSource& source, Event& event, std::int64_t count) {
  for (std::int64_t out = 0; out < count; ++out) {
    const std::string name = entry::output_name(out);
    const entry::Disclosure* disclosure = source.find(name);
    event.output_texts.push_back(disclosure == nullptr ? "" : disclosure->text);
    if (disclosure == nullptr) {
      event.outputs.emplace_back();
      continue;
    }
    auto output = parse_output(disclosure->value);
    if (!output) return fail_at(name, output.error());
    event.outputs.emplace_back(std::move(*output));
  }
  return {};
}

Status read_fields(const FieldSource& source, Event& event) {
  QM_TRY_VOID(source.read("party", &parse_party, event.party));
  if (event.type == EventType::kSite) {
    QM_TRY_VOID(source.read("site", &parse_site_facts, event.site));
  } else {
    QM_TRY_VOID(source.read("site", &parse_place, event.place));
  }
  QM_TRY_VOID(source.read("stone", &parse_stone, event.stone));
  QM_TRY_VOID(source.read("source", &parse_source, event.source));
  QM_TRY_VOID(source.read("block", &parse_block_number, event.block));
  QM_TRY_VOID(source.read("saw", &parse_saw, event.saw));
  QM_TRY_VOID(source.read("home_work", &parse_home_work, event.home_work));
  QM_TRY_VOID(source.read("waste", &parse_waste, event.waste));
  QM_TRY_VOID(source.read("to", &parse_to, event.to));
  QM_TRY_VOID(source.read("received", &parse_received, event.received));
  QM_TRY_VOID(source.read("label", &parse_label_action, event.label));
  QM_TRY_VOID(source.read("corrects", &parse_event_reference, event.corrects));
  QM_TRY_VOID(source.read("voids", &parse_event_reference, event.voids));
  QM_TRY_VOID(source.read("about", &parse_about, event.about));
  QM_TRY_VOID(source.read("kind", &parse_plain_string, event.kind));
  QM_TRY_VOID(source.read("statement", &parse_statement, event.statement));
  QM_TRY_VOID(source.read("member", &parse_member, event.member));
  QM_TRY_VOID(source.read("sites", &parse_admitted_sites, event.sites));
  QM_TRY_VOID(source.read("enrol", &parse_plain_string, event.enrol));
  QM_TRY_VOID(source.read("withdrawn", &parse_plain_string, event.withdrawn));
  QM_TRY_VOID(source.read("accept", &parse_acceptance, event.accept));
  QM_TRY_VOID(source.read("erased", &parse_erasure, event.erased));
  source.read_leniently("positions", &parse_positions, event.positions);
  source.read_leniently("permits", &parse_permits, event.permits);
  source.read_leniently("closures", &parse_closures, event.closures);
  source.read_leniently("seasons", &parse_seasons, event.seasons);
  source.read_leniently("permit", &parse_named_permit, event.permit);
  source.read_leniently("transport", &parse_transport, event.transport);
  return source.read("contract", &keep, event.contract);
}

}  // namespace

Result<Event> decode_event(const entry::Disclosure& head_disclosure, const entry::Head& head,
                           std::span<const entry::Disclosure> fields) {
  Event event;
  event.id = entry::event_id(head_disclosure);
  event.head_text = head_disclosure.text;
  event.log = head.log;
  const auto type = event_type_from(head.type);
  QM_CHECK(type.has_value(), "a head's type is checked when it is parsed or built");
  event.type = *type;
  event.at = head.at;
  event.at_time = head.at_time();
  event.device_counter = head.n;
  event.inputs = head.inputs;
  const FieldSource source(head, fields);
  QM_TRY_VOID(read_outputs(source, event, head.outputs));
  QM_TRY_VOID(read_fields(source, event));
  for (const auto& [name, digest] : head.fields)
    if (source.find(name) == nullptr) event.withheld_fields.push_back(name);
  return event;
}

void place_event(Event& event, const entry::Entry& entry) {
  event.seq = entry.seq;
  event.time = entry.time;
  event.spends = entry.spends;
}

}  // namespace quarrymark::custody
