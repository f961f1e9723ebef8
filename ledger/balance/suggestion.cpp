// Slips people make with a measure (DOMAIN §3): a wrong unit, or two digits of one number swapped.
#include "ledger/balance/balance_defaults.h"
#include "ledger/balance/balancing.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace quarrymark::custody {
namespace {

constexpr std::array<std::string_view, 3> kSides = {"length", "width", "height"};
// mm, cm, m and inches taken for one another; g, kg and t.
constexpr std::array<std::pair<std::int64_t, std::int64_t>, 6> kSideFactors = {
    {{10, 1}, {1, 10}, {100, 1}, {1, 100}, {254, 100}, {100, 254}}};
constexpr std::array<std::pair<std::int64_t, std::int64_t>, 6> kMassFactors = {
    {{10, 1}, {1, 10}, {100, 1}, {1, 100}, {1000, 1}, {1, 1000}}};
constexpr std::int64_t kMostGrams = 1'000'000'000'000;

struct Measured {
  std::int64_t mass;
  Dimensions gross, net;
};

Dimensions with_side(Dimensions box, std::size_t axis, std::int64_t value) {
  (axis == 0 ? box.l : axis == 1 ? box.w : box.h) = value;
  return box;
}

// Calls `visit` with every value that swapping two digits of a number as it was typed gives;
// `typed`: how many base units its last digit counts.
template <class Visit>
void for_each_swap(std::int64_t value, std::int64_t typed, Visit visit) {
  const std::string digits = std::to_string(value / typed);
  for (std::size_t i = 0; i + 1 < digits.size(); ++i)
    for (std::size_t j = i + 1; j < digits.size(); ++j) {
      std::string swapped = digits;
      std::swap(swapped[i], swapped[j]);
      if (swapped != digits && swapped[0] != '0') visit(std::stoll(swapped) * typed);
    }
}

// Of all slips that would explain the measures, the one that leaves a block of a weight that is
// traded, and of these the most cube-like: a length of 26 m fits as well as a height of 1.45 m, and
// nobody lifts it. The first of equals.
class Suggesting {
 public:
  Suggesting(Measured measured, std::int64_t min, std::int64_t max)
      : stated_(measured), min_(min), max_(max) {}

  std::string find() {
    for (std::size_t axis = 0; axis < kSides.size(); ++axis) {
      const std::int64_t value = side(stated_.net, static_cast<int>(axis));
      for_each_swap(value, value % 10 == 0 ? 10 : 1,
                    [&](std::int64_t swapped) { try_side(axis, swapped); });
    }
    for_each_swap(stated_.mass, last_digit(stated_.mass),
                  [&](std::int64_t swapped) { try_mass(swapped); });
    for (std::size_t axis = 0; axis < kSides.size(); ++axis)
      for (const auto& [up, down] : kSideFactors)
        try_side(axis, scaled(side(stated_.net, static_cast<int>(axis)), up, down));
    for (const auto& [up, down] : kMassFactors) try_mass(scaled(stated_.mass, up, down));
    for (const auto& [up, down] : kSideFactors) try_all_sides(up, down);
    return text_;
  }

 private:
  void consider(const Measured& measured, const std::string& text) {
    if (density_of(measured.mass, measured.gross.volume()) > max_ ||
        density_of(measured.mass, measured.net.volume()) < min_)
      return;
    const auto [shortest, longest] = std::minmax({measured.net.l, measured.net.w, measured.net.h});
    const bool likely =
        kLikelyBlockMinGrams <= measured.mass && measured.mass <= kLikelyBlockMaxGrams;
    if (!text_.empty() &&
        (likely_ > likely || (likely_ == likely && longest * shortest_ >= longest_ * shortest)))
      return;
    text_ = text;
    likely_ = likely;
    shortest_ = shortest;
    longest_ = longest;
  }

  // The allowance between gross and net stays what it was.
  void try_side(std::size_t axis, std::int64_t value) {
    const int number = static_cast<int>(axis);
    const std::int64_t outer = value + side(stated_.gross, number) - side(stated_.net, number);
    if (value < 1 || value > kMaxSide || outer < 1 || outer > kMaxSide) return;
    consider(
        {stated_.mass, with_side(stated_.gross, axis, outer), with_side(stated_.net, axis, value)},
        cat("a ", kSides[axis], " of ", amount_text(value, Unit::kMillimetre), " would fit"));
  }

  void try_mass(std::int64_t value) {
    if (value < 1 || value > kMostGrams) return;
    consider({value, stated_.gross, stated_.net},
             cat("a mass of ", amount_text(value, Unit::kGram), " would fit"));
  }

  void try_all_sides(std::int64_t up, std::int64_t down) {
    Measured tried = stated_;
    for (Dimensions* box : {&tried.gross, &tried.net})
      for (std::int64_t* each : {&box->l, &box->w, &box->h}) {
        *each = scaled(*each, up, down);
        if (*each < 1 || *each > kMaxSide) return;
      }
    consider(tried, cat("sides of ", amount_text(tried.net.l, Unit::kMillimetre), " × ",
                        amount_text(tried.net.w, Unit::kMillimetre), " × ",
                        amount_text(tried.net.h, Unit::kMillimetre), " would fit"));
  }

  // People type tonnes or kilograms, so zeros at the end were not typed.
  static std::int64_t last_digit(std::int64_t grams) {
    std::int64_t typed = 1;
    while (grams > 0 && grams % (typed * 10) == 0) typed *= 10;
    return typed;
  }

  const Measured stated_;
  const std::int64_t min_, max_;
  bool likely_ = false;
  std::int64_t shortest_ = 1, longest_ = 1;
  std::string text_;
};

}  // namespace

std::int64_t density_of(std::int64_t grams, std::int64_t mm3) {
  return scaled(grams, 1'000'000, mm3);  // g per mm³ times 1e6 is kg per m³
}

std::string suggested_measure(const Output& block, std::string_view family) {
  const Measure& measure = block.measure;
  if (!measure.mass || (!measure.gross && !measure.net)) return {};
  const Dimensions gross = measure.gross.value_or(*measure.net);
  const Dimensions net = measure.net.value_or(gross);
  const std::int64_t mass = *measure.mass;
  if (mass < 1 || mass > kMostGrams) return {};
  if (density_of(mass, gross.volume()) <= kDensityWindowMax &&
      density_of(mass, net.volume()) >= kDensityWindowMin)
    return {};
  std::int64_t min = kDensityWindowMin, max = kDensityWindowMax;
  for (const DensityRange& range : kDensities)
    if (range.family == family) {
      min = range.min * (1000 - kDensityTolerancePerMille) / 1000;
      max = range.max * (1000 + kDensityTolerancePerMille) / 1000;
    }
  return Suggesting({mass, gross, net}, min, max).find();
}

}  // namespace quarrymark::custody
