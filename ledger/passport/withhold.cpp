#include "ledger/passport/withhold.h"

#include "ledger/base/text.h"
#include "ledger/passport/headed_entries.h"
#include "ledger/passport/hidden_parties.h"

#include <algorithm>
#include <array>

namespace quarrymark::passport {
namespace {

constexpr std::string_view kAnyType;

// What one line of the request, or of a profile, asks to drop.
struct FieldRule {
  std::string asked, type, field;  // type empty: of every event
  std::span<const std::string_view> where = {};
  std::string_view kind = {};
  bool must_match = true;

  bool applies(const HeadedEntry& entry) const {
    return type == kAnyType || type == entry.head.type;
  }
  bool fits(const json::Value& value) const;
};

bool is_there(const json::Value* member) {
  if (member == nullptr || member->is_null()) return false;
  if (const json::Array* array = member->if_array()) return !array->empty();
  return true;
}

bool FieldRule::fits(const json::Value& value) const {
  if (!kind.empty()) {
    const json::Value* own = value.find("kind");
    // What says nothing about its kind may be one.
    if (own == nullptr || own->if_string() == nullptr) return true;
    return searchable_name(*own->if_string()).find(kind) != std::string::npos;
  }
  return where.empty() || std::any_of(where.begin(), where.end(), [&](std::string_view member) {
           return is_there(value.find(member));
         });
}

// Names that schemas/fields.schema.json gives to shapes, where the field is called otherwise.
struct SchemaName {
  std::string_view name, field;
};
constexpr std::array<SchemaName, 3> kSchemaNames = {{{"site_described", "site.site"},
                                                     {"attest_kind", "attest.kind"},
                                                     {"about_event", "revoke.about"}}};

Result<FieldRule> parse_field_rule(const std::string& written) {
  const auto known = std::find_if(kSchemaNames.begin(), kSchemaNames.end(),
                                  [&](const SchemaName& one) { return one.name == written; });
  const std::string asked = known == kSchemaNames.end() ? written : std::string(known->field);
  const auto is_field = [](std::string_view name) {
    return entry::is_field_name(name) || entry::output_number(name) >= 0 ||
           name == entry::kDeviceName;
  };
  if (asked == entry::kHeadName)
    return fail(Errc::kInvalidArgument,
                "a head travels with its entry and cannot be withheld from a passport", asked);
  if (is_field(asked)) return FieldRule{written, std::string(kAnyType), asked};
  const std::size_t dot = asked.find('.');
  if (dot != std::string::npos && entry::is_event_type(asked.substr(0, dot)) &&
      is_field(asked.substr(dot + 1)))
    return FieldRule{written, asked.substr(0, dot), asked.substr(dot + 1)};
  return fail(Errc::kInvalidArgument,
              "expected a field (transport) or a field of one type of event (extract.site)",
              quoted_for_message(asked));
}

Result<std::vector<FieldRule>> field_rules(const WithholdRequest& request) {
  std::vector<FieldRule> rules;
  for (const std::string& asked : request.fields) {
    QM_TRY(FieldRule rule, parse_field_rule(asked));
    rules.push_back(std::move(rule));
  }
  if (request.profile == nullptr) return rules;
  for (const ProfileField& field : request.profile->fields) {
    QM_TRY(FieldRule rule, parse_field_rule(std::string(field.field)));
    rule.asked = cat("profile ", request.profile->name);
    rule.where = field.where;
    rule.kind = field.kind;
    rule.must_match = false;
    rules.push_back(std::move(rule));
  }
  return rules;
}

// Kept whatever a party is called: without them the proof or the chain would be lost. If a name
// stands there, the passport is refused.
bool always_kept(std::string_view field) {
  return field == "to" || field == entry::kHeadName || entry::output_number(field) >= 0;
}

class Withholding {
 public:
  Withholding(std::vector<FieldRule> fields, std::vector<PartyRule> parties)
      : fields_(std::move(fields)), parties_(std::move(parties)) {}

