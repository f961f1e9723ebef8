// Permits, closures and seasons of the site a block was taken from. RULES.md, rules 16 and 20.
#include "ledger/balance/balancing.h"
#include "ledger/balance/doubting.h"
#include "ledger/base/text.h"
#include "ledger/custody/dates.h"
#include "ledger/custody/measures.h"
#include "ledger/json/reader.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace quarrymark::custody {
namespace {

// A day that an extraction is judged by.
struct JudgedDay {
  std::string day;
  bool late = false;  // the outside date of a late one; else the day it claims
};

std::vector<JudgedDay> judged_days(const Graph& graph, const Event& event) {
  std::vector<JudgedDay> days{{claimed_day(event), false}};
  if (lateness_days(graph, event)) {
    const std::string outside = format_date(recorded_by(graph, event));
    if (outside != days.front().day) days.push_back({outside, true});
  }
  return days;
}

bool concerns_parcel(const std::vector<std::string>& parcels, const std::string& parcel) {
  return parcels.empty() ||
         (!parcel.empty() && std::find(parcels.begin(), parcels.end(), parcel) != parcels.end());
}

// What names no parcel may have been taken where the permit holds.
bool permit_covers(const SitePermit& permit, const std::string& parcel, const std::string& day) {
  return permit.from <= day && (permit.to.empty() || day <= permit.to) &&
         (parcel.empty() || concerns_parcel(permit.parcels, parcel));
}

bool in_season(const Season& season, const std::string& day) {
  const std::string in_year = day.substr(5);
  if (season.from <= season.to) return season.from <= in_year && in_year <= season.to;
  return season.from <= in_year || in_year <= season.to;
}

bool in_closure(const Closure& closure, const std::string& day) {
  return closure.from <= day && (closure.to.empty() || day <= closure.to);
}

// One extraction and the site it names.
struct Taken {
  const Graph& graph;
  const Event& event;
  const Event& site;
  std::string parcel;

