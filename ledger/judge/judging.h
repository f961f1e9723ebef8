// What the parts of the judge share: the case as it was put, and findings with the amount they
// hold for. Internal to this folder; judge.h is the way in.
#pragma once

#include "ledger/balance/balance.h"
#include "ledger/balance/doubts.h"
#include "ledger/judge/delivery.h"
#include "ledger/judge/judge.h"
#include "ledger/judge/lineage.h"
#include "ledger/judge/membership.h"

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace quarrymark::custody {

// The doubts about each event, found once for all units whose chain it is in.
class DoubtBook {
 public:
  explicit DoubtBook(const Graph& graph) : graph_(graph) {}
  const std::vector<Doubt>& about(const Event& event);

 private:
  const Graph& graph_;
  std::unordered_map<const Event*, std::vector<Doubt>> known_;
};

struct Case {
  const Graph& graph;
  const Membership& membership;
  Lineage& lineage;
  const std::vector<YieldCheck>& yields;
  DoubtBook& doubts;
  const Question& question;
};

// A unit with everything found about it.
struct UnitCase {
  const DeliveredUnit* unit = nullptr;
  std::vector<Branch> branches;  // shares add up to one
  std::unordered_set<StateRef, StateRefHasher> ancestors;
  // What a void took back, where it restored an ancestor: nobody else may have used it.
  std::set<StateRef> taken_back;
  std::vector<const Event*> events;  // of its chain, oldest first
  std::vector<Finding> findings;
};

Finding make_finding(std::string code, std::optional<Verdict> verdict, std::string sentence,
                     std::string ask = {}, json::Object facts = {});

// Findings about the steps of the chain: signers, labels, splits, dates, statements.
void find_in_chain(const Case& judged, UnitCase& unit);
// Findings about uses of its states: double use, later entries, sightings. RULES.md 7, 22.
void find_uses(const Case& judged, std::vector<UnitCase>& units,
               const std::vector<Sighting>& sightings);
// What a clear note shows of the time after the passports were made, and what it leaves open.
void find_later_uses(const Case& judged, UnitCase& unit);
// Numbers that devices left out or gave twice, by log and device; they concern no unit alone.
std::vector<Finding> find_device_counters(const Case& judged);
// Scanned labels against units; returns findings that belong to no unit. Sets `scanned`.
std::vector<Finding> match_scans(const Case& judged, const std::vector<UnitCase>& units,
                                 std::set<const DeliveredUnit*>& scanned);

// Origin and contract criteria: fills in the units' findings and share lines, and the report's
// criteria lines. RULES.md 1 to 6.
void judge_origin(const Case& judged, std::vector<UnitCase>& units, Report& report);

// Steps, chain length, model, dates, slack: what is printed beside every verdict.
void describe_chain(const Case& judged, const std::vector<UnitCase>& units, Report& report);
// The one sentence.
std::string verdict_sentence(const std::vector<UnitCase>& units, const Report& report);

}  // namespace quarrymark::custody
