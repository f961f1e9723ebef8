#include "ledger/passport/hidden_parties.h"

#include "ledger/base/text.h"
#include "ledger/passport/finding_list.h"

#include <algorithm>
#include <array>
#include <map>

namespace quarrymark::passport {
namespace {

using custody::Origin;
using Logs = std::set<Origin>;

// Whoever did one of these had the stone in hand at that step.
constexpr std::array<std::string_view, 8> kHandling = {"split",   "pack",    "unpack", "dispatch",
                                                       "receive", "acquire", "label",  "dispose"};
constexpr std::array<std::string_view, 2> kPublicRoles = {"authority", "registrar"};

void add_names(const custody::Party& party, NameSearch& names) {
  names.add(party.name);
  for (const std::string& alias : party.aliases) names.add(alias);
}

Result<PartyRule> make_rule(const HiddenParty& party, std::span<const HeadedEntry> entries) {
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
  std::vector<std::pair<const HeadedEntry*, custody::Party>> shown;
  for (const HeadedEntry& entry : entries) {
    auto named = party_of(entry);
    if (!named) continue;
    const bool matches = asked.is_one(named->name) ||
                         std::any_of(named->aliases.begin(), named->aliases.end(),
                                     [&](const auto& alias) { return asked.is_one(alias); });
    if (matches && entry.subject) rule.logs.insert(*entry.subject);
    if (matches) add_names(*named, rule.names);
    shown.emplace_back(&entry, std::move(*named));
  }
  for (const auto& [entry, named] : shown)
    if (entry->subject && rule.logs.contains(*entry->subject)) add_names(named, rule.names);
  return rule;
}

// "the log of Cutting Works", or its origin when the passport does not name it.
std::string described(const Origin& log, std::span<const HeadedEntry> entries) {
  for (const HeadedEntry& entry : entries)
    if (entry.subject == log)
      if (const auto party = party_of(entry); party && !party->name.empty()) return party->name;
  return log;
}

Logs logs_named(std::string_view name, std::span<const HeadedEntry> entries) {
  if (is_origin_text(name)) return {Origin(name)};
  NameSearch asked;
  asked.add(name);
  Logs logs;
  for (const HeadedEntry& entry : entries) {
    const auto party = party_of(entry);
    if (party && entry.subject && asked.is_one(party->name)) logs.insert(*entry.subject);
  }
  return logs;
}

// The presenter: as the request says, or the one log that made all the items' states.
Result<Origin> presenter(const Passport& passport, const std::string& me,
                         std::span<const HeadedEntry> entries) {
  Logs logs;
  if (!me.empty()) {
    logs = logs_named(me, entries);
    if (logs.size() == 1) return *logs.begin();
    return fail(Errc::kInvalidArgument,
                cat(logs.empty() ? "nobody in the passport is called "
                                 : "several logs of the passport are called ",
                    quoted_for_message(me)),
                "me");
  }
  for (const custody::StateRef& item : passport.items)
    for (const HeadedEntry& entry : entries)
      if (entry.event == item.event) logs.insert(entry.log);
  if (logs.size() == 1) return *logs.begin();
  return fail(Errc::kInvalidArgument,
              cat("the items were made by ", logs.size(), " logs; say which of them is yours"),
              "me");
}

Logs intermediaries(std::span<const HeadedEntry> entries, const Origin& me) {
  Logs handling, extracting;
  for (const HeadedEntry& entry : entries) {
    if (entry.head.type == "extract") extracting.insert(entry.log);
    if (std::find(kHandling.begin(), kHandling.end(), entry.head.type) != kHandling.end())
      handling.insert(entry.log);
  }
  for (const Origin& log : extracting) handling.erase(log);
  handling.erase(me);
  return handling;
}

// Everybody who recorded or is admitted, but authorities and registrars.
Logs private_parties(std::span<const HeadedEntry> entries) {
  Logs all, spared;
  for (const HeadedEntry& entry : entries) {
    all.insert(entry.log);
    if (entry.head.type != "admit") continue;
    spared.insert(entry.log);  // who admits others is a registrar
    if (!entry.subject) continue;
    all.insert(*entry.subject);
    const entry::Disclosure* member = entry.disclosure("member");
    const json::Value* role = member == nullptr ? nullptr : member->value.find("role");
    if (role != nullptr && role->if_string() != nullptr &&
        std::find(kPublicRoles.begin(), kPublicRoles.end(), *role->if_string()) !=
            kPublicRoles.end())
      spared.insert(*entry.subject);
  }
  for (const Origin& log : spared) all.erase(log);
  return all;
}

}  // namespace

Result<std::vector<PartyRule>> party_rules(const Passport& passport, const WithholdRequest& request,
                                           std::span<const HeadedEntry> entries) {
  std::vector<PartyRule> rules;
  for (const HiddenParty& party : request.parties) {
    QM_TRY(PartyRule rule, make_rule(party, entries));
    rules.push_back(std::move(rule));
  }
  const HiddenNames of_profile =
      request.profile == nullptr ? HiddenNames::kNone : request.profile->names;
  Logs logs;
  if (request.intermediaries || of_profile == HiddenNames::kIntermediaries) {
    QM_TRY(const Origin me, presenter(passport, request.me, entries));
    logs = intermediaries(entries, me);
  }
  if (of_profile == HiddenNames::kPrivate) logs.merge(private_parties(entries));
  for (const Origin& log : logs) {
    QM_TRY(PartyRule rule, make_rule(HiddenParty{log, {}}, entries));
    rule.asked = described(log, entries);
    rule.must_match = false;
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace quarrymark::passport
