// What is printed beside every verdict: steps and who stated them, dates, length, model, slack.
#include "ledger/base/text.h"
#include "ledger/custody/dates.h"
#include "ledger/custody/measures.h"
#include "ledger/judge/judging.h"
#include "ledger/judge/origin.h"

#include <algorithm>
#include <map>

namespace quarrymark::custody {
namespace {

constexpr std::size_t kMaxSteps = 500;  // printed; the verdict uses all

bool ends_in_unknown(const Case& judged, const Branch& branch) {
  if (branch.beginning != Beginning::kExtract && branch.beginning != Beginning::kAcquire &&
      branch.beginning != Beginning::kOneSided)
    return true;
  return origin_of(judged.graph, judged.membership, branch).known == OriginFacts::Known::kUnknown;
}

// A step that a second party confirmed says more than one that only its doer recorded.
std::string independence_of(const Graph& graph, const Event& event) {
  if (event.type == EventType::kDispatch && counterparty_time(graph, event)) return "counterparty";
  if (event.type == EventType::kReceive && !event.inputs.empty()) return "counterparty";
  return "self";
}

std::vector<const Event*> chain_events(const std::vector<UnitCase>& units) {
  std::vector<const Event*> events;
  for (const UnitCase& unit : units)
    events.insert(events.end(), unit.events.begin(), unit.events.end());
  std::sort(events.begin(), events.end(), [](const Event* a, const Event* b) {
    return std::tie(a->time, a->log, a->seq) < std::tie(b->time, b->log, b->seq);
  });
  events.erase(std::unique(events.begin(), events.end()), events.end());
  return events;
}

// The earlier steps that made what `event` uses. A late dispatch and the receipt it names belong
// together, whichever was recorded first.
std::vector<std::size_t> continued_by(const Graph& graph, const Event& event,
                                      const std::map<EventId, std::size_t>& places) {
  std::set<std::size_t> after;
  const auto add = [&](const EventId& id) {
    if (const auto place = places.find(id); place != places.end()) after.insert(place->second);
  };
  for (const Input& input : event.inputs) add(input.state.event);
  if (event.type == EventType::kReceive)
    for (std::size_t out = 0; out < event.outputs.size(); ++out)
      for (const auto& late :
           graph.late_dispatches(StateRef{event.id, static_cast<std::int32_t>(out)}))
        add(late.dispatch->id);
  if (event.received) add(event.received->event);
  return {after.begin(), after.end()};
}

void describe_steps(const Case& judged, const std::vector<const Event*>& events, Report& report) {
  std::set<Origin> hidden;
  std::map<EventId, std::size_t> places;
  for (const Event* event : events) {
    if (judged.membership.name_withheld(event->log)) hidden.insert(event->log);
    if (report.steps.size() == kMaxSteps) continue;
    StepLine step;
    step.type = event_type_name(event->type);
    step.by = judged.membership.display(event->log);
    step.role = judged.membership.role(event->log);
    step.country = judged.membership.country(event->log);
    step.at = event->at;
    step.date_known_by = date_known_by(judged.graph, *event);
    step.independence = independence_of(judged.graph, *event);
    step.device_signed = event->device_signed;
    step.name_withheld = judged.membership.name_withheld(event->log);
    step.after = continued_by(judged.graph, *event, places);
    places.emplace(event->id, report.steps.size());
    report.steps.push_back(std::move(step));
  }
  report.withheld_parties = static_cast<std::int64_t>(hidden.size());
  if (events.size() > kMaxSteps)
    report.remarks.push_back(
        cat("the first ", kMaxSteps, " of ", events.size(), " steps are listed"));
}

void describe_dates(const Case& judged, const std::vector<const Event*>& events, Report& report) {
  std::int64_t witnessed = 0, by_counterparty = 0, alone = 0;
  for (const Event* event : events) {
    const std::string_view known = date_known_by(judged.graph, *event);
    ++(known == "witness" ? witnessed : known == "counterparty" ? by_counterparty : alone);
  }
  if (witnessed > 0) report.dates.push_back(cat(witnessed, " dates are known by a witness"));
  if (by_counterparty > 0)
    report.dates.push_back(
        cat(by_counterparty, " hand-overs are dated by the party that received"));
  if (alone > 0)
    report.dates.push_back(
        cat(alone, " dates rest on the recording party alone (date not witnessed)"));
  if (const auto& note = judged.graph.evidence().clear)
    report.dates.push_back(
        cat("a monitor's clear note of ", format_date(note->time), " was read for later use"));
  if (!judged.graph.evidence().reader.asks_quorum)
    report.dates.push_back(
        "your trust file asks for no witnesses: that each log has a single history rests on the "
        "log alone");
}

// RULES.md, rule 23, for one unit; the weakest over all units is printed.
int model_rank(const UnitCase& unit, const Case& judged, const std::vector<Finding>& findings) {
  std::set<std::pair<const Event*, std::int32_t>> sources;
  bool averaged = false;
  for (const Branch& branch : unit.branches) {
    if (ends_in_unknown(judged, branch) && unit.branches.size() > 1) return 4;
    if (branch.leaf != nullptr) sources.insert({branch.leaf, branch.leaf_out});
    averaged |= branch.averaged;
  }
  if (sources.empty()) return 4;
  if (sources.size() == 1) return 0;
  const bool contradicted = std::any_of(findings.begin(), findings.end(), [](const Finding& f) {
    return f.code == "origin_contradicted";
  });
  if (!contradicted) return 1;
  return averaged ? 3 : 2;
}

void describe_model(const Case& judged, const std::vector<UnitCase>& units, Report& report) {
  constexpr std::string_view names[] = {"identity_preserved", "segregated", "controlled_blending",
                                        "mass_balance", ""};
  int rank = units.empty() ? 4 : 0;
  for (const UnitCase& unit : units) rank = std::max(rank, model_rank(unit, judged, unit.findings));
  report.custody_model = names[rank];
}

void describe_slack(const Case& judged, const std::vector<UnitCase>& units,
                    const std::vector<const Event*>& events, Report& report) {
  for (const YieldCheck& check : judged.yields) {
    if (check.over() || check.unit != Unit::kPiece) continue;
    const bool ours =
        std::any_of(check.splits.begin(), check.splits.end(), [&](const Event* split) {
          return std::find(events.begin(), events.end(), split) != events.end();
        });
    if (ours)
      report.slack.push_back(cat(check.count, " ", check.what, " are declared and at most ",
                                 check.limit, " are possible: ", check.limit - check.count,
                                 " more could come from elsewhere unseen"));
  }
  std::set<StateRef> seen;
  for (const UnitCase& unit : units)
    for (const Branch& branch : unit.branches) {
      if (branch.leaf == nullptr || !seen.insert({branch.leaf->id, branch.leaf_out}).second)
        continue;
      const auto check = check_density(judged.graph, StateRef{branch.leaf->id, branch.leaf_out});
      if (!check || check->also_admits.empty()) continue;
      std::string others;
      for (const std::string& family : check->also_admits)
        others += cat(others.empty() ? "" : ", ", family);
      const Output* output = judged.graph.output(StateRef{branch.leaf->id, branch.leaf_out});
      const std::string name =
          output != nullptr && !output->aliases.empty() ? output->aliases.front() : "the block";
      report.slack.push_back(cat("weight and size of ", name, " imply ",
                                 density_text(check->lowest), " to ", density_text(check->highest),
                                 " t/m³, which also admits ", others));
    }
}

}  // namespace

void describe_chain(const Case& judged, const std::vector<UnitCase>& units, Report& report) {
  for (const UnitCase& unit : units)
    for (const Branch& branch : unit.branches) {
      report.hand_overs = std::max(report.hand_overs, branch.hand_overs);
      report.at_least |= ends_in_unknown(judged, branch);
    }
  const auto events = chain_events(units);
  describe_steps(judged, events, report);
  describe_dates(judged, events, report);
  describe_model(judged, units, report);
  describe_slack(judged, units, events, report);
  report.does_not_show =
      "Whether the stone is physically the one described, or how people "
      "worked at the quarry. It shows what was recorded, by whom, and that the record was not "
      "altered since.";
}

}  // namespace quarrymark::custody
