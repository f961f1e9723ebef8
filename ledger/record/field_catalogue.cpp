#include "ledger/record/field_catalogue.h"

#include "ledger/base/text.h"
#include "ledger/record/field_shapes.h"

#include <algorithm>
#include <array>
#include <vector>

namespace quarrymark::record {
namespace {

using custody::EventType;

constexpr std::string_view kEverywhere[] = {"party", "how", "remarks", "typed"};

// `fields` beyond those of every event; a "!" before a name: it must be there.
struct TypeLine {
  EventType type;
  TypeRule rule;
  std::array<std::string_view, 18> fields;
};
constexpr TypeLine kTypes[] = {
    {EventType::kExtract,
     {true, InputRule::kNone, OutputRule::kNew},
     {"!site", "!stone", "block", "permit", "involved"}},
    {EventType::kAcquire,
     {true, InputRule::kNone, OutputRule::kNew},
     {"!source", "site", "stone", "involved"}},
    {EventType::kSplit,
     {true, InputRule::kSome, OutputRule::kNew},
     {"site", "stone", "saw", "home_work", "waste", "involved"}},
    {EventType::kPack,
     {true, InputRule::kSome, OutputRule::kPacked},
     {"site", "transport", "involved"}},
    {EventType::kUnpack, {true, InputRule::kSome, OutputRule::kNewOrNothing}, {}},
    {EventType::kDispatch,
     {true, InputRule::kSome, OutputRule::kChanges},
     {"!to", "permit", "transport", "received", "involved"}},
    {EventType::kReceive,
     {true, InputRule::kMaybe, OutputRule::kReceived},
     {"site", "source", "transport", "involved"}},
    {EventType::kAccept, {true, InputRule::kMaybe, OutputRule::kNone}, {"!accept", "involved"}},
    {EventType::kDispose, {true, InputRule::kSome, OutputRule::kNone}, {"!reason"}},
    {EventType::kLabel, {true, InputRule::kSome, OutputRule::kNone}, {"!label"}},
    {EventType::kAttest,
     {true, InputRule::kNone, OutputRule::kNone},
     {"!about", "!kind", "statement"}},
    {EventType::kCorrect,
     {true, InputRule::kNone, OutputRule::kChanges},
     {"!corrects", "!reason", "site", "stone", "block", "permit", "source", "saw", "home_work",
      "waste", "transport", "statement", "document", "positions", "permits", "closures", "seasons",
      "involved"}},
    {EventType::kVoid, {true, InputRule::kNone, OutputRule::kNone}, {"!voids", "!reason"}},
    {EventType::kDocument, {true, InputRule::kNone, OutputRule::kNone}, {"!about", "!document"}},
    {EventType::kContract, {true, InputRule::kNone, OutputRule::kNone}, {"!contract"}},
    {EventType::kSite,
     {true, InputRule::kNone, OutputRule::kNone},
     {"!site", "positions", "permits", "closures", "seasons"}},
    {EventType::kAdmit,
     {true, InputRule::kNone, OutputRule::kNone},
     {"!party", "!member", "sites", "enrol", "host"}},
    {EventType::kRevoke, {true, InputRule::kNone, OutputRule::kNone}, {"!about", "!reason"}},
    {EventType::kDevice, {true, InputRule::kNone, OutputRule::kNone}, {"enrol", "withdrawn"}},
};

const TypeLine* line_of(EventType type) {
  const auto found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                  [&](const TypeLine& line) { return line.type == type; });
  return found == std::end(kTypes) ? nullptr : found;
}

const json::Value* find(const json::Object& fields, std::string_view name) {
  for (const auto& [field, value] : fields)
    if (field == name) return &value;
  return nullptr;
}

bool has(const json::Value& value, std::string_view name) { return value.find(name) != nullptr; }

std::string_view shape_name(EventType type, std::string_view field) {
  if (field == "site" && type == EventType::kSite) return "site_described";
  if (field == "about" && type == EventType::kRevoke) return "about_event";
  return field;
}

Status check_to(const json::Value& to) {
  const bool log = has(to, "log"), contract = has(to, "contract");
  if (has(to, "name") ? !log && !contract : log) return {};
  return fail(Errc::kMalformed, "expected log, contract and log, or name alone", "to");
}

Status check_about(EventType type, const json::Object& fields, const json::Value& about) {
  int subjects = 0;
  for (const std::string_view name : {"event", "item", "site", "marker", "sightings"})
    if (has(about, name)) ++subjects;
  if (subjects != 1)
    return fail(Errc::kMalformed,
                cat("expected one of event, item, site, marker and sightings, got ", subjects),
                "about");
  if (type == EventType::kDocument && has(about, "sightings"))
    return fail(Errc::kMalformed, "a document is about an event, item, site or marker", "about");
  if (!has(about, "genuine")) return {};
  const json::Value* kind = find(fields, "kind");
  if (!has(about, "sightings") || kind == nullptr || *kind != json::Value("resolve"))
    return fail(Errc::kMalformed, "stands beside sightings, in a resolve only", "about.genuine");
  return {};
}

Status check_site_facts(const json::Value& site) {
  if (has(site, "lat") != has(site, "lon"))
    return fail(Errc::kMalformed, "expected lat and lon together",
                has(site, "lat") ? "site.lon" : "site.lat");
  if (*site.find("kind") == json::Value("quarry") && !has(site, "quarry"))
    return fail(Errc::kMalformed, "missing; a site of kind quarry names it", "site.quarry");
  return {};
}

// Days run forward: within an entry of a site's permits and closures, and down its positions.
Status check_days(const json::Object& fields) {
  for (const std::string_view name : {"permits", "closures", "positions"}) {
    const json::Value* list = find(fields, name);
    if (list == nullptr) continue;
    std::string_view before;
    for (std::size_t i = 0; i < list->if_array()->size(); ++i) {
      const json::Value& each = (*list->if_array())[i];
      const std::string& from = *each.find("from")->if_string();
      if (const json::Value* to = each.find("to"); to != nullptr && to->if_string() != nullptr)
        if (*to->if_string() < from)
          return fail(Errc::kRefused,
                      cat("expected a day from ", from, " on, got ", *to->if_string()),
                      cat(name, "[", i, "].to"));
      if (name == "positions" && i > 0 && from <= before)
        return fail(Errc::kRefused, cat("expected a day after ", before, ", got ", from),
                    cat(name, "[", i, "].from"));
      before = from;
    }
  }
  return {};
}

// What no table of members can say.
Status check_together(EventType type, const json::Object& fields) {
  if (const json::Value* to = find(fields, "to")) QM_TRY_VOID(check_to(*to));
  const json::Value* about = find(fields, "about");
  if (about != nullptr && type != EventType::kRevoke)
    QM_TRY_VOID(check_about(type, fields, *about));
  if (type == EventType::kSite) QM_TRY_VOID(check_site_facts(*find(fields, "site")));
  if (type == EventType::kAttest && find(fields, "statement") == nullptr)
    for (const std::string_view kind : {"inspection", "question", "answer", "dispute"})
      if (*find(fields, "kind") == json::Value(kind))
        return fail(Errc::kMalformed, cat("missing; ", kind, " says something"), "statement");
  if (type == EventType::kDevice && find(fields, "enrol") == nullptr &&
      find(fields, "withdrawn") == nullptr)
    return fail(Errc::kMalformed, "expected enrol or withdrawn", "enrol");
  if (const json::Value* host = find(fields, "host");
      host != nullptr && has(*host, "log") == has(*host, "name"))
    return fail(Errc::kMalformed, "expected log or name", "host");
  return check_days(fields);
}

}  // namespace

