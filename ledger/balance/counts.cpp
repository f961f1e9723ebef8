// Counted amounts that may not grow: portions of what was drawn, what a pack holds and gives back,
// and what is remade. A node refuses these when it records; a reader cannot count on that.
#include "ledger/balance/balancing.h"
#include "ledger/balance/packing.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace quarrymark::custody {
namespace {

using Checks = std::vector<YieldCheck>;

void add_if_over(const Event& event, std::string_view what, Unit unit, Wide count, Wide limit,
                 Checks& checks) {
  if (count <= limit) return;
  auto check = compared({&event}, cat(unit == Unit::kPiece ? "pieces " : "of stone ", what), unit,
                        count, limit);
  if (check) checks.push_back(std::move(*check));
}

// Amounts of batches add up by unit and size, as sizes tell products apart.
struct Product {
  Unit unit;
  std::optional<Dimensions> size;
  auto key() const {
    const Dimensions d = size.value_or(Dimensions{});
    return std::tuple(unit, d.l, d.w, d.h);
  }
  bool operator<(const Product& other) const { return key() < other.key(); }
};
Product product_of(const Output& output) { return {output.unit, output.measure.size}; }
using Amounts = std::map<Product, Wide>;

void check_portions(const Graph& graph, const Event& split, Checks& checks) {
  Amounts drawn, made;
  for (const Input& input : split.inputs) {
    const Output* output = graph.output(input.state);
    if (output == nullptr) return;
    if (output->kind == ItemKind::kBatch) drawn[product_of(*output)] += input.amount;
  }
  const Outputs outputs = made_by(graph, split);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    if (outputs[i] != nullptr && outputs[i]->kind == ItemKind::kBatch &&
        !remainder_of_input(graph, split, outputs, i))
      made[product_of(*outputs[i])] += outputs[i]->amount;
  for (const auto& [product, amount] : made)
    if (const auto from = drawn.find(product); from != drawn.end())
      add_if_over(split, "portioned out of what was drawn", product.unit, amount, from->second,
                  checks);
}

// A pack makes crates and bundles. Anything else it claims to make is what it put in, or made up.
void check_packed_product(const Graph& graph, const Event& pack, std::size_t out, Checks& checks) {
  const Output& made = *pack.outputs[out];
  if (holds_others(made) || remainder_of_input(graph, pack, outputs_of(pack), out)) return;
  Wide held = 0;
  for (const Content& content : made.contents) {
    if (content.in < 0 || static_cast<std::size_t>(content.in) >= pack.inputs.size()) continue;
    const Output* source = graph.output(pack.inputs[static_cast<std::size_t>(content.in)].state);
    if (source != nullptr && source->kind == made.kind &&
        !(product_of(*source) < product_of(made)) && !(product_of(made) < product_of(*source)))
      held += content.amount;
  }
  add_if_over(pack, "packed out of what was drawn", made.unit, made.amount, held, checks);
}

void check_pack(const Graph& graph, const Event& pack, Checks& checks) {
  std::vector<Wide> packed(pack.inputs.size(), 0);
  Wide hidden = 0, room = 0;
  for (std::size_t out = 0; out < pack.outputs.size(); ++out) {
    const auto& output = pack.outputs[out];
    if (!output) {
      ++hidden;
      continue;
    }
    check_packed_product(graph, pack, out, checks);
    for (const Content& content : output->contents)
      if (content.in >= 0 && static_cast<std::size_t>(content.in) < packed.size())
        packed[static_cast<std::size_t>(content.in)] += content.amount;
  }
  for (std::size_t i = 0; i < pack.inputs.size(); ++i) {
    const Output* source = graph.output(pack.inputs[i].state);
    const std::int64_t drawn = pack.inputs[i].amount;
    room += std::max<Wide>(drawn - packed[i], 0);
    // The rest of a part draw may be one of the outputs that are not shown.
    if (source != nullptr && drawn < source->amount) ++room;
    add_if_over(pack, "packed out of what was drawn", source ? source->unit : Unit::kPiece,
                packed[i], drawn, checks);
  }
  // Whatever is not shown holds at least one of something.
  if (hidden > room)
    add_if_over(pack, "not shown, or more, packed out of what was left", Unit::kPiece, hidden, room,
                checks);
}

// The same thing is no larger after a step than before. Blocks are held to the block they come
// from.
void check_thing_volume(const Event& event, std::string_view what, const Output& before,
                        const Output& after, Checks& checks) {
  if (before.kind == ItemKind::kBlock) return;
  const auto was = net_volume_of(before, before.amount);
  const auto is = net_volume_of(after, after.amount);
  if (was && is)
    add_if_over(event, cat(what, ", by volume"), Unit::kCubicMillimetre, *is, *was, checks);
}

// What the packs behind the crates consumed: batches by product, things by item.
struct Packed {
  Amounts batches;
  std::map<std::string, std::vector<const Output*>> things;

