#include "ledger/judge/membership.h"

#include "ledger/base/text.h"
#include "ledger/custody/dates.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

bool is_among(const std::vector<Origin>& logs, const Origin& log) {
  return std::find(logs.begin(), logs.end(), log) != logs.end();
}

// Whether a site's entry covers a date: `to` is inclusive.
bool covers(const AdmittedSite& site, UtcTime date) {
  return (!site.from || *site.from <= date) && (!site.to || date.ms < site.to->ms + kMsPerDay);
}

bool covers(const AdmittedSite& site, const std::string& parcel) {
  return site.parcels.empty() || parcel.empty() ||
         std::any_of(site.parcels.begin(), site.parcels.end(),
                     [&](const std::string& known) { return same_name(known, parcel); });
}

// Of several, which only a registrar that contradicts itself makes, the earliest counts.
const Event* revocation(const Graph& graph, const Event& admit) {
  const Event* earliest = nullptr;
  for (const Event* version = &admit; version != nullptr; version = graph.correction_of(*version))
    for (const Event* spender : graph.spenders(StateRef{version->id, kRecordOut}))
      if (spender->log == admit.log && spender->type == EventType::kRevoke &&
          (earliest == nullptr || spender->time < earliest->time))
        earliest = spender;
  return earliest;
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
  for (const Event* event : graph.events()) {
    if (event->type == EventType::kDevice || event->party.is_shown() || event->party.is_withheld())
      by_log_.emplace(event->log, event);
    if (event->type != EventType::kAdmit) continue;
    const Shown<Member>& member = graph.corrected(*event, &Event::member);
    hides_a_member_ |= member.is_withheld() && is_among(registrars, event->log);
    if (!member || graph.taken_back_by(StateRef{event->id, kRecordOut}) != nullptr) continue;
    Admission admission{event,
                        revocation(graph, *event),
                        *member,
                        graph.corrected(*event, &Event::party),
                        graph.corrected(*event, &Event::sites),
                        graph.corrected(*event, &Event::enrol)};
    auto& admissions = is_among(registrars, event->log) ? trusted_ : strangers_;
    admissions.emplace(member->log, std::move(admission));
  }
}

std::optional<UtcTime> Membership::outside_date(const Event& event) const {
  std::optional<UtcTime> earliest = witnessed_at(graph_, event);
  for (const Event* receive : received_by_counterparty(graph_, event))
    if (is_known(receive->log) && (!earliest || receive->time < *earliest))
      earliest = receive->time;
  return earliest;
}

UtcTime Membership::known_date(const Event& event) const {
  return outside_date(event).value_or(event.time);
}

// A revocation is judged by dates from outside the log: its own clock could be set back. What a
// log recorded before anybody admitted it is its own as well; but who was revoked and admitted
// again is not vouched for in between.
bool Membership::in_force(const Admission& admission, const Event& event) const {
  if (admission.revoke != nullptr) {
    const auto outside = outside_date(event);
    return outside && *outside < admission.revoke->time;
  }
  for (const Admission& earlier : admissions(event.log))
    if (earlier.revoke != nullptr && earlier.revoke->time <= admission.admit->time)
      return admission.admit->time <= known_date(event);
  return true;
}

bool Membership::is_known_signer(const Event& event) const {
  const LogTrust level = trust(event.log);
  if (level != LogTrust::kAdmitted) return is_known(event.log);
  const auto all = admissions(event.log);
  return std::any_of(all.begin(), all.end(),
                     [&](const Admission& admission) { return in_force(admission, event); });
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
  if (is_among(graph_.evidence().reader.registrars, log)) return LogTrust::kRegistrar;
  return strangers_.count(log) > 0 ? LogTrust::kStranger : LogTrust::kUnknown;
}

std::string Membership::name(const Origin& log) const {
  if (const PinnedLog* known = pinned(log)) return known->name;
  for (const Admission& admission : admissions(log))
    if (admission.party) return admission.party->name;
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
    if (admission.party.is_withheld()) return true;
  const auto [begin, end] = by_log_.equal_range(log);
  return std::any_of(begin, end, [](const auto& it) {
    return it.second->type != EventType::kAdmit && it.second->party.is_withheld();
  });
}

std::string Membership::role(const Origin& log) const {
  if (const PinnedLog* known = pinned(log)) return known->role;
  for (const Admission& admission : admissions(log)) return admission.member.role;
  return trust(log) == LogTrust::kRegistrar ? "registrar" : "";
}

std::string Membership::country(const Origin& log) const {
  if (const PinnedLog* known = pinned(log)) return known->country;
  for (const Admission& admission : admissions(log)) return admission.member.country;
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

Membership::SiteAdmission Membership::admitted_for(const Event& step, const std::string& site,
                                                   const std::string& parcel,
                                                   std::string_view wanted) const {
  if (trust(step.log) == LogTrust::kPinned) {
    // Pinned by hand there is no list of sites; the log's own site events are what it speaks for.
    const auto id = EventId::parse(site);
    const Event* made = id ? graph_.event(*id) : nullptr;
    return made != nullptr && made->log == step.log ? SiteAdmission::kYes : SiteAdmission::kNo;
  }
  // A late claim is believed only where its known date would do as well (RULES.md, rule 15).
  const UtcTime known = lateness_days(graph_, step) ? known_date(step) : step.at_time;
  SiteAdmission best = SiteAdmission::kNoAdmission;
  for (const Admission& admission : admissions(step.log)) {
    if (best == SiteAdmission::kNoAdmission) best = SiteAdmission::kNo;
    if (!in_force(admission, step)) continue;
    if (admission.sites.is_withheld()) best = SiteAdmission::kNotShown;
    if (!admission.sites) continue;
    for (const AdmittedSite& admitted : *admission.sites) {
      const bool as_wanted = wanted.empty() || admitted.role.empty() || admitted.role == wanted;
      if (admitted.site == site && as_wanted && covers(admitted, parcel) &&
          covers(admitted, step.at_time) && covers(admitted, known))
        return SiteAdmission::kYes;
    }
  }
  return best;
}

bool Membership::has_role(const Event& event, std::string_view wanted) const {
  if (const PinnedLog* known = pinned(event.log)) return known->role == wanted;
  for (const Admission& admission : admissions(event.log))
    if (admission.member.role == wanted && admission.admit->time <= known_date(event) &&
        in_force(admission, event))
      return true;
  return false;
}

bool Membership::is_enrolled(const Origin& log, const std::string& device_key, UtcTime date) const {
  bool enrolled = false;
  for (const Admission& admission : admissions(log))
    enrolled = enrolled || ((admission.revoke == nullptr || date < admission.revoke->time) &&
                            admission.enrol && *admission.enrol == device_key);
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
