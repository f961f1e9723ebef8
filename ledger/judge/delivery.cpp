#include "ledger/judge/delivery.h"

#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/json/reader.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

constexpr int kMaxNesting = 16;  // crates within bundles within …
constexpr std::size_t kMaxPortions = 100'000;

// An amount that is too large for a number of JSON is not told.
std::optional<std::int64_t> told(const std::optional<Wide>& amount) {
  if (!amount || *amount > json::kMaxInteger) return std::nullopt;
  return static_cast<std::int64_t>(*amount);
}

void collect(const Graph& graph, const StateRef& state, std::int64_t amount,
             std::optional<StateRef> member, int depth, std::vector<Portion>& out) {
  const Output* output = graph.output(state);
  if (output == nullptr || out.size() >= kMaxPortions) return;
  const bool holds_others = output->kind == ItemKind::kCrate || output->kind == ItemKind::kBundle;
  const auto packed = holds_others ? packed_state(graph, state) : std::nullopt;
  // What a crate holds stands in the output of its pack, and that may be withheld.
  const Output* crate = packed ? graph.output(*packed) : nullptr;
  if (crate == nullptr || depth >= kMaxNesting) {
    out.push_back(Portion{member, amount, output->unit, output->measure.size,
                          told(mass_of(*output, amount))});
    return;
  }
  const Event& pack = *graph.event(packed->event);
  for (const Content& content : crate->contents) {
    if (content.in < 0 || static_cast<std::size_t>(content.in) >= pack.inputs.size()) continue;
    const StateRef source = pack.inputs[static_cast<std::size_t>(content.in)].state;
    const Output* inside = graph.output(source);
    const bool own_unit = !member && inside != nullptr && is_labelled_thing(*inside);
    collect(graph, source, content.amount, own_unit ? std::optional(source) : member, depth + 1,
            out);
  }
}

// A portion in another unit; nullopt when its measures do not tell.
std::optional<std::int64_t> converted(const Portion& portion, Unit unit, std::int64_t joint) {
  if (portion.unit == unit && (unit != Unit::kSquareMillimetre || joint == 0))
    return portion.amount;
  if (unit == Unit::kGram) return portion.mass;
  if (portion.unit != Unit::kPiece || !portion.size) return std::nullopt;
  std::int64_t each = 0;
  if (unit == Unit::kSquareMillimetre)
    each = (portion.size->l + joint) * (portion.size->w + joint);
  else if (unit == Unit::kCubicMillimetre)
    each = portion.size->volume();
  else if (unit == Unit::kMillimetre)
    each = portion.size->l + joint;
  if (each == 0) return std::nullopt;
  return told(static_cast<Wide>(each) * portion.amount);
}

const ContractLine* line_for(const std::optional<Contract>& contract, const Portion& portion) {
  if (!contract || contract->lines.empty()) return nullptr;
  for (const ContractLine& line : contract->lines)
    if (line.size && portion.size && *line.size == *portion.size) return &line;
  // One line needs no size to be told apart; of several, those without a size take the rest.
  if (contract->lines.size() == 1) return &contract->lines.front();
  for (const ContractLine& line : contract->lines)
    if (!line.size) return &line;
  return nullptr;
}

Unit report_unit(const Delivery& delivery, const std::optional<Contract>& contract) {
  if (contract && !contract->lines.empty()) return contract->lines.front().unit;
  std::optional<Unit> common;
  for (const DeliveredUnit& unit : delivery.units)
    for (const Portion& portion : unit.portions) {
      if (common && *common != portion.unit) return Unit::kPiece;
      common = portion.unit;
    }
  return common.value_or(Unit::kPiece);
}

