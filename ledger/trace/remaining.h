// What may still come out of a block: slabs of a thickness, and their area, before a limit of the
// balance is passed.
//
// The balance itself is asked, not a formula beside it: slabs are thought to be sawn out of what is
// open of the block, as many as it lets pass (RULES.md, rules 18 and 19; every saw step of the
// block counts in one stack, remnants and kerf included). So a reader's check allows just as many.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/trace/trace.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::trace {

inline constexpr std::int64_t kUsualThickness = 30;  // mm, where nothing else is asked for
inline constexpr std::int64_t kUsualKerf = 7;        // mm: wire 5 to 7, blade and shot 7 to 10

struct RemainingRequest {
  std::int64_t thickness = kUsualThickness;
  std::optional<std::int64_t> kerf;   // as last sawn, else kUsualKerf
  std::optional<custody::Axis> axis;  // as last sawn, else across the width
};

// Of one open piece of the block: the block itself, or a remnant.
struct RemainingPiece {
  StateView state;
  std::int64_t at_most = 0;              // slabs; one more would be over_yield
  std::optional<std::int64_t> expected;  // slabs by net dimensions, where they are known
  std::int64_t slab_area = 0;            // mm² of each
};

struct Remaining {
  std::string item;
  std::int64_t thickness = 0, kerf = 0;
  custody::Axis axis = custody::Axis::kWidth;
  std::vector<RemainingPiece> pieces;      // open ones; empty: nothing of the block is left
  std::int64_t at_most = 0, expected = 0;  // slabs of all of them
  std::int64_t at_most_area = 0, expected_area = 0;  // mm²
};

// kInvalidArgument: not a block, or without measures; a thickness or kerf that none can have.
Result<Remaining> remaining_of(record::Node& node, std::string_view name,
                               const RemainingRequest& request);

}  // namespace quarrymark::trace
