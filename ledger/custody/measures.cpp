#include "ledger/custody/measures.h"

#include "ledger/base/text.h"

namespace quarrymark::custody {
namespace {

// One piece's volume times a count, or the amount itself where the unit is volume.
std::optional<Wide> product_volume(const Output& output, std::int64_t amount) {
  if (output.unit == Unit::kCubicMillimetre) return amount;
  if (!output.measure.size) return std::nullopt;
  const Dimensions& size = *output.measure.size;
  if (output.unit == Unit::kPiece) return static_cast<Wide>(size.volume()) * amount;
  if (output.unit == Unit::kSquareMillimetre) return static_cast<Wide>(amount) * size.h;
  return std::nullopt;
}

// The part of `whole` that `amount` of `output.amount` is.
Wide part_of(std::int64_t whole, const Output& output, std::int64_t amount) {
  return static_cast<Wide>(whole) * amount / output.amount;
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

std::optional<Wide> mass_of(const Output& output, std::int64_t amount) {
  // What was weighed as an amount may have been weighed again; the newer figure is a measure.
  if (output.measure.mass) return part_of(*output.measure.mass, output, amount);
  if (output.unit == Unit::kGram) return amount;
  return std::nullopt;
}

std::optional<Wide> net_volume_of(const Output& output, std::int64_t amount) {
  if (output.measure.net) return part_of(output.measure.net->volume(), output, amount);
  return product_volume(output, amount);
}

std::optional<Wide> gross_volume_of(const Output& output, std::int64_t amount) {
  if (output.measure.gross) return part_of(output.measure.gross->volume(), output, amount);
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
