// Can the stone that came out have been in what went in? Slab stacks, volumes, masses, densities.
//
// Limits from gross dimensions are hard: more than that is `over_yield`. Limits from net
// dimensions are expected: more than that is a remark. Everything else only doubts.
// DESIGN.md §10; RULES.md rules 7, 8, 18, 19. Constants: balance_defaults.h.
//
// Blind spot: between what a block really yields and its limit lies room in which other stone
// stays invisible. Each check says how much room is left.
#pragma once

#include "ledger/custody/evidence.h"
#include "ledger/custody/share.h"
#include "ledger/json/value.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace quarrymark::custody {

// What a stack or volume check of one or several splits found.
struct YieldCheck {
  std::vector<const Event*> splits;      // judged together
  std::string what;                      // "slabs of 80 mm from block P-221", for a sentence
  std::int64_t count = 0;                // declared: slabs, or mm³ where volumes were compared
  std::int64_t limit = 0;                // hard, from gross dimensions
  std::optional<std::int64_t> expected;  // from net dimensions
  Unit unit = Unit::kPiece;              // of count and limit
  bool by_mass = false;                  // a mass balance that cannot close
  Share explained = 1;                   // the part of the count that the limit allows
  bool over() const { return count > limit; }
  bool above_expected() const { return !over() && expected && count > *expected; }
};

std::vector<YieldCheck> check_yields(const Graph& graph);
// For one that is over its limit or above what is expected: its code in schemas/findings.json, the
// numbers, and one sentence without a full stop.
std::string yield_code(const YieldCheck& check);
json::Object yield_facts(const YieldCheck& check);
std::string yield_words(const YieldCheck& check);

// For each over-declared split, which part of its outputs is explained: limit ÷ count, the least
// where several limits are exceeded (RULES.md, rule 8).
std::unordered_map<EventId, Share, Digest32Hasher> explained_parts(
    const std::vector<YieldCheck>& checks);

struct DensityCheck {
  const Event* event = nullptr;
  std::int32_t out = 0;
  std::int64_t lowest = 0, highest = 0;  // kg/m³ the measures allow: mass ÷ gross, mass ÷ net
  std::string family;                    // stated; empty: none known
  bool contradicts = false;              // the family's range, or the window of all stone
  std::vector<std::string> also_admits;  // other families the interval allows: the slack
  std::string suggestion;                // a likely slip of unit or digits, or empty
};
// For the blocks that extract and acquire events begin with, corrected measures where shown.
std::optional<DensityCheck> check_density(const Graph& graph, const StateRef& block);

// 2714 → "2.71", t/m³ for people.
std::string density_text(std::int64_t kg_per_m3);

}  // namespace quarrymark::custody
