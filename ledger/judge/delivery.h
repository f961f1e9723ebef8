// What is delivered: the passports' items as units, with amounts in the contract's unit.
#pragma once

#include "ledger/custody/contract.h"
#include "ledger/judge/lineage.h"
#include "ledger/judge/verdict.h"

#include <optional>
#include <string>
#include <vector>

namespace quarrymark::custody {

// A part of a unit that is stone of one product.
struct Portion {
  std::optional<StateRef> member;  // the labelled thing inside the pack that holds it
  std::int64_t amount = 1;
  Unit unit = Unit::kPiece;
  std::optional<Dimensions> size;  // of one piece
  std::optional<std::int64_t> mass;
};

// What a state holds: itself, or what its pack put into it.
std::vector<Portion> contents_of(const Graph& graph, const StateRef& state);

struct DeliveredUnit {
  StateRef state;                  // an item of the passports
  std::optional<StateRef> member;  // a labelled thing inside it that is judged on its own
  std::string item, serial;
  std::vector<std::string> aliases;
  std::vector<Portion> portions;
  std::int64_t amount = 0;  // in `Delivery::unit`
};

struct Delivery {
  std::vector<DeliveredUnit> units;
  Unit unit = Unit::kPiece;
  bool counted_as_units = false;  // the contract's unit cannot be computed: each unit counts 1
  std::int64_t amount = 0;
  std::vector<QuantityLine> quantity;
};

// Items that only carry evidence (record states) are no units; of two states of one item in one
// chain the later one is.
Delivery delivery_of(const Graph& graph, const Lineage& lineage,
                     const std::optional<Contract>& contract);

}  // namespace quarrymark::custody
