#include "node/demo/data_set.h"

#include "api/error_json.h"
#include "ledger/base/text.h"
#include "ledger/json/object_reader.h"
#include "ledger/json/reader.h"
#include "node/files/files.h"

#include <algorithm>
#include <cctype>

namespace quarrymark::demo {
namespace {

using json::ObjectReader;

constexpr std::size_t kMaxManifestBytes = 4u << 20;

// Codes, contract ids and file names become parts of paths.
Status check_word(const std::string& word, std::string_view more, std::string_view field) {
  const bool good = !word.empty() && word.size() <= 100 && word.front() != '.' &&
                    std::all_of(word.begin(), word.end(), [&](char c) {
                      return std::isalnum(static_cast<unsigned char>(c)) ||
                             more.find(c) != std::string_view::npos;
                    });
  if (good) return {};
  return fail(Errc::kMalformed, cat("expected letters and digits, got ", quoted_for_message(word)),
              std::string(field));
}

Result<ObjectReader> open(const json::Value& value) {
  return ObjectReader::open(value, ObjectReader::Order::kAny);
}

Result<std::vector<std::string>> strings(ObjectReader& reader, std::string_view name) {
  QM_TRY(const json::Array* values, reader.array(name));
  std::vector<std::string> out;
  for (const json::Value& value : *values) {
    if (!value.if_string())
      return fail(Errc::kMalformed, cat("expected strings, got ", value.kind_name()),
                  std::string(name));
    out.push_back(*value.if_string());
  }
  return out;
}

Result<OrganisationFacts> parse_organisation(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  OrganisationFacts facts;
  QM_TRY(facts.code, reader.string("code"));
  QM_TRY(facts.name, reader.string("name"));
  QM_TRY(facts.role, reader.string("role"));
  QM_TRY(facts.country, reader.string("country"));
  QM_TRY(facts.events, reader.string("events"));
  QM_TRY(facts.device, reader.boolean("device"));
  QM_TRY_VOID(reader.finish());
  QM_TRY_VOID(check_word(facts.code, "", "code"));
  QM_TRY_VOID(check_word(facts.events, ".", "events"));
  return facts;
}

Result<HandOverFacts> parse_hand_over(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  HandOverFacts facts;
  QM_TRY(facts.from, reader.string("from"));
  QM_TRY(facts.dispatch, reader.string("dispatch"));
  QM_TRY(facts.to, reader.string("to"));
  QM_TRY(const auto contract, reader.optional_string("contract"));
  facts.contract = contract.value_or("");
  // What the receiver does with the goods stands among its own events.
  QM_TRY_VOID(reader.optional_array("receive"));
  QM_TRY_VOID(reader.optional_array("accept"));
  QM_TRY_VOID(reader.finish());
  if (contract) QM_TRY_VOID(check_word(facts.contract, "-", "contract"));
  return facts;
}

Result<CheckFacts> parse_check(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  CheckFacts facts;
  QM_TRY(facts.contract, reader.string("contract"));
  QM_TRY(facts.authority, reader.string("authority"));
  QM_TRY(const std::string at, reader.string("at"));
  auto time = parse_claimed_time(at);
  if (!time) return fail_at("at", time.error());
  facts.at = *time;
  QM_TRY(facts.sightings, strings(reader, "sightings"));
  QM_TRY(const json::Array* evidence, reader.array("evidence"));
  for (const json::Value& one : *evidence) {
    QM_TRY(auto inner, open(one));
    EvidenceFacts named;
    QM_TRY(named.organisation, inner.string("organisation"));
    QM_TRY(named.key, inner.string("key"));
    QM_TRY_VOID(inner.finish());
    facts.evidence.push_back(std::move(named));
  }
  QM_TRY_VOID(reader.finish());
  QM_TRY_VOID(check_word(facts.contract, "-", "contract"));
  return facts;
}

Result<SightingFacts> parse_sighting(const json::Value& value) {
  QM_TRY(auto reader, open(value));
  SightingFacts facts;
  QM_TRY(facts.name, reader.string("name"));
  QM_TRY(facts.by, reader.string("by"));
  QM_TRY(facts.alias, reader.string("alias"));
  QM_TRY(facts.at, reader.string("at"));
  QM_TRY(facts.lat, reader.integer("lat"));
  QM_TRY(facts.lon, reader.integer("lon"));
  QM_TRY(facts.error_mm, reader.integer("error_mm"));
  QM_TRY_VOID(reader.finish());
  return facts;
}

template <class T>
Status parse_list(const json::Array& values, std::string_view name,
                  Result<T> (*parse)(const json::Value&), std::vector<T>& out) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto one = parse(values[i]);
    if (!one) return fail_at(cat(name, "[", i, "]"), one.error());
    out.push_back(std::move(*one));
  }
  return {};
}

