// Counted amounts that may not grow: portions of what was drawn, what a pack holds and gives back,
// and what is remade. A node refuses these when it records; a reader cannot count on that.
#include "ledger/base/text.h"
#include "ledger/custody/balancing.h"
#include "ledger/custody/measures.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>

namespace quarrymark::custody {
namespace {

using Checks = std::vector<YieldCheck>;

void add_if_over(const Event& event, std::string_view what, Unit unit, std::int64_t count,
                 std::int64_t limit, Checks& checks) {
  if (count <= limit) return;
  YieldCheck check;
  check.splits = {&event};
  check.what = cat(unit == Unit::kPiece ? "pieces " : "of stone ", what);
  check.unit = unit;
  check.count = count;
  check.limit = limit;
  checks.push_back(std::move(check));
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
using Amounts = std::map<Product, std::int64_t>;

void check_portions(const Graph& graph, const Event& split, Checks& checks) {
  Amounts drawn, made;
  for (const Input& input : split.inputs) {
    const Output* output = graph.output(input.state);
    if (output == nullptr) return;
    if (output->kind == ItemKind::kBatch) drawn[product_of(*output)] += input.amount;
  }
  for (const Output* output : made_by(graph, split))
    if (output != nullptr && output->kind == ItemKind::kBatch &&
        !remainder_of_input(graph, split, *output))
      made[product_of(*output)] += output->amount;
  for (const auto& [product, amount] : made)
    if (const auto from = drawn.find(product); from != drawn.end())
      add_if_over(split, "portioned out of what was drawn", product.unit, amount, from->second,
                  checks);
}

// A pack makes crates and bundles. Anything else it claims to make is what it put in, or made up.
void check_packed_product(const Graph& graph, const Event& pack, const Output& made,
                          Checks& checks) {
  if (made.kind == ItemKind::kCrate || made.kind == ItemKind::kBundle ||
      remainder_of_input(graph, pack, made))
    return;
  std::int64_t held = 0;
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
  std::vector<std::int64_t> packed(pack.inputs.size(), 0);
  std::int64_t hidden = 0, room = 0;
  for (const auto& output : pack.outputs) {
    if (!output) {
      ++hidden;
      continue;
    }
    check_packed_product(graph, pack, *output, checks);
    for (const Content& content : output->contents)
      if (content.in >= 0 && static_cast<std::size_t>(content.in) < packed.size())
        packed[static_cast<std::size_t>(content.in)] += content.amount;
  }
  for (std::size_t i = 0; i < pack.inputs.size(); ++i) {
    const Output* source = graph.output(pack.inputs[i].state);
    const std::int64_t drawn = pack.inputs[i].amount;
    room += std::max<std::int64_t>(drawn - packed[i], 0);
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

// What the packs behind the crates consumed: batches by product, things by item.
struct Packed {
  Amounts batches;
  std::map<std::string, std::int64_t> things;
};

std::optional<Packed> packed_in(const Graph& graph, const Event& unpack) {
  Packed packed;
  for (const Input& input : unpack.inputs) {
    const auto state = packed_state(graph, input.state);
    if (!state) return std::nullopt;
    const Event& pack = *graph.event(state->event);
    const Output* crate = graph.output(*state);
    if (crate == nullptr) return std::nullopt;
    for (const Content& content : crate->contents) {
      if (content.in < 0 || static_cast<std::size_t>(content.in) >= pack.inputs.size()) continue;
      const Output* source = graph.output(pack.inputs[static_cast<std::size_t>(content.in)].state);
      if (source == nullptr) return std::nullopt;
      if (source->kind == ItemKind::kBatch)
        packed.batches[product_of(*source)] += content.amount;
      else
        packed.things[source->item] += content.amount;
    }
  }
  return packed;
}

void check_unpack(const Graph& graph, const Event& unpack, Checks& checks) {
  auto packed = packed_in(graph, unpack);
  if (!packed) return;
  Amounts made;
  std::int64_t things = 0, known = 0;
  for (const Output* output : made_by(graph, unpack)) {
    if (output == nullptr) continue;
    if (output->kind == ItemKind::kBatch) {
      made[product_of(*output)] += output->amount;
      continue;
    }
    ++things;
    if (auto found = packed->things.find(output->item);
        found != packed->things.end() && found->second > 0) {
      --found->second;
      ++known;
    }
  }
  for (const auto& [product, amount] : made)
    add_if_over(unpack, "unpacked out of what was packed", product.unit, amount,
                packed->batches[product], checks);
  add_if_over(unpack, "unpacked out of what was packed", Unit::kPiece, things, known, checks);
}

// A remake hands on what it took, also after a correction of it.
void check_remake(const Graph& graph, const Event& event, Checks& checks) {
  const Event* first = graph.first(event);
  const bool corrects = event.type == EventType::kCorrect;
  if (!event.remakes() && !(corrects && (first->remakes() || first->type == EventType::kVoid)))
    return;
  const std::size_t offset = corrects ? 1 : 0;
  for (std::size_t i = 0; i < event.outputs.size() && i + offset < event.inputs.size(); ++i) {
    const Output* before = graph.output(event.inputs[i + offset].state);
    const auto& after = event.outputs[i];
    if (before == nullptr || !after || before->kind == ItemKind::kBlock) continue;
    if (before->unit == after->unit)
      add_if_over(event, "handed on out of what was taken", after->unit, after->amount,
                  before->amount, checks);
    const auto volume_before = net_volume_of(*before, before->amount);
    const auto volume_after = net_volume_of(*after, after->amount);
    if (volume_before && volume_after)
      add_if_over(event, "handed on out of what was taken, by volume", Unit::kCubicMillimetre,
                  *volume_after, *volume_before, checks);
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
