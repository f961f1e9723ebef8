#include "ledger/balance/travel.h"

#include "ledger/balance/balance_defaults.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

namespace quarrymark::custody {

std::int64_t distance_mm(const Place& a, const Place& b) {
  constexpr double kRadiusMm = 6'371'000'000.0;
  constexpr double kToRadians = 3.14159265358979323846 / 180.0 / 1e7;
  const double lat1 = static_cast<double>(a.lat) * kToRadians;
  const double lat2 = static_cast<double>(b.lat) * kToRadians;
  const double half_lat = std::sin((lat2 - lat1) / 2);
  const double half_lon = std::sin(static_cast<double>(b.lon - a.lon) * kToRadians / 2);
  const double h = half_lat * half_lat + std::cos(lat1) * std::cos(lat2) * half_lon * half_lon;
  return std::llround(2 * kRadiusMm * std::asin(std::min(1.0, std::sqrt(h))));
}

std::optional<TooFast> too_fast(const Place& from, UtcTime left, const Place& to, UtcTime arrived) {
  const std::int64_t distance = distance_mm(from, to);
  // Errors may be absurd; more than the way round the world is as good as unknown.
  constexpr std::int64_t kWorldMm = 40'100'000'000;
  const std::int64_t error = std::min(from.error_mm, kWorldMm) + std::min(to.error_mm, kWorldMm);
  const std::int64_t travelled = distance - std::max(kTravelFloorMm, error);
  if (travelled <= 0) return std::nullopt;
  const std::int64_t ms = std::abs(arrived.ms - left.ms);
  // mm per ms are m per s; 3.6 km/h each. No time at all is infinitely fast.
  if (travelled * 36 <= ms * kTravelLimitKmh * 10) return std::nullopt;
  const std::int64_t kmh =
      ms == 0 ? std::numeric_limits<std::int64_t>::max() : travelled * 36 / (ms * 10);
  return TooFast{distance, ms / 60'000, kmh};
}

}  // namespace quarrymark::custody
