#include "ledger/custody/membership.h"

#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

bool contains(const std::vector<Origin>& logs, const Origin& log) {
  return std::find(logs.begin(), logs.end(), log) != logs.end();
}

bool in_force(const Admission& admission, UtcTime date) {
  return admission.revoke == nullptr || date < admission.revoke->time;
}

// "quarrymark/AbCd…" cut to what a person can compare.
std::string short_origin(const Origin& log) {
  return log.size() > 22 ? log.substr(0, 22) + "…" : log;
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun[0]) != std::string::npos;
  return cat(vowel ? "an " : "a ", noun);
}

}  // namespace

Membership::Membership(const Graph& graph) : graph_(graph) {
  const auto& registrars = graph.evidence().reader.registrars;
  for (const Event& event : graph.evidence().events) {
    if (event.type == EventType::kDevice || event.party.is_shown() || event.party.is_withheld())
      by_log_.emplace(event.log, &event);
    if (event.type != EventType::kAdmit || !event.member) continue;
    Admission admission{&event, nullptr};
    for (const Event* spender : graph.spenders(StateRef{event.id, kRecordOut}))
      if (spender->log == event.log && spender->type == EventType::kRevoke)
        admission.revoke = spender;
    auto& admissions = contains(registrars, event.log) ? trusted_ : strangers_;
    admissions.emplace(event.member->log, admission);
  }
}

std::vector<Admission> Membership::admissions(const Origin& log) const {
  std::vector<Admission> out;
  const auto [begin, end] = trusted_.equal_range(log);
  for (auto it = begin; it != end; ++it) out.push_back(it->second);
  return out;
}

const PinnedLog* Membership::pinned(const Origin& log) const {
  for (const PinnedLog& candidate : graph_.evidence().reader.pinned)
    if (candidate.log == log) return &candidate;
  return nullptr;
}

LogTrust Membership::trust(const Origin& log) const {
  if (pinned(log) != nullptr) return LogTrust::kPinned;
  if (trusted_.count(log) > 0) return LogTrust::kAdmitted;
  if (contains(graph_.evidence().reader.registrars, log)) return LogTrust::kRegistrar;
  return strangers_.count(log) > 0 ? LogTrust::kStranger : LogTrust::kUnknown;
}

std::string Membership::name(const Origin& log) const {
  if (const PinnedLog* known = pinned(log)) return known->name;
  for (const Admission& admission : admissions(log))
    if (admission.admit->party) return admission.admit->party->name;
  return {};
}

std::string Membership::own_words(const Origin& log) const {
  const auto [begin, end] = by_log_.equal_range(log);
  for (auto it = begin; it != end; ++it)
    if (it->second->type != EventType::kAdmit && it->second->party) return it->second->party->name;
  return {};
}

bool Membership::name_withheld(const Origin& log) const {
  if (!name(log).empty()) return false;
  for (const Admission& admission : admissions(log))
    if (admission.admit->party.is_withheld()) return true;
  const auto [begin, end] = by_log_.equal_range(log);
  return std::any_of(begin, end, [](const auto& it) {
    return it.second->type != EventType::kAdmit && it.second->party.is_withheld();
  });
}

std::string Membership::role(const Origin& log) const {
  if (const PinnedLog* known = pinned(log)) return known->role;
  for (const Admission& admission : admissions(log)) return admission.admit->member->role;
  return trust(log) == LogTrust::kRegistrar ? "registrar" : "";
}

std::string Membership::country(const Origin& log) const {
  if (const PinnedLog* known = pinned(log)) return known->country;
  for (const Admission& admission : admissions(log)) return admission.admit->member->country;
  return {};
}

std::string Membership::display(const Origin& log) const {
  const std::string known = name(log);
  if (!known.empty()) return known;
  const std::string as_role = role(log), in_country = country(log);
  if (!as_role.empty())
    return cat(with_article(as_role), in_country.empty() ? "" : " in ", in_country,
               trust(log) == LogTrust::kRegistrar ? "" : " (name withheld)");
  const std::string own = own_words(log);
  if (!own.empty()) return cat("a log that calls itself ", own, " (", short_origin(log), ")");
  return cat("an unknown log (", short_origin(log), ")");
}

Membership::SiteAdmission Membership::admitted_for(const Origin& log, const std::string& site,
                                                   const std::string& parcel, UtcTime date) const {
  if (trust(log) == LogTrust::kPinned) {
    // Pinned by hand there is no list of sites; the log's own site events are what it speaks for.
    const auto id = EventId::parse(site);
    const Event* made = id ? graph_.event(*id) : nullptr;
    return made != nullptr && made->log == log ? SiteAdmission::kYes : SiteAdmission::kNo;
  }
  SiteAdmission best = SiteAdmission::kNoAdmission;
  for (const Admission& admission : admissions(log)) {
    if (best == SiteAdmission::kNoAdmission) best = SiteAdmission::kNo;
    if (!in_force(admission, date)) continue;
    if (admission.admit->sites.is_withheld()) best = SiteAdmission::kNotShown;
    if (!admission.admit->sites) continue;
    for (const AdmittedSite& admitted : *admission.admit->sites) {
      const bool covers_parcel =
          admitted.parcels.empty() || parcel.empty() ||
          std::any_of(admitted.parcels.begin(), admitted.parcels.end(),
                      [&](const std::string& known) { return same_name(known, parcel); });
      const bool covers_date = (!admitted.from || *admitted.from <= date) &&
                               (!admitted.to || date.ms < admitted.to->ms + kMsPerDay);
      if (admitted.site == site && covers_parcel && covers_date) return SiteAdmission::kYes;
    }
  }
  return best;
}

bool Membership::has_role(const Origin& log, std::string_view wanted, UtcTime date) const {
  if (const PinnedLog* known = pinned(log)) return known->role == wanted;
  for (const Admission& admission : admissions(log))
    if (admission.admit->member->role == wanted && admission.admit->time <= date &&
        in_force(admission, date))
      return true;
  return false;
}

bool Membership::is_enrolled(const Origin& log, const std::string& device_key, UtcTime date) const {
  bool enrolled = false;
  for (const Admission& admission : admissions(log))
    enrolled = enrolled || (in_force(admission, date) && admission.admit->enrol &&
                            *admission.admit->enrol == device_key);
  const auto [begin, end] = by_log_.equal_range(log);
  for (auto it = begin; it != end; ++it) {
    const Event& event = *it->second;
    if (event.type != EventType::kDevice) continue;
    // Later keys are enrolled by an event that an earlier device signed (DESIGN.md §4).
    if (event.enrol && *event.enrol == device_key && event.device_signed) enrolled = true;
    if (event.withdrawn && *event.withdrawn == device_key && event.time <= date) return false;
  }
  return enrolled;
}

}  // namespace quarrymark::custody