TypeRule type_rule(EventType type) {
  const TypeLine* line = line_of(type);
  return line == nullptr ? TypeRule{} : line->rule;
}

bool may_carry(EventType type, std::string_view field) {
  const TypeLine* line = line_of(type);
  if (std::find(std::begin(kEverywhere), std::end(kEverywhere), field) != std::end(kEverywhere))
    return true;
  return line != nullptr &&
         std::any_of(line->fields.begin(), line->fields.end(), [&](std::string_view name) {
           return !name.empty() &&
                  (name == field || (name.front() == '!' && name.substr(1) == field));
         });
}

Status check_fields(EventType type, const json::Object& fields, Spelling spelling) {
  const TypeLine* line = line_of(type);
  QM_CHECK(line != nullptr, "the caller asks type_rule() first");
  std::vector<std::string_view> known(std::begin(kEverywhere), std::end(kEverywhere));
  std::vector<std::string_view> needed;
  for (std::string_view name : line->fields) {
    if (name.empty()) continue;
    if (name.front() == '!') {
      name.remove_prefix(1);
      needed.push_back(name);
    }
    if (std::find(known.begin(), known.end(), name) == known.end()) known.push_back(name);
  }
  for (const auto& [name, value] : fields) {
    if (std::find(known.begin(), known.end(), name) == known.end())
      return fail(Errc::kMalformed,
                  cat(quoted_for_message(name), " is no field of ", custody::event_type_name(type),
                      "; known are ", listed(known)));
    if (auto checked = check_shape(value, *field_shape(shape_name(type, name)), spelling); !checked)
      return fail_at(name, checked.error());
  }
  for (const std::string_view name : needed)
    if (find(fields, name) == nullptr) return fail(Errc::kMalformed, "missing", std::string(name));
  return check_together(type, fields);
}

}  // namespace quarrymark::record