  std::string where() const {
    const std::string name = site_name(graph, site);
    return parcel.empty() ? name : cat("parcel ", visible_text(parcel, 100), " of ", name);
  }
  std::string step(const JudgedDay& judged) const {
    return judged.late ? cat(step_words(event), ", recorded late, by ", judged.day, ",")
                       : step_words(event);
  }
};

void doubt_season(const Taken& taken, Doubts& doubts) {
  const auto& seasons = taken.graph.corrected(taken.site, &Event::seasons);
  if (!seasons) return;
  for (const JudgedDay& judged : judged_days(taken.graph, taken.event))
    for (const Season& season : *seasons) {
      if (!concerns_parcel(season.parcels, taken.parcel) || !in_season(season, judged.day))
        continue;
      doubts.push_back({"out_of_season", &taken.event,
                        json::Object{{"date", judged.day},
                                     {"from", season.from},
                                     {"late", judged.late},
                                     {"to", season.to}},
                        cat(taken.step(judged), " falls into the season in which ", taken.where(),
                            " is closed, from ", season.from, " to ", season.to),
                        ""});
      return;
    }
}

void doubt_closure(const Taken& taken, Doubts& doubts) {
  const auto& closures = taken.graph.corrected(taken.site, &Event::closures);
  if (!closures) return;
  for (const JudgedDay& judged : judged_days(taken.graph, taken.event))
    for (const Closure& closure : *closures) {
      if (!concerns_parcel(closure.parcels, taken.parcel) || !in_closure(closure, judged.day))
        continue;
      const bool open = closure.to.empty();
      doubts.push_back({"site_closed", &taken.event,
                        json::Object{{"date", judged.day},
                                     {"from", closure.from},
                                     {"late", judged.late},
                                     {"to", open ? json::Value() : json::Value(closure.to)}},
                        cat(taken.step(judged), " falls into the closure of ", taken.where(),
                            " from ", closure.from, open ? " on" : cat(" to ", closure.to)),
                        ""});
      return;
    }
}

void doubt_permit(const Taken& taken, Doubts& doubts) {
  const auto& permits = taken.graph.corrected(taken.site, &Event::permits);
  if (!permits) return;
  for (const JudgedDay& judged : judged_days(taken.graph, taken.event)) {
    if (std::any_of(permits->begin(), permits->end(), [&](const SitePermit& permit) {
          return permit_covers(permit, taken.parcel, judged.day);
        }))
      continue;
    doubts.push_back(
        {"permit_missing", &taken.event, json::Object{{"date", judged.day}, {"late", judged.late}},
         cat(taken.step(judged), " is covered by no permit stated for ", taken.where()), ""});
    return;
  }
}

// The permit or transit pass that the step itself names.
void doubt_named_permit(const Graph& graph, const Event& event, Doubts& doubts) {
  const auto& permit = graph.corrected(event, &Event::permit);
  if (!permit) return;
  const std::string day = claimed_day(event);
  if ((permit->from.empty() || permit->from <= day) && (permit->to.empty() || day <= permit->to))
    return;
  doubts.push_back(
      {"permit_missing", &event, json::Object{{"date", day}, {"late", false}},
       cat("the permit ", visible_text(permit->number, 100), " that ", step_words(event),
           " names holds", permit->from.empty() ? "" : cat(" from ", permit->from),
           permit->to.empty() ? "" : cat(" to ", permit->to)),
       ""});
}

// Gross, as measured at the quarry; net where nobody stated the gross.
Wide taken_volume(const Graph& graph, const Event& extract) {
  Wide volume = 0;
  for (const Output* output : made_by(graph, extract))
    if (output != nullptr) volume += gross_volume_of(*output, output->amount).value_or(0);
  return volume;
}

std::optional<Taken> taken_at(const Graph& graph, const Event& event) {
  const Event* site = site_of(graph, event);
  if (event.type != EventType::kExtract || site == nullptr || is_voided(graph, event))
    return std::nullopt;
  return Taken{graph, event, *site, graph.corrected(event, &Event::place)->parcel};
}

// Gross volumes by site, number of the permit in its list, and month.
using Months = std::map<std::tuple<const Event*, std::size_t, std::string>, Wide>;

template <class Visit>  // visit(permit, its number in the list, month)
void for_each_month(const Taken& taken, Visit visit) {
  const auto& permits = taken.graph.corrected(taken.site, &Event::permits);
  if (!permits) return;
  const auto days = judged_days(taken.graph, taken.event);
  for (std::size_t i = 0; i < permits->size(); ++i) {
    const SitePermit& permit = (*permits)[i];
    if (!permit.volume) continue;
    std::string before;
    for (const JudgedDay& judged : days) {
      std::string month = judged.day.substr(0, 7);
      if (month == before || !permit_covers(permit, taken.parcel, judged.day)) continue;
      visit(permit, i, month);
      before = std::move(month);
    }
  }
}

Doubt exceeded(const Taken& taken, const SitePermit& permit, const std::string& month, Wide sum) {
  const auto total = static_cast<std::int64_t>(std::min<Wide>(sum, json::kMaxInteger));
  return {"permit_exceeded", &taken.event,
          json::Object{{"limit_mm3", *permit.volume},
                       {"month", month},
                       {"number", permit.number},
                       {"volume_mm3", total}},
          cat("with ", step_words(taken.event), " ", amount_text(total, Unit::kCubicMillimetre),
              " gross were taken in ", month, " under permit ", visible_text(permit.number, 100),
              ", which allows ", amount_text(*permit.volume, Unit::kCubicMillimetre)),
          ""};
}

}  // namespace

void doubt_calendar(const Graph& graph, const Event& event, Doubts& doubts) {
  if (const auto taken = taken_at(graph, event)) {
    doubt_season(*taken, doubts);
    doubt_closure(*taken, doubts);
    doubt_permit(*taken, doubts);
  }
  if (event.type == EventType::kExtract || event.type == EventType::kDispatch)
    doubt_named_permit(graph, event, doubts);
}

std::vector<Doubt> permit_volume_doubts(const Graph& graph,
                                        const std::vector<const Event*>& about) {
  Months months;
  for (const Event* event : graph.events())
    if (const auto taken = taken_at(graph, *event))
      for_each_month(*taken, [&](const SitePermit&, std::size_t number, const std::string& month) {
        months[{&taken->site, number, month}] += taken_volume(graph, *event);
      });
  Doubts doubts;
  for (const Event* event : about)
    if (const auto taken = taken_at(graph, *event))
      for_each_month(*taken,
                     [&](const SitePermit& permit, std::size_t number, const std::string& month) {
                       const Wide sum = months[{&taken->site, number, month}];
                       if (sum > *permit.volume)
                         doubts.push_back(exceeded(*taken, permit, month, sum));
                     });
  return doubts;
}

}  // namespace quarrymark::custody
