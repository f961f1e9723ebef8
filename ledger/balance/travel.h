// How far apart two places are, and whether anything can have moved that fast. RULES.md, rule 22.
// For doubt and display only: nothing that is hashed depends on it.
#pragma once

#include "ledger/base/clock.h"

#include <cstdint>
#include <optional>

namespace quarrymark::custody {

struct Place {
  std::int64_t lat = 0, lon = 0;  // 1e-7 degrees
  std::int64_t error_mm = 0;      // of the position
};

// Great-circle distance in millimetres on a sphere of 6,371 km.
std::int64_t distance_mm(const Place& a, const Place& b);

struct TooFast {
  std::int64_t distance_mm = 0;  // before anything comes off
  std::int64_t minutes = 0;
  std::int64_t kmh = 0;  // after it came off; the greatest number where no time passed
};
// Nullopt when it is possible: within the error of the positions, or no faster than the limit.
std::optional<TooFast> too_fast(const Place& from, UtcTime left, const Place& to, UtcTime arrived);

}  // namespace quarrymark::custody
