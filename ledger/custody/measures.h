// Mass and volume of a part of an item, from what its measure says.
#pragma once

#include "ledger/custody/item.h"
#include "ledger/custody/wide.h"

#include <optional>

namespace quarrymark::custody {

// All for `amount` of `output.amount`; nullopt when the measure does not tell. Exact, however
// absurd: a side times a side times a side times an amount fits.
std::optional<Wide> mass_of(const Output& output, std::int64_t amount);        // g
std::optional<Wide> net_volume_of(const Output& output, std::int64_t amount);  // mm³
// The most it can hold: gross dimensions where they are known, else as net. mm³.
std::optional<Wide> gross_volume_of(const Output& output, std::int64_t amount);

// The side of a block that an axis names: 0 length, 1 width, 2 height.
std::int64_t side(const Dimensions& dimensions, int axis);

// `value` × `part` ÷ `whole` without overflow, rounded down.
std::int64_t scaled(std::int64_t value, std::int64_t part, std::int64_t whole);

// "63.36 m²", "160 pieces", "25.96 t", for people; two decimals where the base unit is small.
std::string amount_text(std::int64_t amount, Unit unit);

}  // namespace quarrymark::custody
