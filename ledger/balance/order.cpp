// A step dated before the step it follows, and goods that moved faster than anything can.
// RULES.md, rule 22; DOMAIN §3 "Backdating".
#include "ledger/balance/balance_defaults.h"
#include "ledger/balance/balancing.h"
#include "ledger/balance/doubting.h"
#include "ledger/balance/travel.h"
#include "ledger/base/text.h"

#include <algorithm>
#include <limits>
#include <set>

namespace quarrymark::custody {
namespace {

bool undoes(const Event& event) {
  return event.type == EventType::kCorrect || event.type == EventType::kVoid;
}

// The step that an input of the event was made in. What was corrected since was made when it was
// made; what a void gave back was made before, by a step that is not looked for.
const Event* step_before(const Graph& graph, const Event& event, const Input& input) {
  const Event* maker = graph.event(input.state.event);
  if (maker == nullptr || undoes(event)) return maker;
  if (maker->type == EventType::kCorrect) maker = graph.first(*maker);
  return maker->type == EventType::kVoid ? nullptr : maker;
}

struct Placed {
  const Event* event;
  const Event* site;
  Place place;
};

// Where a step happened: the dated position of its site, or the only one it has.
std::optional<Placed> placed(const Graph& graph, const Event& event) {
  const Event* site = site_of(graph, event);
  if (site == nullptr || undoes(event)) return std::nullopt;
  if (const auto& positions = graph.corrected(*site, &Event::positions)) {
    const std::string day = claimed_day(event);
    const SitePosition* found = nullptr;
    for (const SitePosition& position : *positions)
      if (position.from <= day && (found == nullptr || found->from <= position.from))
        found = &position;
    if (found != nullptr) return Placed{&event, site, {found->lat, found->lon, found->error_mm}};
  }
  const auto& facts = graph.corrected(*site, &Event::site);
  if (!facts || !facts->lat || !facts->lon) return std::nullopt;
  return Placed{&event, site, {*facts->lat, *facts->lon, 0}};
}

// The nearest steps before it that say where they happened, level by level, in the order of inputs.
std::vector<Placed> placed_before(const Graph& graph, const Event& event) {
  std::vector<Placed> found;
  std::set<const Event*> seen{&event};
  std::vector<const Event*> level{&event};
  for (int steps = 0; steps < kPlaceSteps && !level.empty(); ++steps) {
    std::vector<const Event*> next;
    for (const Event* at : level)
      for (const Input& input : at->inputs) {
        const Event* before = step_before(graph, *at, input);
        if (before == nullptr || seen.size() > kPlaceEvents || !seen.insert(before).second)
          continue;
        if (auto place = placed(graph, *before))
          found.push_back(*place);
        else
          next.push_back(before);
      }
    level = std::move(next);
  }
  return found;
}

std::string place_words(const Graph& graph, const Placed& at) {
  return cat(site_name(graph, *at.site), " (", event_type_name(at.event->type), " of ",
             at.event->at, ")");
}

}  // namespace

void doubt_order(const Graph& graph, const Event& event, Doubts& doubts) {
  const Event* latest = nullptr;
  for (const Input& input : event.inputs) {
    const Event* before = step_before(graph, event, input);
    if (before != nullptr && event.at_time < before->at_time &&
        (latest == nullptr || latest->at_time < before->at_time))
      latest = before;
  }
  if (latest == nullptr) return;
  const std::string type(event_type_name(latest->type));
  doubts.push_back({"time_order", &event,
                    json::Object{{"at", event.at}, {"follows", type}, {"follows_at", latest->at}},
                    cat("the ", event_type_name(event.type), " dated ", event.at, " follows the ",
                        type, " dated ", latest->at, ", which is later"),
                    ""});
}

void doubt_travel(const Graph& graph, const Event& event, Doubts& doubts) {
  const auto here = placed(graph, event);
  if (!here) return;
  for (const Placed& before : placed_before(graph, event)) {
    if (event.at_time < before.event->at_time) continue;  // what is in disorder has no speed
    const auto fast = too_fast(before.place, before.event->at_time, here->place, event.at_time);
    if (!fast) continue;
    doubts.push_back(
        {"travel_too_fast", &event,
         json::Object{{"distance_km", fast->distance_mm / 1'000'000}, {"minutes", fast->minutes}},
         cat("from ", place_words(graph, before), " to ", place_words(graph, *here), " it is ",
             fast->distance_mm / 1'000'000, " km, in ", fast->minutes, " minutes"),
         ""});
  }
}

}  // namespace quarrymark::custody
