#include "ledger/judge/judge.h"

#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/judge/claims.h"
#include "ledger/judge/judging.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace quarrymark::custody {
namespace {

constexpr std::size_t kMaxFindings = 500;  // of the delivery; more of them tell nobody anything

// The branches of one unit: all of a state's, or those through one labelled thing inside it.
std::vector<Branch> branches_of(Lineage& lineage, const DeliveredUnit& unit, bool has_members) {
  std::vector<Branch> branches = lineage.of(unit.state);
  if (!has_members) return branches;
  std::vector<Branch> own;
  Share total = 0;
  for (Branch& branch : branches)
    // What comes through no member in particular concerns each of them.
    if (branch.member == unit.member || (branch.leaf == nullptr && !branch.member)) {
      total += branch.share;
      own.push_back(std::move(branch));
    }
  if (own.empty()) return lineage.of(unit.state);
  for (Branch& branch : own) branch.share /= total;
  return own;
}

std::vector<const Event*> events_of(const Graph& graph, const UnitCase& unit) {
  std::set<const Event*> found;
  for (const StateRef& state : unit.ancestors) {
    const Event* maker = graph.event(state.event);
    if (maker == nullptr) continue;
    found.insert(maker);
    // What was corrected since is part of the chain, and so is a late dispatch.
    for (const Event* next = maker; (next = graph.correction_of(*next)) != nullptr;)
      found.insert(next);
    for (const auto& late : graph.late_dispatches(state)) found.insert(late.dispatch);
    if (const Event* voiding = graph.taken_back_by(state)) found.insert(voiding);
  }
  std::vector<const Event*> events(found.begin(), found.end());
  std::sort(events.begin(), events.end(), [](const Event* a, const Event* b) {
    return std::tie(a->time, a->log, a->seq) < std::tie(b->time, b->log, b->seq);
  });
  return events;
}

// Of a dispatch each output that was taken back restores the input that it remade; of other events
// all outputs together restore what went in.
std::set<StateRef> taken_back(const Graph& graph, const UnitCase& unit) {
  std::set<StateRef> found;
  for (const StateRef& state : unit.ancestors) {
    const Event* maker = graph.event(state.event);
    if (maker == nullptr || maker->type != EventType::kVoid) continue;
    const auto restored = restored_by(graph, *maker, state.out);
    if (!restored) continue;
    const bool singly = restored->event->type == EventType::kDispatch;
    for (std::size_t i = 1; i < maker->inputs.size(); ++i)
      if (!singly || i == static_cast<std::size_t>(state.out) + 1)
        found.insert(maker->inputs[i].state);
  }
  return found;
}

std::vector<UnitCase> open_units(const Graph& graph, Lineage& lineage, const Delivery& delivery) {
  std::vector<UnitCase> units;
  for (const DeliveredUnit& unit : delivery.units) {
    const bool has_members =
        std::any_of(delivery.units.begin(), delivery.units.end(), [&](const DeliveredUnit& other) {
          return other.state == unit.state && other.member.has_value();
        });
    UnitCase opened;
    opened.unit = &unit;
    opened.branches = branches_of(lineage, unit, has_members);
    opened.ancestors = lineage.ancestors(unit.state);
    if (unit.member) {
      // Siblings in the crate are not this unit's ancestors; the crate's own states are.
      auto through_member = lineage.ancestors(*unit.member);
      for (const StateRef& state : opened.ancestors)
        if (const Output* output = graph.output(state);
            output != nullptr && graph.output(unit.state) != nullptr &&
            output->item == graph.output(unit.state)->item)
          through_member.insert(state);
      opened.ancestors = std::move(through_member);
    }
    opened.events = events_of(graph, opened);
    opened.taken_back = taken_back(graph, opened);
    units.push_back(std::move(opened));
  }
  return units;
}

int rank_of(const std::optional<Verdict>& verdict) {
  return verdict ? static_cast<int>(*verdict) : 100;
}

// Findings with the same key say the same.
using SameFinding = std::tuple<std::string, int, std::string>;
SameFinding key_of(const Finding& finding) {
  return {finding.code, rank_of(finding.verdict), finding.sentence};
}

void remove_repeats(std::vector<Finding>& findings) {
  std::vector<Finding> kept;
  std::set<SameFinding> known;
  for (Finding& finding : findings)
    if (known.insert(key_of(finding)).second) kept.push_back(std::move(finding));
  findings = std::move(kept);
}

std::optional<Verdict> worst_of(const std::vector<Finding>& findings) {
  std::optional<Verdict> worst;
  for (const Finding& finding : findings)
    if (rank_of(finding.verdict) < rank_of(worst)) worst = finding.verdict;
  return worst;
}

// One finding for the delivery out of the same finding on many units, with the amount it holds for.
void gather_findings(const std::vector<UnitCase>& units, Report& report) {
  struct Gathered {
    Finding finding;
    std::int64_t amount = 0, units = 0;
  };
  std::vector<Gathered> all;
  std::map<SameFinding, std::size_t> places;
  for (const UnitCase& unit : units)
    for (const Finding& finding : unit.findings) {
      const auto [place, is_new] = places.emplace(key_of(finding), all.size());
      if (is_new) all.push_back(Gathered{finding, 0, 0});
      all[place->second].amount += unit.unit->amount;
      ++all[place->second].units;
    }
  // Cut off at the mildest: a flood of remarks must not wash away what decides.
  std::stable_sort(all.begin(), all.end(), [](const Gathered& a, const Gathered& b) {
    return rank_of(a.finding.verdict) < rank_of(b.finding.verdict);
  });
  if (all.size() > kMaxFindings) all.resize(kMaxFindings);
  for (Gathered& gathered : all) {
    auto& facts = gathered.finding.facts;
    facts.emplace_back("amount", gathered.amount);
    facts.emplace_back("amount_text", amount_text(gathered.amount, report.unit));
    facts.emplace_back("units", gathered.units);
    std::sort(facts.begin(), facts.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    report.findings.push_back(std::move(gathered.finding));
  }
}

void sort_findings(std::vector<Finding>& findings) {
  std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    return rank_of(a.verdict) < rank_of(b.verdict);
  });
}