void count_amounts(Delivery& delivery, const std::optional<Contract>& contract) {
  delivery.unit = report_unit(delivery, contract);
  Wide total = 0;
  for (DeliveredUnit& unit : delivery.units) {
    Wide sum = 0;
    for (const Portion& portion : unit.portions) {
      const ContractLine* line = line_for(contract, portion);
      const auto amount = converted(portion, delivery.unit, line ? line->joint : 0);
      if (!amount) delivery.counted_as_units = true;
      sum += amount.value_or(0);
    }
    total += sum;
    unit.amount = told(sum).value_or(0);
    if (!told(total)) delivery.counted_as_units = true;
  }
  if (delivery.counted_as_units) {
    delivery.unit = Unit::kPiece;
    for (DeliveredUnit& unit : delivery.units) unit.amount = 1;
  }
  for (const DeliveredUnit& unit : delivery.units) delivery.amount += unit.amount;
}

QuantityLine quantity_of(const Delivery& delivery, const Contract& contract,
                         const ContractLine& line, const std::optional<Contract>& whole) {
  QuantityLine out;
  out.unit = line.unit;
  out.named = line.amount;
  out.tolerance = line.tolerance;
  for (const DeliveredUnit& unit : delivery.units)
    for (const Portion& portion : unit.portions) {
      if (line_for(whole, portion) != &line) continue;
      const auto amount = converted(portion, line.unit, line.joint);
      if (!amount || !told(static_cast<Wide>(out.delivered) + *amount)) {
        out.standing = "unchecked";
        out.text = cat("the measures do not tell how much of ", amount_text(line.amount, line.unit),
                       " was delivered");
        return out;
      }
      out.delivered += *amount;
    }
  // Excess never counts against; a shortage may still be delivered until the contract is closed.
  const bool enough = out.delivered >= line.amount - line.tolerance;
  out.standing = enough ? "supported" : contract.closed ? "contradicted" : "unknown";
  out.text =
      cat(amount_text(out.delivered, line.unit), " of ", amount_text(line.amount, line.unit));
  return out;
}

std::vector<DeliveredUnit> split_by_member(const DeliveredUnit& whole, const Graph& graph) {
  std::vector<DeliveredUnit> units;
  DeliveredUnit rest = whole;
  rest.portions.clear();
  for (const Portion& portion : whole.portions) {
    if (!portion.member) {
      rest.portions.push_back(portion);
      continue;
    }
    auto known = std::find_if(units.begin(), units.end(), [&](const DeliveredUnit& unit) {
      return unit.member == portion.member;
    });
    if (known == units.end()) {
      const Output& thing = *graph.output(*portion.member);
      units.push_back(DeliveredUnit{
          whole.state, portion.member, thing.item, thing.serial, thing.aliases, {}, 0});
      known = units.end() - 1;
    }
    known->portions.push_back(portion);
  }
  if (units.empty() || !rest.portions.empty()) units.insert(units.begin(), std::move(rest));
  return units;
}

}  // namespace

std::vector<Portion> contents_of(const Graph& graph, const StateRef& state) {
  std::vector<Portion> portions;
  const Output* output = graph.output(state);
  if (output != nullptr) collect(graph, state, output->amount, std::nullopt, 0, portions);
  return portions;
}

Delivery delivery_of(const Graph& graph, const Lineage& lineage,
                     const std::optional<Contract>& contract) {
  Delivery delivery;
  std::unordered_set<StateRef, StateRefHasher> older;
  for (const StateRef& state : graph.evidence().items) {
    if (state.out == kRecordOut) continue;
    for (const StateRef& ancestor : lineage.ancestors(state))
      if (ancestor != state) older.insert(ancestor);
  }
  for (const StateRef& state : graph.evidence().items) {
    if (state.out == kRecordOut || older.count(state) > 0) continue;
    DeliveredUnit unit{state, std::nullopt, "", "", {}, contents_of(graph, state), 0};
    if (const Output* output = graph.output(state)) {
      unit.item = output->item;
      unit.serial = output->serial;
      unit.aliases = output->aliases;
    } else {
      unit.portions.push_back(Portion{});  // withheld: still one unit that was delivered
    }
    for (DeliveredUnit& part : split_by_member(unit, graph))
      delivery.units.push_back(std::move(part));
  }
  count_amounts(delivery, contract);
  if (contract)
    for (const ContractLine& line : contract->lines)
      delivery.quantity.push_back(quantity_of(delivery, *contract, line, contract));
  return delivery;
}

}  // namespace quarrymark::custody
