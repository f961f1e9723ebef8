#include "ledger/balance/balance.h"
#include "ledger/balance/balance_defaults.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"

#include <algorithm>
#include <array>

namespace quarrymark::custody {
namespace {

// Grams per mm³ times 1e6 is kg per m³.
std::int64_t density(std::int64_t grams, std::int64_t mm3) { return scaled(grams, 1'000'000, mm3); }

bool overlaps(std::int64_t low, std::int64_t high, std::int64_t min, std::int64_t max) {
  return low <= max && min <= high;
}

bool family_admits(const DensityRange& range, std::int64_t low, std::int64_t high) {
  return overlaps(low, high, range.min * (1000 - kDensityTolerancePerMille) / 1000,
                  range.max * (1000 + kDensityTolerancePerMille) / 1000);
}

const DensityRange* range_of(std::string_view family) {
  for (const DensityRange& range : kDensities)
    if (range.family == family) return &range;
  return nullptr;
}

bool plausible(std::int64_t mass, const Dimensions& gross, const Dimensions& net) {
  return overlaps(density(mass, gross.volume()), density(mass, net.volume()), kDensityWindowMin,
                  kDensityWindowMax);
}

// Tries the slips people make with one side of a block (DOMAIN §3): a factor of 10, 100 or 2.54,
// or two digits of one number swapped. Says which side and value would fit.
std::string suggest(std::int64_t mass, const Dimensions& gross, const Dimensions& net) {
  constexpr std::array<std::pair<std::int64_t, std::int64_t>, 6> factors = {
      {{10, 1}, {1, 10}, {100, 1}, {1, 100}, {254, 100}, {100, 254}}};
  constexpr std::array<std::string_view, 3> names = {"length", "width", "height"};
  const auto with_side = [](Dimensions d, std::size_t axis, std::int64_t value) {
    (axis == 0 ? d.l : axis == 1 ? d.w : d.h) = value;
    return d;
  };
  const auto try_value = [&](std::size_t axis, std::int64_t value) -> std::string {
    const std::int64_t allowance =
        side(gross, static_cast<int>(axis)) - side(net, static_cast<int>(axis));
    if (value < 1 || value + allowance > kMaxSide || value + allowance < 1) return {};
    if (!plausible(mass, with_side(gross, axis, value + allowance), with_side(net, axis, value)))
      return {};
    return cat("a ", names[axis], " of ", amount_text(value, Unit::kMillimetre), " would fit");
  };
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::string digits = std::to_string(side(net, static_cast<int>(axis)) / 10);  // typed in cm
    for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
      for (std::size_t j = i + 1; j < digits.size(); ++j) {
        std::string swapped = digits;
        std::swap(swapped[i], swapped[j]);
        if (swapped == digits || swapped[0] == '0') continue;
        if (auto text = try_value(axis, std::stoll(swapped) * 10); !text.empty()) return text;
      }
    }
  }
  for (std::size_t axis = 0; axis < 3; ++axis)
    for (const auto& [up, down] : factors)
      if (auto text = try_value(axis, scaled(side(net, static_cast<int>(axis)), up, down));
          !text.empty())
        return text;
  return {};
}

}  // namespace

std::optional<DensityCheck> check_density(const Graph& graph, const StateRef& block) {
  const Event* event = graph.event(block.event);
  if (event == nullptr) return std::nullopt;
  const Output* output = graph.output(graph.corrected(block));
  if (output == nullptr || output->kind != ItemKind::kBlock || !output->measure.mass ||
      (!output->measure.gross && !output->measure.net))
    return std::nullopt;
  const Dimensions gross = output->measure.gross.value_or(*output->measure.net);
  const Dimensions net = output->measure.net.value_or(gross);
  const std::int64_t mass = *output->measure.mass;
  DensityCheck check;
  check.event = event;
  check.out = block.out;
  check.lowest = density(mass, gross.volume());
  check.highest = density(mass, net.volume());
  const Shown<Stone>& stone = graph.corrected(*event, &Event::stone);
  if (stone) check.family = stone->family;
  const DensityRange* range = range_of(check.family);
  const bool in_window =
      overlaps(check.lowest, check.highest, kDensityWindowMin, kDensityWindowMax);
  check.contradicts =
      range != nullptr ? !family_admits(*range, check.lowest, check.highest) : !in_window;
  for (const DensityRange& other : kDensities)
    if (other.family != check.family && family_admits(other, check.lowest, check.highest))
      check.also_admits.emplace_back(other.family);
  if (!in_window) check.suggestion = suggest(mass, gross, net);
  return check;
}

std::string density_text(std::int64_t kg_per_m3) {
  const std::int64_t hundredths = (kg_per_m3 + 5) / 10;
  return cat(hundredths / 100, '.', static_cast<char>('0' + hundredths % 100 / 10),
             static_cast<char>('0' + hundredths % 10));
}

}  // namespace quarrymark::custody
