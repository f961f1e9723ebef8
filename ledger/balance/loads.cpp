// What a load's papers say against what is recorded of it: container number (ISO 6346), verified
// gross mass (RULES.md, rule 21), packing list.
#include "ledger/balance/balance_defaults.h"
#include "ledger/balance/balancing.h"
#include "ledger/balance/doubting.h"
#include "ledger/balance/packing.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/json/reader.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

void doubt_container(const Event& event, const Transport& transport, Doubts& doubts) {
  if (transport.container.empty()) return;
  const int right = container_check_digit(transport.container);
  const char stated = transport.container.back();
  if (stated == static_cast<char>('0' + right)) return;
  doubts.push_back({"container_number_wrong", &event,
                    json::Object{{"container", transport.container}, {"expected", right}},
                    cat("container number ", transport.container, " of ", step_words(event),
                        " ends in ", stated, ", its check digit is ", right),
                    "look at the container's number again: one of its characters is wrong"});
}

void doubt_vgm(const Graph& graph, const Event& event, const Transport& transport, Doubts& doubts) {
  if (!transport.vgm || !transport.tare || event.outputs.empty()) return;
  Packing packing(graph);
  Wide parts = Wide{*transport.tare} + transport.packing.value_or(0);
  for (std::size_t i = 0; i < event.outputs.size(); ++i) {
    if (!event.outputs[i]) return;
    const StateRef state{event.id, static_cast<std::int32_t>(i)};
    const auto mass = load_mass(graph, packing, state, event.outputs[i]->amount, 0);
    if (!mass) return;
    parts += *mass;
  }
  if (parts >= json::kMaxInteger) return;
  const Wide difference = *transport.vgm > parts ? *transport.vgm - parts : parts - *transport.vgm;
  if (difference * 1000 <= parts * kVgmTolerancePerMille) return;
  const auto sum = static_cast<std::int64_t>(parts);
  doubts.push_back({"vgm_contradiction", &event,
                    json::Object{{"parts_g", sum}, {"vgm_g", *transport.vgm}},
                    cat("the load of ", step_words(event), " weighs ",
                        amount_text(sum, Unit::kGram), " by its parts and ",
                        amount_text(*transport.vgm, Unit::kGram), " by its verified gross mass"),
                    ""});
}

// Outputs that are not shown may be crates or not.
void doubt_count(const Event& event, const Transport& transport, Doubts& doubts) {
  if (!transport.crates || event.outputs.empty()) return;
  std::int64_t loaded = 0, hidden = 0;
  for (const auto& output : event.outputs) {
    if (!output)
      ++hidden;
    else if (holds_others(*output))
      ++loaded;
  }
  if (loaded <= *transport.crates && *transport.crates <= loaded + hidden) return;
  doubts.push_back({"count_contradiction", &event,
                    json::Object{{"listed", *transport.crates}, {"loaded", loaded}},
                    cat("the packing list of ", step_words(event), " counts ", *transport.crates,
                        " crates, ", loaded, " are recorded"),
                    ""});
}

}  // namespace

std::optional<Wide> load_mass(const Graph& graph, Packing& packing, const StateRef& state,
                              std::int64_t amount, int depth) {
  const Output* output = graph.output(graph.corrected(state));
  if (output == nullptr || depth > kMaxNesting) return std::nullopt;
  if (const auto mass = mass_of(*output, amount)) return mass;
  if (!holds_others(*output)) return std::nullopt;
  const auto held = packing.held_by(state);
  if (!held || held->empty()) return std::nullopt;
  Wide sum = 0;
  for (const Held& thing : *held) {
    const auto mass = load_mass(graph, packing, thing.state, thing.amount, depth + 1);
    if (!mass) return std::nullopt;
    sum += *mass;
  }
  return sum;
}

int container_check_digit(std::string_view number) {
  // Letters count 10, 12, 13 … without the multiples of 11; place i weighs 2^i.
  const auto value = [](char c) {
    if (c <= '9') return c - '0';
    int letter = 10;
    for (char before = 'A'; before < c; ++before)
      if (++letter % 11 == 0) ++letter;
    return letter;
  };
  int sum = 0;
  for (std::size_t i = 0; i < 10 && i < number.size(); ++i) sum += value(number[i]) << i;
  return sum % 11 % 10;
}

void doubt_load(const Graph& graph, const Event& event, Doubts& doubts) {
  if (event.type != EventType::kDispatch && event.type != EventType::kReceive &&
      event.type != EventType::kPack)
    return;
  const auto& transport = graph.corrected(event, &Event::transport);
  if (!transport) return;
  doubt_container(event, *transport, doubts);
  doubt_vgm(graph, event, *transport, doubts);
  doubt_count(event, *transport, doubts);
}

}  // namespace quarrymark::custody
