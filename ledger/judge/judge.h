// The verdict: evidence, contract, scans, sightings and date in; report out. Pure.
// DESIGN.md §9; RULES.md.
#pragma once

#include "ledger/custody/contract.h"
#include "ledger/custody/evidence.h"
#include "ledger/judge/scan.h"
#include "ledger/judge/sighting.h"
#include "ledger/judge/verdict.h"

#include <optional>
#include <vector>

namespace quarrymark::custody {

struct Question {
  std::optional<Contract> contract;        // without one the origin is shown (RULES.md, rule 6)
  std::optional<std::vector<Scan>> scans;  // nullopt: nobody scanned; empty: nothing was read
  std::vector<Sighting> sightings;         // sent to the reader, beyond those in `scans`
  std::optional<UtcTime> date;  // of the check; only printed and used for what lies ahead
};

// `proof_findings` are what the proof checks found wrong (ledger/passport); with any of them the
// verdict is `invalid`, and whatever else is found is still reported.
Report judge(const Evidence& evidence, const Question& question,
             std::vector<Finding> proof_findings);

}  // namespace quarrymark::custody
