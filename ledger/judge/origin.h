// What a branch says of its origin, and how that stands against what a contract names.
// RULES.md rules 2, 5, 10, 11, 12.
#pragma once

#include "ledger/custody/contract.h"
#include "ledger/judge/lineage.h"
#include "ledger/judge/membership.h"
#include "ledger/judge/verdict.h"

#include <string>

namespace quarrymark::custody {

// Why something is not known, ready for a finding.
struct Missing {
  std::string code;    // not_shown, origin_unknown, link_missing, …
  std::string reason;  // for a sentence
  Origin ask;          // the log whose holder can answer; may be empty
};

struct OriginFacts {
  enum class Known { kRecorded, kDeclared, kUnknown, kUnchecked };
  Known known = Known::kUnknown;
  Missing missing;   // when kUnknown or kUnchecked
  std::string site;  // event id of the site event, as text
  std::string quarry, site_name, area, parcel, stone, block;
  std::string operator_name;
  Origin operator_log;       // of an extract
  bool site_hidden = false;  // the site's names are withheld or not shown
  bool operator_hidden = false;
  bool stone_hidden = false;
  std::string declared_factory;
  Origin stated_by;  // the log whose word this is
};

OriginFacts origin_of(const Graph& graph, const Membership& membership, const Branch& branch);

struct CriterionStanding {
  Standing standing = Standing::kUnknown;
  std::string value;        // what the records say instead, where they contradict
  Missing missing;          // when unknown or unchecked
  Share declared_part = 0;  // of a supported factory: its declared home work
};

CriterionStanding judge_criterion(const Graph& graph, const Membership& membership,
                                  const Criterion& criterion, const Branch& branch,
                                  const OriginFacts& facts);

// The logs that worked the stone into what it is, by the same rule as the factory criterion:
// every split on the way by a log that is not a quarry operator. The latest first.
std::vector<Origin> factories_of(const Membership& membership, const Branch& branch);

}  // namespace quarrymark::custody
