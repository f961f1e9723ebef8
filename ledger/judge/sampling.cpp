#include "ledger/judge/sampling.h"

#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

Status within(std::string_view field, std::int64_t value, std::int64_t most) {
  if (value >= 1 && value <= most) return {};
  return fail(Errc::kInvalidArgument, cat("expected 1 to ", most, ", got ", value),
              std::string(field));
}

}  // namespace

Share chance_to_find(std::int64_t crates, std::int64_t bad, std::int64_t scanned) {
  // That none of the bad ones is among those scanned: they all lie among the others.
  using boost::multiprecision::cpp_int;
  cpp_int none = 1, all = 1;
  for (std::int64_t i = 0; i < bad; ++i) {
    if (crates - scanned - i <= 0) return 1;
    none *= crates - scanned - i;
    all *= crates - i;
  }
  return 1 - Share(none, all);
}

Result<std::int64_t> crates_to_scan(std::int64_t crates, std::int64_t bad,
                                    std::int64_t confidence_per_mille) {
  QM_TRY_VOID(within("crates", crates, kMostSampled));
  QM_TRY_VOID(within("bad", bad, std::min(crates, kMostSampledBad)));
  QM_TRY_VOID(within("confidence", confidence_per_mille, 1000));
  const Share wanted(confidence_per_mille, 1000);
  std::int64_t low = 0, high = crates;  // too few; enough: whoever scans all finds all
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (chance_to_find(crates, bad, middle) >= wanted ? high : low) = middle;
  }
  return high;
}

std::int64_t floor_per_mille(const Share& chance) {
  const Share exact = chance * 1000;
  return static_cast<std::int64_t>(numerator(exact) / denominator(exact));
}

}  // namespace quarrymark::custody
