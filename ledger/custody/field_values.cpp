#include "ledger/custody/field_values.h"

#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"

namespace quarrymark::custody {
namespace {

using json::ObjectReader;

Result<ObjectReader> open(const json::Value& value) {
  return ObjectReader::open(value, ObjectReader::Order::kAny);
}

// A string member that may be left out or null; empty then.
Result<std::string> text(ObjectReader& reader, std::string_view name) {
  const json::Value* value = reader.optional_member(name);
  if (value == nullptr || value->is_null()) return std::string();
  if (const std::string* found = value->if_string()) return *found;
  return fail(Errc::kMalformed, cat("expected a string, got ", value->kind_name()),
              std::string(name));
}

Result<std::vector<std::string>> texts(ObjectReader& reader, std::string_view name) {
  std::vector<std::string> out;
  QM_TRY(const json::Array* values, reader.optional_array(name));
  if (values == nullptr) return out;
  for (const json::Value& value : *values) {
    if (value.if_string() == nullptr)
      return fail(Errc::kMalformed, cat("expected strings, got ", value.kind_name()),
                  std::string(name));
    out.push_back(*value.if_string());
  }
  return out;
}

Result<std::optional<UtcTime>> date(ObjectReader& reader, std::string_view name) {
  QM_TRY(const std::string written, text(reader, name));
  if (written.empty()) return std::optional<UtcTime>();
  auto day = parse_date(written);
  if (!day) return fail_at(name, day.error());
  return std::optional(*day);
}

}  // namespace

Result<Party> parse_party(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Party party;
  QM_TRY(party.name, reader.string("name"));
  QM_TRY(party.aliases, texts(reader, "aliases"));
  return party;
}

Result<SitePlace> parse_place(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  SitePlace place;
  QM_TRY(place.site, reader.string("site"));
  QM_TRY(place.parcel, text(reader, "parcel"));
  return place;
}

Result<SiteFacts> parse_site_facts(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  SiteFacts facts;
  QM_TRY(facts.kind, text(reader, "kind"));
  QM_TRY(facts.name, text(reader, "name"));
  QM_TRY(facts.country, text(reader, "country"));
  QM_TRY(facts.area, text(reader, "area"));
  QM_TRY(facts.quarry, text(reader, "quarry"));
  QM_TRY(facts.parcels, texts(reader, "parcels"));
  QM_TRY(facts.lat, reader.optional_integer("lat", -900'000'000, 900'000'000));
  QM_TRY(facts.lon, reader.optional_integer("lon", -1'800'000'000, 1'800'000'000));
  return facts;
}

Result<Stone> parse_stone(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Stone stone;
  QM_TRY(stone.name, text(reader, "name"));
  QM_TRY(stone.family, text(reader, "family"));
  return stone;
}

Result<Source> parse_source(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Source source;
  QM_TRY(source.seller, text(reader, "seller"));
  QM_TRY(source.words, text(reader, "words"));
  QM_TRY(source.legibility, text(reader, "legibility"));
  QM_TRY(source.operator_name, text(reader, "operator"));
  QM_TRY(source.quarry, text(reader, "quarry"));
  QM_TRY(source.block, text(reader, "block"));
  QM_TRY(source.area, text(reader, "area"));
  QM_TRY(source.parcel, text(reader, "parcel"));
  QM_TRY(source.factory, text(reader, "factory"));
  return source;
}

Result<std::string> parse_block_number(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  return text(reader, "number");
}

Result<Saw> parse_saw(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Saw saw;
  QM_TRY(const std::string axis, reader.string("axis"));
  if (axis == "l") {
    saw.axis = Axis::kLength;
  } else if (axis == "w") {
    saw.axis = Axis::kWidth;
  } else if (axis == "h") {
    saw.axis = Axis::kHeight;
  } else {
    return fail(Errc::kMalformed, cat("expected l, w or h, got ", quoted_for_message(axis)),
                "axis");
  }
  QM_TRY(saw.kerf, reader.integer("kerf", 0, 1000));
  QM_TRY(saw.thickness, reader.integer("thickness", 1, kMaxSide));
  return saw;
}

Result<std::int64_t> parse_home_work(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  return reader.integer("per_mille", 0, 1000);
}

Result<Waste> parse_waste(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Waste waste;
  QM_TRY(waste.mass, reader.optional_integer("mass", 0, json::kMaxInteger));
  QM_TRY(waste.volume, reader.optional_integer("volume", 0, json::kMaxInteger));
  return waste;
}

Result<To> parse_to(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  To to;
  QM_TRY(to.log, text(reader, "log"));
  QM_TRY(to.contract, text(reader, "contract"));
  QM_TRY(to.name, text(reader, "name"));
  if (to.log.empty() == to.name.empty())
    return fail(Errc::kMalformed, "expected either log or name");
  if (!to.contract.empty() && to.log.empty())
    return fail(Errc::kMalformed, "a contract needs the log that holds it", "contract");
  return to;
}

Result<Received> parse_received(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Received received;
  QM_TRY(const std::string event, reader.string("event"));
  auto id = EventId::parse(event);
  if (!id) return fail_at("event", id.error());
  received.event = *id;
  QM_TRY(const json::Array* outs, reader.array("outs"));
  for (const json::Value& out : *outs) {
    if (out.if_integer() == nullptr || *out.if_integer() < 0 || *out.if_integer() > 999)
      return fail(Errc::kMalformed, "expected output numbers from 0 to 999", "outs");
    received.outs.push_back(*out.if_integer());
  }
  return received;
}

Result<LabelAction> parse_label_action(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  LabelAction label;
  QM_TRY(label.action, text(reader, "action"));
  QM_TRY(label.old_serial, text(reader, "old_serial"));
  QM_TRY(label.reason, text(reader, "reason"));
  QM_TRY(label.photo, text(reader, "photo"));
  QM_TRY(label.second_person, text(reader, "second_person"));
  return label;
}

Result<EventId> parse_event_reference(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  QM_TRY(const std::string event, reader.string("event"));
  auto id = EventId::parse(event);
  if (!id) return fail_at("event", id.error());
  return *id;
}

Result<About> parse_about(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  About about;
  QM_TRY(about.event, text(reader, "event"));
  QM_TRY(about.item, text(reader, "item"));
  QM_TRY(about.site, text(reader, "site"));
  QM_TRY(about.marker, text(reader, "marker"));
  QM_TRY(about.sightings, texts(reader, "sightings"));
  QM_TRY(about.genuine, text(reader, "genuine"));
  return about;
}

Result<std::string> parse_statement(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  return text(reader, "text");
}

Result<std::string> parse_plain_string(const json::Value& value) {
  if (const std::string* found = value.if_string()) return *found;
  return fail(Errc::kMalformed, cat("expected a string, got ", value.kind_name()));
}

Result<Member> parse_member(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Member member;
  QM_TRY(member.country, text(reader, "country"));
  QM_TRY(member.log, reader.string("log", 255));
  QM_TRY(member.role, text(reader, "role"));
  return member;
}

Result<std::vector<AdmittedSite>> parse_admitted_sites(const json::Value& value) {
  const json::Array* values = value.if_array();
  if (values == nullptr)
    return fail(Errc::kMalformed, cat("expected an array, got ", value.kind_name()));
  std::vector<AdmittedSite> sites;
  for (std::size_t i = 0; i < values->size(); ++i) {
    const auto read = [&]() -> Result<AdmittedSite> {
      QM_TRY(auto reader, open((*values)[i]));
      AdmittedSite site;
      QM_TRY(site.from, date(reader, "from"));
      QM_TRY(site.parcels, texts(reader, "parcels"));
      QM_TRY(site.role, text(reader, "role"));
      QM_TRY(site.site, reader.string("site"));
      QM_TRY(site.to, date(reader, "to"));
      return site;
    };
    auto site = read();
    if (!site) return fail_at(cat("[", i, "]"), site.error());
    sites.push_back(std::move(*site));
  }
  return sites;
}

Result<Acceptance> parse_acceptance(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Acceptance acceptance;
  QM_TRY(acceptance.result, text(reader, "result"));
  return acceptance;
}

Result<Erasure> parse_erasure(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  Erasure erasure;
  QM_TRY(const json::Array* disclosures, reader.array("disclosures"));
  for (std::size_t i = 0; i < disclosures->size(); ++i) {
    const auto read_one = [&]() -> Result<ErasedField> {
      QM_TRY(auto one, open((*disclosures)[i]));
      ErasedField field;
      QM_TRY(const std::string event, one.string("event"));
      auto id = EventId::parse(event);
      if (!id) return fail_at("event", id.error());
      field.event = *id;
      QM_TRY(field.name, one.string("name"));
      if (!entry::is_field_name(field.name))
        return fail(Errc::kMalformed, "expected the name of a field", "name");
      return field;
    };
    auto field = read_one();
    if (!field) return fail_at(cat("disclosures[", i, "]"), field.error());
    erasure.fields.push_back(std::move(*field));
  }
  QM_TRY(erasure.reason, text(reader, "reason"));
  return erasure;
}

}  // namespace quarrymark::custody
