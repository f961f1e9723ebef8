// What is known of one tile while a log is checked: what its file holds, and what should be in it
// going by what lies below. Part of check_log.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/note/tiles.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::tiles {

// Where the two differ first.
struct Difference {
  std::size_t at = 0, count = 0;
  Hash stored{}, computed{};
};

struct TileState {
  note::TilePath path;
  bool has_stored = false, has_computed = false;
  Hash stored_root{}, computed_root{};  // of full tiles only
  std::vector<Hash> stored, computed;   // not kept of full tiles of level 0
  std::optional<Difference> difference;
  // Why the tile's file, and at level 0 the bundle's, cannot be used; and whether that is merely
  // because nobody answered.
  std::string problem, bundle_problem;
  bool unanswered = false, bundle_unanswered = false;
};

// Both are as long. Nothing when they are the same.
std::optional<Difference> find_difference(const std::vector<Hash>& stored,
                                          const std::vector<Hash>& computed);

}  // namespace quarrymark::tiles
