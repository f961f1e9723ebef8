// Every constant of the balance and plausibility rules, in one place, with its source.
// DOMAIN rules and RULES.md 18 to 21; docs/architecture.md says where they are used.
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

// A node's outputs and waste may weigh this much of its inputs: scales differ (DOMAIN §3).
inline constexpr std::int64_t kMassLimitPerMille = 1020;

}  // namespace quarrymark::custody
