// How many of N crates to scan so that a bad one is found: exact, without replacement (DOMAIN §5).
#pragma once

#include "ledger/base/result.h"
#include "ledger/custody/share.h"

#include <cstdint>

namespace quarrymark::custody {

inline constexpr std::int64_t kSampledBad = 3;           // bad ones among them, unless stated
inline constexpr std::int64_t kSampledConfidence = 950;  // per mille
inline constexpr std::int64_t kMostSampled = 1'000'000;  // crates
inline constexpr std::int64_t kMostSampledBad = 1'000;

// The chance that at least one of `bad` among `crates` is in `scanned` of them, taken at random:
// 1 − C(crates − bad, scanned) ÷ C(crates, scanned). 0 ≤ scanned, bad ≤ crates.
Share chance_to_find(std::int64_t crates, std::int64_t bad, std::int64_t scanned);

// The fewest to scan for at least this chance. kInvalidArgument, naming the field: crates from 1 to
// kMostSampled, bad from 1 to crates and kMostSampledBad, confidence from 1 to 1000.
Result<std::int64_t> crates_to_scan(std::int64_t crates, std::int64_t bad,
                                    std::int64_t confidence_per_mille);

// Whole per mille, never more than it is.
std::int64_t floor_per_mille(const Share& chance);

}  // namespace quarrymark::custody