  // The rule that asks for this disclosure to be dropped, or null.
  const std::string* asked_to_drop(const HeadedEntry& read,
                                   const entry::Disclosure& disclosure) const {
    const std::string* asked = nullptr;
    for (const FieldRule& rule : fields_) {
      if (rule.field != disclosure.name || !rule.applies(read) || !rule.fits(disclosure.value))
        continue;
      asked = &rule.asked;
    }
    if (asked != nullptr || always_kept(disclosure.name)) return asked;
    for (const PartyRule& rule : parties_) {
      const bool is_its_name =
          disclosure.name == "party" && read.subject && rule.logs.contains(*read.subject);
      if (is_its_name || rule.names.found_in_value(disclosure.value)) return &rule.asked;
    }
    return nullptr;
  }

  std::vector<std::string> unmatched(const std::vector<HeadedEntry>& entries,
                                     const std::vector<Dropped>& dropped) const {
    std::vector<std::string> names;
    for (const FieldRule& rule : fields_) {
      if (!rule.must_match) continue;
      const bool listed = std::any_of(entries.begin(), entries.end(), [&](const HeadedEntry& read) {
        return rule.applies(read) && (read.head.field(rule.field) != nullptr ||
                                      (rule.field == entry::kDeviceName && read.head.n > 0));
      });
      if (!listed) names.push_back(rule.asked);
    }
    for (const PartyRule& rule : parties_) {
      if (!rule.must_match) continue;
      const bool met = std::any_of(entries.begin(), entries.end(), [&](const HeadedEntry& read) {
        return rule.logs.contains(read.log) || (read.subject && rule.logs.contains(*read.subject));
      });
      const bool used = std::any_of(dropped.begin(), dropped.end(),
                                    [&](const Dropped& one) { return one.asked == rule.asked; });
      if (!met && !used) names.push_back(rule.asked);
    }
    return names;
  }

  // Refuses a result in which a name can still be read.
  Status search(const Passport& passport, const std::vector<HeadedEntry>& entries) const {
    for (const PartyRule& rule : parties_) {
      const auto refuse = [&](const std::string& place) {
        return fail(Errc::kRefused,
                    cat("a name of ", quoted_for_message(rule.asked), " can still be read there"),
                    place);
      };
      for (const HeadedEntry& read : entries)
        for (const entry::Disclosure& disclosure : read.disclosures)
          if (rule.names.found_in_value(disclosure.value))
            return refuse(cat(read.place(), ", ",
                              disclosure.name == entry::kHeadName ? "head" : disclosure.name));
      for (std::size_t p = 0; p < passport.packets.size(); ++p) {
        const Packet& packet = passport.packets[p];
        if (rule.names.found_in_text(packet.key)) return refuse(cat("packet ", p + 1, ", key"));
        if (rule.names.found_in_note(packet.checkpoint))
          return refuse(cat("packet ", p + 1, ", checkpoint"));
        for (const std::string& rotation : packet.rotations)
          if (rule.names.found_in_note(rotation))
            return refuse(cat("packet ", p + 1, ", rotations"));
      }
      if (passport.clear && rule.names.found_in_note(*passport.clear)) return refuse("clear note");
    }
    return {};
  }

 private:
  std::vector<FieldRule> fields_;
  std::vector<PartyRule> parties_;
};

}  // namespace

Result<Withheld> withhold(const Passport& passport, const WithholdRequest& request) {
  QM_TRY(std::vector<HeadedEntry> entries, headed_entries(passport));
  QM_TRY(std::vector<FieldRule> fields, field_rules(request));
  QM_TRY(std::vector<PartyRule> parties, party_rules(passport, request, entries));
  Withheld result{passport, {}, {}, {}};
  for (const PartyRule& rule : parties) result.parties.push_back(rule.asked);
  const Withholding withholding(std::move(fields), std::move(parties));

  for (HeadedEntry& read : entries) {
    std::vector<entry::Disclosure> kept;
    std::vector<std::string> texts;
    for (entry::Disclosure& disclosure : read.disclosures) {
      if (const std::string* asked = withholding.asked_to_drop(read, disclosure)) {
        result.dropped.push_back({read.log, read.seq, read.head.type, disclosure.name, *asked,
                                  read.event, std::move(disclosure.text)});
        continue;
      }
      texts.push_back(disclosure.text);
      kept.push_back(std::move(disclosure));
    }
    read.disclosures = std::move(kept);
    result.passport.packets[read.packet].disclosures[read.index] = std::move(texts);
  }
  result.unmatched = withholding.unmatched(entries, result.dropped);
  QM_TRY_VOID(withholding.search(result.passport, entries));
  return result;
}

}  // namespace quarrymark::passport