Status parse_recorded(const json::Object& object, DataSet& set) {
  for (const auto& [code, keys] : object) {
    if (!keys.if_object())
      return fail(Errc::kMalformed, "expected an object", cat("recorded.", code));
    for (const auto& [key, text] : *keys.if_object()) {
      const std::string* time = text.if_string();
      auto parsed = parse_node_time(time ? *time : "");
      if (!parsed) return fail_at(cat("recorded.", code, ".", key), parsed.error());
      set.recorded[code][key] = *parsed;
    }
  }
  return {};
}

Status parse_manifest(const json::Value& value, DataSet& set) {
  QM_TRY(auto reader, open(value));
  QM_TRY_VOID(reader.integer("v", 1, 1));
  QM_TRY(set.title, reader.string("title"));
  QM_TRY(set.registrar, reader.string("registrar"));
  QM_TRY(const json::Array* organisations, reader.array("organisations"));
  QM_TRY_VOID(parse_list(*organisations, "organisations", &parse_organisation, set.organisations));
  QM_TRY(const json::Object* recorded, reader.object("recorded"));
  QM_TRY_VOID(parse_recorded(*recorded, set));
  QM_TRY(const json::Array* hand_overs, reader.array("hand_overs"));
  QM_TRY_VOID(parse_list(*hand_overs, "hand_overs", &parse_hand_over, set.hand_overs));
  QM_TRY(const json::Array* checks, reader.array("checks"));
  QM_TRY_VOID(parse_list(*checks, "checks", &parse_check, set.checks));
  reader.optional_member("expected");
  return reader.finish();
}

Status check_codes(const DataSet& set) {
  std::vector<std::pair<std::string, std::string>> named = {{"registrar", set.registrar}};
  for (const auto& [code, keys] : set.recorded) named.emplace_back("recorded", code);
  for (const HandOverFacts& one : set.hand_overs) {
    named.emplace_back("hand_overs", one.from);
    named.emplace_back("hand_overs", one.to);
  }
  for (const CheckFacts& one : set.checks) {
    named.emplace_back("checks", one.authority);
    for (const EvidenceFacts& evidence : one.evidence)
      named.emplace_back("checks", evidence.organisation);
  }
  for (const SightingFacts& one : set.sightings) named.emplace_back("sightings", one.by);
  for (const auto& [place, code] : named)
    if (set.index_of(code) == set.organisations.size())
      return fail(Errc::kMalformed,
                  cat("expected the code of an organisation, got ", quoted_for_message(code)),
                  place);
  return {};
}

Result<json::Value> load_json(const std::string& path) {
  QM_TRY(const std::string text, files::read(path, kMaxManifestBytes));
  auto value = json::parse_input(text);
  if (!value) return tl::unexpected<Error>(api::in_file(path, value.error()));
  return std::move(*value);
}

Status in_file(const std::string& path, const Status& status) {
  if (status) return {};
  return tl::unexpected<Error>(api::in_file(path, status.error()));
}

}  // namespace

std::size_t DataSet::index_of(std::string_view code) const {
  const auto found = std::find_if(organisations.begin(), organisations.end(),
                                  [&](const OrganisationFacts& one) { return one.code == code; });
  return static_cast<std::size_t>(found - organisations.begin());
}

Result<DataSet> load_data_set(const std::string& directory) {
  DataSet set;
  set.directory = directory;
  const std::string manifest = directory + "/manifest.json";
  QM_TRY(const json::Value value, load_json(manifest));
  QM_TRY_VOID(in_file(manifest, parse_manifest(value, set)));

  const std::string path = directory + "/sightings.json";
  QM_TRY(const json::Value sightings, load_json(path));
  if (!sightings.if_array())
    return fail(Errc::kMalformed, cat("expected an array, got ", sightings.kind_name()), path);
  QM_TRY_VOID(in_file(path, parse_list(*sightings.if_array(), "", &parse_sighting, set.sightings)));
  QM_TRY_VOID(in_file(manifest, check_codes(set)));
  return set;
}

}  // namespace quarrymark::demo
