// Σ out + waste + stock ≤ Σ in × 1.02 by mass, over everything a log did in a time: what small
// steps hide from the check of each one shows in their sum. DOMAIN §3 "Lot inflated by mixing".
#pragma once

#include "ledger/custody/evidence.h"
#include "ledger/custody/wide.h"

#include <cstdint>
#include <string>

namespace quarrymark::custody {

struct NodeBalance {
  Wide opening = 0, in = 0;              // g: held when it began; extracted, bought, received
  Wide out = 0, waste = 0, closing = 0;  // g: sent, accepted and disposed of; held when it ended
  std::int64_t unweighed_in = 0;         // things among opening and in whose mass nobody stated
  std::int64_t unweighed_out = 0;        // the same among out and closing: they weigh nothing here
  Wide limit() const;                    // of out, waste and closing together
  // A limit that rests on unweighed things is none.
  bool is_checked() const { return unweighed_in == 0; }
  bool over() const { return is_checked() && out + waste + closing > limit(); }
};

// Of all events of `log` in the graph, by the times they claim: from `from` on and before `until`.
NodeBalance balance_of(const Graph& graph, const Origin& log, UtcTime from, UtcTime until);
// "12.00 t came in …": one sentence without a full stop, whether it closes or not.
std::string node_balance_words(const NodeBalance& balance);

}  // namespace quarrymark::custody
