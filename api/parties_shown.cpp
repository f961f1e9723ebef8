#include "api/parties_shown.h"

#include "api/text_or_null.h"
#include "ledger/base/text.h"
#include "ledger/passport/verify.h"

#include <algorithm>
#include <map>
#include <span>

namespace quarrymark::api {
namespace {

std::string date_of(const std::string& at) { return at.substr(0, 10); }

void add_event(PartyShown& party, const custody::Event& event) {
  const std::string date = date_of(event.at);
  if (party.events == 0 || date < party.first) party.first = date;
  if (party.events == 0 || date > party.last) party.last = date;
  ++party.events;
  // In an admission the party is whoever is admitted.
  const bool own = event.type != custody::EventType::kAdmit;
  if (!own && party.role.empty()) party.role = "registrar";  // nobody admits a registrar
  if (own && event.party && party.name.empty()) party.name = event.party->name;
}

void add_admission(std::map<custody::Origin, PartyShown>& parties, const custody::Event& event) {
  if (event.type != custody::EventType::kAdmit || !event.member) return;
  const auto found = parties.find(event.member->log);
  if (found == parties.end()) return;
  found->second.role = event.member->role;
  found->second.country = event.member->country;
  if (event.party && found->second.name.empty()) found->second.name = event.party->name;
}

}  // namespace

Result<std::vector<PartyShown>> parties_shown(std::string_view passport) {
  const std::string_view one[] = {passport};
  // Nobody is trusted here: this is what the file says, not whether it is true.
  const passport::Checked checked = passport::check_passports(one, passport::Trust{});
  if (!checked.findings.empty()) return fail(Errc::kMalformed, checked.findings.front().sentence);
  std::map<custody::Origin, PartyShown> parties;
  for (const custody::Event& event : checked.evidence.events) {
    PartyShown& party = parties[event.log];
    party.log = event.log;
    add_event(party, event);
  }
  for (const custody::Event& event : checked.evidence.events) add_admission(parties, event);
  std::vector<PartyShown> out;
  for (auto& [log, party] : parties) out.push_back(std::move(party));
  std::stable_sort(out.begin(), out.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  return out;
}

json::Value parties_json(const std::vector<PartyShown>& parties) {
  json::Array out;
  for (const PartyShown& party : parties)
    out.push_back(json::Object{{"log", party.log},
                               {"name", text_or_null(party.name)},
                               {"role", text_or_null(party.role)},
                               {"country", text_or_null(party.country)},
                               {"events", static_cast<std::int64_t>(party.events)},
                               {"first", party.first},
                               {"last", party.last}});
  return out;
}

std::string parties_text(const std::vector<PartyShown>& parties) {
  std::string out;
  for (const PartyShown& party : parties) {
    out += cat("  ", party.name.empty() ? "(name withheld)" : party.name);
    out += party.role.empty()
               ? ", admission not in the file"
               : cat(", ", party.role, party.country.empty() ? "" : ", ", party.country);
    out += cat(": ", party.events, party.events == 1 ? " event, " : " events, ", party.first);
    if (party.last != party.first) out += cat(" to ", party.last);
    out += "\n";
  }
  return out;
}

}  // namespace quarrymark::api
