// One step back: from an output of an event to the inputs it descends from, whatever kind of step
// it was. FORMATS.md rules 12, 17, 19. The walk over whole chains is ledger/judge/lineage.h.
#pragma once

#include "ledger/custody/evidence.h"

#include <optional>
#include <vector>

namespace quarrymark::custody {

inline constexpr int kMaxSteps = 1000;  // in one chain; a walk back gives up there

// Which inputs an output descends from, with the amount drawn from each (FORMATS.md rule 17):
// for remakes its own input, for a pack those in its contents, for a remainder the batch it is
// left of, else all. For a void it is empty: what is remade stands in the voided event.
struct Parent {
  std::size_t input = 0;
  std::int64_t amount = 0;
};
std::vector<Parent> parents_of(const Graph& graph, const Event& maker, std::int32_t out);

// A thing with a label of its own inside a pack stays a unit of its own (RULES.md, rule 4).
inline bool is_labelled_thing(const Output& output) {
  return output.kind != ItemKind::kBatch && !output.serial.empty();
}

// The state in which a pack made a crate or bundle, back through whatever happened to it since;
// nullopt when it is not shown.
std::optional<StateRef> packed_state(const Graph& graph, const StateRef& crate);

// The input of the event a void undoes that output `out` of the void restores; nullopt when that
// event is not shown or is another log's.
struct Restored {
  const Event* event = nullptr;
  std::size_t input = 0;
};
std::optional<Restored> restored_by(const Graph& graph, const Event& voiding, std::int32_t out);

// Outputs as they stand in an event; null where they are withheld.
using Outputs = std::vector<const Output*>;
Outputs outputs_of(const Event& event);

// The input that a part was drawn of and that output `out` is the rest of: the same product under
// the same item, with exactly what was not drawn, and no more mass than that has. Each input leaves
// one rest; whatever else is called one was made. `outputs`: of `maker`, perhaps as corrected.
std::optional<std::size_t> remainder_of_input(const Graph& graph, const Event& maker,
                                              const Outputs& outputs, std::size_t out);

// The late dispatch that supports what a receive took one-sidedly: of who held the stone and sent
// it there.
std::optional<Graph::LateHandOver> supported_by(const Graph& graph, const Event& receive,
                                                std::int32_t out);

// A portion of what went in, or what is left of it: the same product in the same unit, not worked.
bool is_portioned(const Graph& graph, const Event& split, std::int32_t out);

}  // namespace quarrymark::custody
