#include "ledger/judge/verdict.h"

namespace quarrymark::custody {

std::string_view verdict_name(Verdict verdict) {
  constexpr std::string_view names[] = {"invalid",  "mismatch", "duplicate", "over_yield",
                                        "gap",      "mixed",    "partial",   "not_verifiable",
                                        "declared", "match"};
  return names[static_cast<std::size_t>(verdict)];
}

std::string_view standing_name(Standing standing) {
  constexpr std::string_view names[] = {"supported", "declared", "contradicted", "unknown",
                                        "unchecked"};
  return names[static_cast<std::size_t>(standing)];
}

}  // namespace quarrymark::custody
