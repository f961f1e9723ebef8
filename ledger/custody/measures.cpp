#include "ledger/custody/measures.h"

#include "ledger/base/text.h"
#include "ledger/custody/wide.h"

namespace quarrymark::custody {
namespace {

// One piece's volume times a count, or the amount itself where the unit is volume.
std::optional<std::int64_t> product_volume(const Output& output, std::int64_t amount) {
  if (output.unit == Unit::kCubicMillimetre) return amount;
  if (!output.measure.size) return std::nullopt;
  const Dimensions& size = *output.measure.size;
  if (output.unit == Unit::kPiece) {
    const auto volume = static_cast<Wide>(size.volume()) * amount;
    if (volume > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(volume);
  }
  if (output.unit == Unit::kSquareMillimetre) {
    const auto volume = static_cast<Wide>(amount) * size.h;
    if (volume > INT64_MAX) return std::nullopt;
    return static_cast<std::int64_t>(volume);
  }
  return std::nullopt;
}

std::string with_decimals(std::int64_t amount, std::int64_t unit) {
  const std::int64_t hundredths = scaled(amount, 100, unit);
  const bool up =
      static_cast<Wide>(amount) * 100 * 2 >= (static_cast<Wide>(hundredths) * 2 + 1) * unit;
  const std::int64_t rounded = hundredths + (up ? 1 : 0);
  std::string text = cat(rounded / 100);
  if (rounded % 100 != 0) {
    text += cat('.', static_cast<char>('0' + rounded % 100 / 10));
    if (rounded % 10 != 0) text += static_cast<char>('0' + rounded % 10);
  }
  return text;
}

}  // namespace

std::int64_t scaled(std::int64_t value, std::int64_t part, std::int64_t whole) {
  return static_cast<std::int64_t>(static_cast<Wide>(value) * part / whole);
}

std::int64_t side(const Dimensions& dimensions, int axis) {
  return axis == 0 ? dimensions.l : axis == 1 ? dimensions.w : dimensions.h;
}

std::optional<std::int64_t> mass_of(const Output& output, std::int64_t amount) {
  if (output.unit == Unit::kGram) {
    // What was weighed as an amount may have been weighed again; the newer figure is a measure.
    return output.measure.mass ? scaled(*output.measure.mass, amount, output.amount) : amount;
  }
  if (!output.measure.mass) return std::nullopt;
  return scaled(*output.measure.mass, amount, output.amount);
}

std::optional<std::int64_t> net_volume_of(const Output& output, std::int64_t amount) {
  if (output.measure.net) return scaled(output.measure.net->volume(), amount, output.amount);
  return product_volume(output, amount);
}

std::optional<std::int64_t> gross_volume_of(const Output& output, std::int64_t amount) {
  if (output.measure.gross) return scaled(output.measure.gross->volume(), amount, output.amount);
  return net_volume_of(output, amount);
}

std::string amount_text(std::int64_t amount, Unit unit) {
  switch (unit) {
    case Unit::kPiece:
      return cat(amount, amount == 1 ? " piece" : " pieces");
    case Unit::kGram:
      return cat(with_decimals(amount, 1'000'000), " t");
    case Unit::kMillimetre:
      return cat(with_decimals(amount, 1000), " m");
    case Unit::kSquareMillimetre:
      return cat(with_decimals(amount, 1'000'000), " m²");
    case Unit::kCubicMillimetre:
      return cat(with_decimals(amount, 1'000'000'000), " m³");
  }
  return {};
}

}  // namespace quarrymark::custody
