#include "ledger/passport/withhold.h"

#include "ledger/base/text.h"
#include "ledger/entry/entry.h"
#include "ledger/entry/head.h"
#include "ledger/passport/finding_list.h"
#include "ledger/passport/name_search.h"

#include <algorithm>
#include <set>

namespace quarrymark::passport {
namespace {

constexpr std::string_view kAnyType;

// An entry shown with its head, read but not proved.
struct ReadEntry {
  std::size_t packet = 0, index = 0;  // in the passport
  custody::Origin log;
  std::uint64_t seq = 0;
  entry::Head head;
  std::vector<entry::Disclosure> disclosures;  // head first, as they stand
  std::optional<custody::Origin> subject;      // the log whose name `party` would say
};

std::string place_of(const ReadEntry& read) {
  return cat("packet ", read.packet + 1, ", log ", short_origin(read.log), ", entry ", read.seq,
             " (", read.head.type, ")");
}

// In an `admit`, `party` names who is admitted; everywhere else, who recorded the event.
std::optional<custody::Origin> subject_of(const ReadEntry& read) {
  if (read.head.type != "admit") return read.log;
  for (const entry::Disclosure& disclosure : read.disclosures)
    if (disclosure.name == "member")
      if (const json::Value* log = disclosure.value.find("log"))
        if (log->if_string() != nullptr) return *log->if_string();
  return std::nullopt;
}

Result<std::optional<ReadEntry>> read_entry(const Packet& packet, std::size_t index) {
  if (packet.disclosures[index].empty()) return std::optional<ReadEntry>();
  QM_TRY(const entry::Entry parsed, entry::parse_entry(packet.entries[index]));
  ReadEntry read;
  read.index = index;
  read.log = parsed.log;
  read.seq = parsed.seq;
  for (std::size_t i = 0; i < packet.disclosures[index].size(); ++i) {
    auto disclosure = entry::parse_disclosure(packet.disclosures[index][i]);
    if (!disclosure) return fail_at(cat("disclosures[", i, "]"), disclosure.error());
    read.disclosures.push_back(std::move(*disclosure));
  }
  if (read.disclosures[0].name != entry::kHeadName)
    return fail(Errc::kMalformed, "expected the head first", "disclosures[0]");
  auto head = entry::parse_head(read.disclosures[0].value);
  if (!head) return fail_at("head", head.error());
  read.head = std::move(*head);
  read.subject = subject_of(read);
  return std::optional(std::move(read));
}

Result<std::vector<ReadEntry>> read_entries(const Passport& passport) {
  std::vector<ReadEntry> all;
  for (std::size_t p = 0; p < passport.packets.size(); ++p) {
    const Packet& packet = passport.packets[p];
    if (packet.disclosures.size() != packet.entries.size())
      return fail(Errc::kMalformed, "expected a list of disclosures for each entry",
                  cat("packets[", p, "]"));
    for (std::size_t i = 0; i < packet.entries.size(); ++i) {
      auto read = read_entry(packet, i);
      if (!read) return fail_at(cat("packets[", p, "].entries[", i, "]"), read.error());
      if (!*read) continue;
      (*read)->packet = p;
      all.push_back(std::move(**read));
    }
  }
  return all;
}

// What one line of the request asks to drop.
struct FieldRule {
  std::string asked, type, field;  // type empty: of every event
};

Result<FieldRule> parse_field_rule(const std::string& asked) {
  const auto is_field = [](std::string_view name) {
    return entry::is_field_name(name) || entry::output_number(name) >= 0 ||
           name == entry::kDeviceName;
  };
  if (asked == entry::kHeadName)
    return fail(Errc::kInvalidArgument,
                "a head travels with its entry and cannot be withheld from a passport", asked);
  if (is_field(asked)) return FieldRule{asked, std::string(kAnyType), asked};
  const std::size_t dot = asked.find('.');
  if (dot != std::string::npos && entry::is_event_type(asked.substr(0, dot)) &&
      is_field(asked.substr(dot + 1)))
    return FieldRule{asked, asked.substr(0, dot), asked.substr(dot + 1)};
  return fail(Errc::kInvalidArgument,
              "expected a field (transport) or a field of one type of event (extract.site)",
              quoted_for_message(asked));
}

// A party with every name and log the passport gives for it.
struct PartyRule {
  std::string asked;
  NameSearch names;
  std::set<custody::Origin> logs;
};

void add_names(const custody::Party& party, NameSearch& names) {
  names.add(party.name);
  for (const std::string& alias : party.aliases) names.add(alias);
}

// Read leniently: names in a field of an odd shape must be hidden all the same.
std::optional<custody::Party> party_in(const ReadEntry& read) {
  for (const entry::Disclosure& disclosure : read.disclosures) {
    if (disclosure.name != "party") continue;
    custody::Party party;
    if (const json::Value* name = disclosure.value.find("name"))
      if (name->if_string() != nullptr) party.name = *name->if_string();
    if (const json::Value* aliases = disclosure.value.find("aliases"))
      if (aliases->if_array() != nullptr)
        for (const json::Value& alias : *aliases->if_array())
          if (alias.if_string() != nullptr) party.aliases.push_back(*alias.if_string());
    return party;
  }
  return std::nullopt;
}

Result<PartyRule> make_party_rule(const HiddenParty& party, const std::vector<ReadEntry>& entries) {
  PartyRule rule;
  rule.asked = party.name;
  if (is_origin_text(party.name)) {
    rule.logs.insert(party.name);
  } else {
    rule.names.add(party.name);
    if (rule.names.empty()) return fail(Errc::kInvalidArgument, "a party's name is empty");
  }
  for (const std::string& alias : party.aliases) rule.names.add(alias);

  const NameSearch asked = rule.names;
  std::vector<std::pair<const ReadEntry*, custody::Party>> shown;
  for (const ReadEntry& read : entries) {
    auto named = party_in(read);
    if (!named) continue;
    const bool matches = asked.is_one(named->name) ||
                         std::any_of(named->aliases.begin(), named->aliases.end(),
                                     [&](const auto& alias) { return asked.is_one(alias); });
    if (matches && read.subject) rule.logs.insert(*read.subject);
    if (matches) add_names(*named, rule.names);
    shown.emplace_back(&read, std::move(*named));
  }
  for (const auto& [read, named] : shown)
    if (read->subject && rule.logs.contains(*read->subject)) add_names(named, rule.names);
  return rule;
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
  const std::string* asked_to_drop(const ReadEntry& read, const entry::Disclosure& disclosure) {
    const std::string* asked = nullptr;
    for (const FieldRule& rule : fields_) {
      if (rule.field != disclosure.name || !applies(rule, read)) continue;
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

  std::vector<std::string> unmatched(const std::vector<ReadEntry>& entries,
                                     const std::vector<Dropped>& dropped) const {
    std::vector<std::string> names;
    for (const FieldRule& rule : fields_) {
      const bool listed = std::any_of(entries.begin(), entries.end(), [&](const ReadEntry& read) {
        return applies(rule, read) && (read.head.field(rule.field) != nullptr ||
                                       (rule.field == entry::kDeviceName && read.head.n > 0));
      });
      if (!listed) names.push_back(rule.asked);
    }
    for (const PartyRule& rule : parties_) {
      const bool met = std::any_of(entries.begin(), entries.end(), [&](const ReadEntry& read) {
        return rule.logs.contains(read.log) || (read.subject && rule.logs.contains(*read.subject));
      });
      const bool used = std::any_of(dropped.begin(), dropped.end(),
                                    [&](const Dropped& one) { return one.asked == rule.asked; });
      if (!met && !used) names.push_back(rule.asked);
    }
    return names;
  }

  // Refuses a result in which a name can still be read.
  Status search(const Passport& passport, const std::vector<ReadEntry>& entries) const {
    for (const PartyRule& rule : parties_) {
      const auto refuse = [&](const std::string& place) {
        return fail(Errc::kRefused,
                    cat("a name of ", quoted_for_message(rule.asked), " can still be read there"),
                    place);
      };
      for (const ReadEntry& read : entries)
        for (const entry::Disclosure& disclosure : read.disclosures)
          if (rule.names.found_in_value(disclosure.value))
            return refuse(cat(place_of(read), ", ",
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
  static bool applies(const FieldRule& rule, const ReadEntry& read) {
    return rule.type == kAnyType || rule.type == read.head.type;
  }

  std::vector<FieldRule> fields_;
  std::vector<PartyRule> parties_;
};

}  // namespace

Result<Withheld> withhold(const Passport& passport, const WithholdRequest& request) {
  QM_TRY(std::vector<ReadEntry> entries, read_entries(passport));
  std::vector<FieldRule> fields;
  for (const std::string& asked : request.fields) {
    QM_TRY(FieldRule rule, parse_field_rule(asked));
    fields.push_back(std::move(rule));
  }
  std::vector<PartyRule> parties;
  for (const HiddenParty& party : request.parties) {
    QM_TRY(PartyRule rule, make_party_rule(party, entries));
    parties.push_back(std::move(rule));
  }
  Withholding withholding(std::move(fields), std::move(parties));

  Withheld result{passport, {}, {}};
  for (ReadEntry& read : entries) {
    std::vector<entry::Disclosure> kept;
    std::vector<std::string> texts;
    for (entry::Disclosure& disclosure : read.disclosures) {
      if (const std::string* asked = withholding.asked_to_drop(read, disclosure)) {
        result.dropped.push_back({read.log, read.seq, read.head.type, disclosure.name, *asked});
        continue;
      }
      texts.push_back(disclosure.text);
      kept.push_back(disclosure);
    }
    read.disclosures = std::move(kept);
    result.passport.packets[read.packet].disclosures[read.index] = std::move(texts);
  }
  result.unmatched = withholding.unmatched(entries, result.dropped);
  QM_TRY_VOID(withholding.search(result.passport, entries));
  return result;
}

}  // namespace quarrymark::passport
