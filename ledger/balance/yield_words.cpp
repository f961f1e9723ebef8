// What is said of a yield, here and in a verdict.
#include "ledger/balance/balance.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"

namespace quarrymark::custody {
namespace {

std::string yield_amount(std::int64_t amount, Unit unit) {
  return unit == Unit::kPiece ? cat(amount) : amount_text(amount, unit);
}

}  // namespace

std::string yield_code(const YieldCheck& check) {
  if (!check.over()) return "above_expected_yield";
  return check.by_mass ? "mass_not_closed" : "over_yield";
}

json::Object yield_facts(const YieldCheck& check) {
  json::Object facts{{"count", check.count}, {"limit", check.limit}};
  if (check.expected) facts.insert(facts.begin() + 1, {"expected", *check.expected});
  return facts;
}

std::string yield_words(const YieldCheck& check) {
  const std::string count = yield_amount(check.count, check.unit);
  const std::string limit = yield_amount(check.limit, check.unit);
  if (check.over())
    return cat(count, " ", check.what, " are declared, at most ", limit, " are possible");
  return cat(count, " ", check.what, " are declared; ", *check.expected,
             " are expected from its net dimensions, ", limit, " are the limit");
}

}  // namespace quarrymark::custody
