// Every constant of the balance and plausibility rules, in one place, with its source.
// What each is used for, and what it leaves unseen: docs/balance.md.
#pragma once

#include <cstdint>
#include <string_view>

namespace quarrymark::custody {

// Density of stone by petrological family, in kg/m³ (RULES.md, rule 19).
struct DensityRange {
  std::string_view family;
  std::int64_t min, max;
};
inline constexpr DensityRange kDensities[] = {
    {"granite", 2600, 2750},   {"dolerite", 2950, 3050},  {"gabbro", 2950, 3050},
    {"sandstone", 2300, 2500}, {"bluestone", 2680, 2700}, {"limestone", 2300, 2750},
    {"marble", 2600, 2850},    {"basalt", 2700, 3100},
};
// Outside this window no stone is known: a wrong unit or swapped digits (DOMAIN §3).
inline constexpr std::int64_t kDensityWindowMin = 2000, kDensityWindowMax = 3300;
inline constexpr std::int64_t kDensityTolerancePerMille = 20;  // ±2 %

// Blocks that are traded weigh this much (DOMAIN §2: 5 to 27 t): among slips of a unit that would
// fit, the one that leaves such a block is suggested.
inline constexpr std::int64_t kLikelyBlockMinGrams = 500'000, kLikelyBlockMaxGrams = 40'000'000;

// A node's outputs and waste may weigh this much of its inputs: scales differ (DOMAIN §3).
inline constexpr std::int64_t kMassLimitPerMille = 1020;

// Stone fills more than this of a squared block's gross box; up to it a block is shapeless
// (EN 1467, DOMAIN §2).
inline constexpr std::int64_t kShapelessPerMille = 800;

// A verified gross mass may differ by this much from what the parts weigh (RULES.md, rule 21).
inline constexpr std::int64_t kVgmTolerancePerMille = 50;

// Between two places this much comes off the distance, or both position errors where they are
// more; then anything faster is impossible (RULES.md, rule 22).
inline constexpr std::int64_t kTravelFloorMm = 5'000'000;  // 5 km
inline constexpr std::int64_t kTravelLimitKmh = 90;
// How far back the place is looked for that goods were at before: goods pass through few steps
// without a place, and a check must end.
inline constexpr int kPlaceSteps = 16;
inline constexpr std::size_t kPlaceEvents = 200;

}  // namespace quarrymark::custody
