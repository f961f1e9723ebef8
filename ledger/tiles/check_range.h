// One stretch of a log: its bundles and tiles of level 0. Part of check_log; stretches are checked
// in parallel and share nothing.
#pragma once

#include "ledger/tiles/check.h"
#include "ledger/tiles/tile_state.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace quarrymark::tiles {

struct RangeResult {
  std::vector<TileState> tiles;
  std::unique_ptr<RangeAudit> audit;
  Problems problems;  // of the audit
};

// Tiles [begin, end) of level 0 of a tree of `size` entries.
RangeResult check_range(const TileSource& source, std::uint64_t size, std::uint64_t begin,
                        std::uint64_t end, EntryAudit* audit);

// Reads a tile's file into `tile.stored`, or says why not.
void load_stored(const TileSource& source, TileState& tile);

}  // namespace quarrymark::tiles