  void add(const Output& output, std::int64_t amount) {
    if (output.kind == ItemKind::kBatch)
      batches[product_of(output)] += amount;
    else
      things[output.item].push_back(&output);
  }
};

// Nullopt: what went in is not shown, or begins with who states it.
std::optional<Packed> packed_in(const Graph& graph, const Event& unpack) {
  Packed packed;
  Packing packing(graph);
  for (const Input& input : unpack.inputs) {
    const Output* output = graph.output(input.state);
    if (output == nullptr) return std::nullopt;
    if (!holds_others(*output)) {
      packed.add(*output, input.amount);  // not a crate: it holds itself
      continue;
    }
    const auto& held = packing.held_by(input.state);
    if (!held) return std::nullopt;
    for (const Held& thing : *held) {
      const Output* source = graph.output(thing.state);
      if (source == nullptr) return std::nullopt;
      packed.add(*source, thing.amount);
    }
  }
  return packed;
}

void check_unpack(const Graph& graph, const Event& unpack, Checks& checks) {
  constexpr std::string_view what = "unpacked out of what was packed";
  auto packed = packed_in(graph, unpack);
  if (!packed) return;
  Amounts made;
  Checks grown;
  Wide things = 0, known = 0;
  for (const Output* output : made_by(graph, unpack)) {
    if (output == nullptr) continue;
    if (output->kind == ItemKind::kBatch) {
      made[product_of(*output)] += output->amount;
      continue;
    }
    ++things;
    auto& sources = packed->things[output->item];
    if (sources.empty()) continue;
    ++known;
    check_thing_volume(unpack, what, *sources.front(), *output, grown);
    sources.erase(sources.begin());
  }
  for (const auto& [product, amount] : made)
    add_if_over(unpack, what, product.unit, amount, packed->batches[product], checks);
  add_if_over(unpack, what, Unit::kPiece, things, known, checks);
  for (YieldCheck& check : grown) checks.push_back(std::move(check));
}

// A remake hands on what it took, a void gives back what was taken, also after a correction of it.
void check_remake(const Graph& graph, const Event& event, Checks& checks) {
  constexpr std::string_view what = "handed on out of what was taken";
  const Event* first = event.type == EventType::kCorrect ? graph.first(event) : &event;
  if (!first->remakes() && first->type != EventType::kVoid) return;
  for (std::size_t out = 0; out < event.outputs.size(); ++out) {
    const auto state = same_before(graph, event, static_cast<std::int32_t>(out));
    const Output* before = state ? graph.output(*state) : nullptr;
    const auto& after = event.outputs[out];
    if (before == nullptr || !after || before->kind == ItemKind::kBlock) continue;
    if (before->unit == after->unit)
      add_if_over(event, what, after->unit, after->amount, before->amount, checks);
    check_thing_volume(event, what, *before, *after, checks);
  }
}

}  // namespace

std::vector<YieldCheck> check_counts(const Graph& graph) {
  Checks checks;
  for (const Event* event : graph.events()) {
    switch (event->type) {
      case EventType::kSplit:
        check_portions(graph, *event, checks);
        break;
      case EventType::kPack:
        check_pack(graph, *event, checks);
        break;
      case EventType::kUnpack:
        check_unpack(graph, *event, checks);
        break;
      default:
        check_remake(graph, *event, checks);
    }
  }
  return checks;
}

}  // namespace quarrymark::custody