void decide(const Question& question, std::vector<UnitCase>& units, Report& report) {
  sort_findings(report.findings);
  report.verdict = worst_of(report.findings);
  // Without a contract there is nothing to match, so no finding means no word (RULES.md, rule 6).
  const bool asks = question.contract && !question.contract->criteria.empty();
  if (!report.verdict && asks && !units.empty()) report.verdict = Verdict::kMatch;
  if (question.contract && units.empty() && !report.verdict) {
    report.findings.push_back(make_finding("label_not_carried", Verdict::kNotVerifiable,
                                           "the passports carry no goods to check"));
    report.verdict = Verdict::kNotVerifiable;
  }
  for (std::size_t i = 0; i < units.size(); ++i) {
    UnitLine& line = report.units[i];
    sort_findings(units[i].findings);
    line.verdict = worst_of(units[i].findings);
    if (!line.verdict && asks) line.verdict = Verdict::kMatch;
    line.findings = units[i].findings;
    if (line.verdict == report.verdict) report.covered += line.amount;
  }
  // What concerns the whole delivery and no unit holds for all of it.
  if (report.covered == 0) report.covered = report.amount;
  for (const Finding& finding : report.findings)
    if (!finding.verdict) report.remarks.push_back(finding.sentence);
}

std::vector<Sighting> all_sightings(const Question& question) {
  std::vector<Sighting> sightings = question.sightings;
  if (question.scans)
    for (const Scan& scan : *question.scans)
      if (scan.sighting) sightings.push_back(*scan.sighting);
  return sightings;
}

}  // namespace

Report judge(const Evidence& evidence, const Question& question,
             std::vector<Finding> proof_findings) {
  const Graph graph(evidence);
  const Membership membership(graph);
  const std::vector<YieldCheck> yields = check_yields(graph);
  const auto explained = explained_parts(yields);
  Lineage lineage(graph, explained);
  const Delivery delivery = delivery_of(graph, lineage, question.contract);
  DoubtBook doubts(graph);
  const Case judged{graph, membership, lineage, yields, doubts, question};

  Report report;
  if (question.contract) report.contract = question.contract->id;
  if (question.date) report.date = format_date(*question.date);
  report.unit = delivery.unit;
  report.amount = delivery.amount;
  report.amount_text = amount_text(delivery.amount, delivery.unit);
  report.quantity = delivery.quantity;
  report.documents = "unchecked";
  report.findings = std::move(proof_findings);
  if (delivery.counted_as_units)
    report.remarks.push_back(
        "the measures do not tell the amount in the contract's unit; units are counted instead");

  std::vector<UnitCase> units = open_units(graph, lineage, delivery);
  for (UnitCase& unit : units) find_in_chain(judged, unit);
  find_uses(judged, units, all_sightings(question));
  judge_origin(judged, units, report);
  for (UnitCase& unit : units) remove_repeats(unit.findings);

  std::set<const DeliveredUnit*> scanned;
  for (Finding& finding : match_scans(judged, units, scanned))
    report.findings.push_back(std::move(finding));
  for (Finding& finding : find_device_counters(judged))
    report.findings.push_back(std::move(finding));
  report.scanned = static_cast<std::int64_t>(scanned.size());
  for (std::size_t i = 0; i < units.size(); ++i)
    report.units[i].scanned = scanned.count(units[i].unit) > 0;

  gather_findings(units, report);
  decide(question, units, report);
  report.covered_text = amount_text(report.covered, report.unit);
  describe_chain(judged, units, report);
  std::vector<ClaimedUnit> claimed_units;
  for (const UnitCase& unit : units) claimed_units.push_back({unit.unit->amount, &unit.branches});
  report.claims = claims_of(graph, membership, claimed_units);
  report.sentence = verdict_sentence(units, report);
  return report;
}

}  // namespace quarrymark::custody
