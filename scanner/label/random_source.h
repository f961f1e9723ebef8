// Where random bytes come from. The caller hands in the system's source; tests hand in a
// repeatable one. scanner may not reach into ledger/crypto, hence a parameter.
#pragma once

#include <cstdint>
#include <functional>
#include <span>

namespace quarrymark::label {

// Fills the whole span with random bytes.
using RandomSource = std::function<void(std::span<std::uint8_t>)>;

}  // namespace quarrymark::label
