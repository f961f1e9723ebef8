#include "ledger/balance/doubts.h"

#include "ledger/balance/balance.h"
#include "ledger/balance/balance_defaults.h"
#include "ledger/balance/balancing.h"
#include "ledger/balance/doubting.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

std::string block_name(const Output& block) {
  return block.aliases.empty() ? "the block"
                               : cat("block ", visible_text(block.aliases.front(), 100));
}

// Stone of the lightest kind it may be, and still up to four fifths of its box (EN 1467).
void doubt_shape(const Event& event, const Output& block, const std::string& family,
                 Doubts& doubts) {
  if (!block.measure.mass || !block.measure.gross) return;
  std::int64_t lightest = kDensityWindowMin;
  for (const DensityRange& range : kDensities)
    if (range.family == family) lightest = range.min;
  // g of a full box: mm³ × kg/m³ ÷ 1e6.
  const Wide box = Wide{block.measure.gross->volume()} * lightest;
  const Wide mass = Wide{*block.measure.mass} * 1'000'000;
  if (mass * 1000 > box * kShapelessPerMille) return;
  const auto filled = static_cast<std::int64_t>(mass * 1000 / box);
  doubts.push_back({"shapeless_block", &event, json::Object{{"filled_per_mille", filled}},
                    cat(block_name(block), " fills at most ", filled / 10,
                        " % of its gross box, so it is shapeless by EN 1467"),
                    "sell it by mass, or look at its measures again"});
}

void doubt_block(const Graph& graph, const Event& event, std::int32_t out, Doubts& doubts) {
  const StateRef state{event.id, out};
  const Output* block = graph.output(graph.corrected(state));
  const auto check = check_density(graph, state);
  if (block == nullptr || !check) return;
  if (!check->contradicts) return doubt_shape(event, *block, check->family, doubts);
  doubts.push_back(
      {"density_contradiction", &event,
       json::Object{{"highest_kg_per_m3", check->highest}, {"lowest_kg_per_m3", check->lowest}},
       cat("the weight and size of ", block_name(*block), " imply ", density_text(check->lowest),
           " to ", density_text(check->highest), " t/m³, which is not ",
           check->family.empty() ? "any stone" : check->family),
       suggested_measure(*block, check->family)});
}

void doubt_yields(const std::vector<YieldCheck>& yields, const Event& event, Doubts& doubts) {
  if (event.type != EventType::kSplit && event.type != EventType::kPack &&
      event.type != EventType::kUnpack)
    return;
  for (const YieldCheck& check : yields) {
    if ((!check.over() && !check.above_expected()) ||
        std::find(check.splits.begin(), check.splits.end(), &event) == check.splits.end())
      continue;
    doubts.push_back({yield_code(check), &event, yield_facts(check), yield_words(check), ""});
  }
}

}  // namespace

std::string step_words(const Event& event) {
  return cat("the ", event_type_name(event.type), " of ", claimed_day(event));
}

std::string claimed_day(const Event& event) { return event.at.substr(0, 10); }

const Event* site_of(const Graph& graph, const Event& event) {
  const auto& place = graph.corrected(event, &Event::place);
  if (!place) return nullptr;
  const auto id = EventId::parse(place->site);
  const Event* site = id ? graph.event(*id) : nullptr;
  return site != nullptr && site->type == EventType::kSite ? site : nullptr;
}

std::string site_name(const Graph& graph, const Event& site) {
  const auto& facts = graph.corrected(site, &Event::site);
  return facts && !facts->name.empty() ? visible_text(facts->name, 100) : "a site";
}

void doubt_measures(const Graph& graph, const std::vector<YieldCheck>& yields, const Event& event,
                    Doubts& doubts) {
  if (event.type == EventType::kExtract || event.type == EventType::kAcquire)
    for (std::size_t out = 0; out < event.outputs.size(); ++out)
      doubt_block(graph, event, static_cast<std::int32_t>(out), doubts);
  doubt_yields(yields, event, doubts);
}

std::vector<Doubt> chain_doubts(const Graph& graph, const Event& event) {
  Doubts doubts;
  if (is_voided(graph, event)) return doubts;
  if (event.type != EventType::kCorrect && event.type != EventType::kVoid) {
    doubt_calendar(graph, event, doubts);
    doubt_load(graph, event, doubts);
  }
  doubt_order(graph, event, doubts);
  doubt_travel(graph, event, doubts);
  return doubts;
}

std::vector<Doubt> recording_doubts(const Graph& graph, const std::vector<YieldCheck>& yields,
                                    const Event& event) {
  Doubts doubts;
  const Event* first = event.type == EventType::kCorrect ? graph.first(event) : &event;
  if (is_voided(graph, *first)) return doubts;
  doubt_measures(graph, yields, *first, doubts);
  if (first != &event) doubt_order(graph, event, doubts);
  for (Doubt& doubt : chain_doubts(graph, *first)) doubts.push_back(std::move(doubt));
  return doubts;
}

}  // namespace quarrymark::custody
