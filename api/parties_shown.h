// What a reader of a passport learns about the parties in it, whatever else is withheld: shown
// before a passport leaves the house. DESIGN.md §8.
#pragma once

#include "ledger/base/result.h"
#include "ledger/custody/event.h"
#include "ledger/json/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::api {

struct PartyShown {
  custody::Origin log;
  std::string name;           // empty: withheld, or never stated
  std::string role, country;  // of an admission in the passport; empty: none is in it
  std::size_t events = 0;     // of its log
  std::string first, last;    // claimed dates of those events, YYYY-MM-DD
};

// One for each log with events, in order of their first dates.
Result<std::vector<PartyShown>> parties_shown(std::string_view passport);

json::Value parties_json(const std::vector<PartyShown>& parties);
// One line each: "Telangana Operator A, quarry operator, IN: 3 events, 2025-02-03 to 2025-02-10".
std::string parties_text(const std::vector<PartyShown>& parties);

}  // namespace quarrymark::api
