// From where the stone of a delivery comes, at each level at which an origin may be claimed: area,
// quarry, operator with its parcel, block, or no more than what it is called. DOMAIN §1 C5, C6.
//
// A share with nothing to say at a level stays a share of its own, unknown: the shares of a level
// add up to the whole, always.
#pragma once

#include "ledger/judge/lineage.h"
#include "ledger/judge/membership.h"
#include "ledger/judge/verdict.h"

#include <span>
#include <vector>

namespace quarrymark::custody {

struct ClaimedUnit {
  std::int64_t amount = 0;
  const std::vector<Branch>* branches = nullptr;  // shares add up to one
};

// The five levels, the widest first. Standing: supported where its extraction is recorded by
// somebody admitted for the site, declared where one party states it, else unknown. The greatest
// share first, unknown last; amounts and per mille are whole and add up.
std::vector<ClaimLine> claims_of(const Graph& graph, const Membership& membership,
                                 std::span<const ClaimedUnit> units);

}  // namespace quarrymark::custody
