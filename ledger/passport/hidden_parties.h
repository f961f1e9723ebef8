// Whose names are to be hidden, out of what a passport shows of its parties. Not for other folders.
#pragma once

#include "ledger/passport/headed_entries.h"
#include "ledger/passport/name_search.h"
#include "ledger/passport/withhold.h"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace quarrymark::passport {

// A party with every name and log the passport gives for it.
struct PartyRule {
  std::string asked;  // how the request named it
  NameSearch names;
  std::set<custody::Origin> logs;
  bool must_match = true;  // asked for one by one: a misspelt name would leave the real one
};

// kInvalidArgument: an empty name, or a presenter who cannot be told.
Result<std::vector<PartyRule>> party_rules(const Passport& passport, const WithholdRequest& request,
                                           std::span<const HeadedEntry> entries);

}  // namespace quarrymark::passport
