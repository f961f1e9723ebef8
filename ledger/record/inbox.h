// Passports that came with goods or as evidence: checked, stored, and what was dispatched to a
// log of this node made spendable. The stored packets let this node prove the whole chain later
// while the logs before it are switched off (DESIGN.md §2.6).
#pragma once

#include "ledger/custody/event.h"
#include "ledger/record/node.h"

#include <span>
#include <string_view>
#include <vector>

namespace quarrymark::record {

struct Arrived {
  custody::StateRef state;
  custody::Output output;
  custody::Origin from, to;  // sender's log, and the log of this node that may spend it
};

struct AcceptedPassports {
  std::size_t packets = 0, entries = 0, disclosures = 0;  // new here
  std::vector<Arrived> arrived;          // newly spendable; a passport taken in again adds nothing
  std::vector<custody::StateRef> items;  // what the passports are about
};

// Only proofs are judged: any log that signs correctly may be shown, whoever trusts it.
// kRefused: a proof fails (the first finding is the message), or an entry differs from one known
// here for the same log and seq, or two roots for one size (both named). Idempotent.
Result<AcceptedPassports> accept_passports(Node& node, std::span<const std::string_view> passports);

}  // namespace quarrymark::record
