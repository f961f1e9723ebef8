#include "api/registrations.h"

#include "ledger/base/clock.h"
#include "ledger/base/text.h"

namespace quarrymark::api {
namespace {

json::Value day(const std::optional<UtcTime>& date) {
  return date ? json::Value(format_date(*date)) : json::Value(nullptr);
}

json::Value site_json(const record::RegisteredSite& site) {
  return json::Object{{"site", site.name},
                      {"role", site.role},
                      {"parcels", json::Array(site.parcels.begin(), site.parcels.end())},
                      {"from", day(site.from)},
                      {"to", day(site.to)}};
}

json::Value end_json(const record::Registration& registration) {
  if (!registration.end) return nullptr;
  return json::Object{{"type", custody::event_type_name(registration.end->type)},
                      {"event", registration.end->event.text()},
                      {"index", static_cast<std::int64_t>(registration.end->index)},
                      {"at", registration.end->at},
                      {"reason", registration.end->reason}};
}

std::string site_text(const record::RegisteredSite& site) {
  std::string text = cat("  ", site.name, ", ", site.role);
  for (std::size_t i = 0; i < site.parcels.size(); ++i)
    text += cat(i == 0 ? ", parcels " : " ", site.parcels[i]);
  if (site.from) text += cat(", from ", format_date(*site.from));
  if (site.to) text += cat(", to ", format_date(*site.to));
  return text + "\n";
}

}  // namespace

json::Value registrations_json(std::string_view member,
                               const std::vector<record::Registration>& registrations) {
  json::Array admissions;
  for (const record::Registration& one : registrations) {
    json::Array sites;
    for (const record::RegisteredSite& site : one.sites) sites.push_back(site_json(site));
    admissions.push_back(json::Object{{"event", one.event.text()},
                                      {"index", static_cast<std::int64_t>(one.index)},
                                      {"at", one.at},
                                      {"name", one.name},
                                      {"role", one.role},
                                      {"country", one.country},
                                      {"sites", std::move(sites)},
                                      {"device", one.device},
                                      {"host", one.host},
                                      {"corrections", one.corrections},
                                      {"end", end_json(one)}});
  }
  return json::Object{{"member", member}, {"admissions", std::move(admissions)}};
}

std::string registrations_text(const std::vector<record::Registration>& registrations) {
  std::string text;
  for (const record::Registration& one : registrations) {
    text += cat("entry ", one.index, "  admitted ", one.at.substr(0, 10), ": ", one.name, ", ",
                one.role, ", ", one.country, "\n");
    for (const record::RegisteredSite& site : one.sites) text += site_text(site);
    if (!one.device.empty()) text += cat("  first device ", one.device, "\n");
    if (!one.host.empty()) text += cat("  kept on a node of ", one.host, "\n");
    if (one.corrections > 0) text += cat("  corrected ", one.corrections, " times since\n");
    if (one.end)
      text +=
          cat("  ", one.end->type == custody::EventType::kRevoke ? "revoked " : "voided ",
              one.end->at.substr(0, 10), ", entry ", one.end->index, ": ", one.end->reason, "\n");
  }
  return text;
}

}  // namespace quarrymark::api
