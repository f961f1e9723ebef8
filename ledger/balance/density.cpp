#include "ledger/balance/balance.h"
#include "ledger/balance/balance_defaults.h"
#include "ledger/balance/balancing.h"
#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

bool overlaps(std::int64_t low, std::int64_t high, std::int64_t min, std::int64_t max) {
  return low <= max && min <= high;
}

// With the tolerance for scales and tapes.
DensityRange tolerant(const DensityRange& range) {
  return {range.family, range.min * (1000 - kDensityTolerancePerMille) / 1000,
          range.max * (1000 + kDensityTolerancePerMille) / 1000};
}

bool family_admits(const DensityRange& range, std::int64_t low, std::int64_t high) {
  const DensityRange widened = tolerant(range);
  return overlaps(low, high, widened.min, widened.max);
}

const DensityRange* range_of(std::string_view family) {
  for (const DensityRange& range : kDensities)
    if (range.family == family) return &range;
  return nullptr;
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
  check.lowest = density_of(mass, gross.volume());
  check.highest = density_of(mass, net.volume());
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
  // What is no stone at all is a slip; what brings it to the stone it is said to be may be meant.
  const DensityRange meant =
      range != nullptr ? tolerant(*range) : DensityRange{"", kDensityWindowMin, kDensityWindowMax};
  if (!in_window) check.suggestion = suggested_measure(mass, gross, net, meant.min, meant.max);
  return check;
}

std::string density_text(std::int64_t kg_per_m3) {
  const std::int64_t hundredths = (kg_per_m3 + 5) / 10;
  return cat(hundredths / 100, '.', static_cast<char>('0' + hundredths % 100 / 10),
             static_cast<char>('0' + hundredths % 10));
}

}  // namespace quarrymark::custody
