// Reading the tiles and bundles of a tree of a known size: which file, how wide, where else.
//
// A partial tile may be gone once the full one is there, so that is tried next and its first
// hashes are taken. What comes back has the right number of parts; nothing is verified.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/note/tiles.h"
#include "ledger/tiles/source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::tiles {

// "tile/0/000.p/12" of a tree of `size` entries. The tile has to be there.
note::TilePath tile_at(std::uint64_t size, unsigned level, std::uint64_t index);
note::TilePath bundle_at(std::uint64_t size, std::uint64_t index);
// Levels of tiles that a tree of `size` entries has.
unsigned tile_levels(std::uint64_t size);
// Full tiles of a level.
std::uint64_t full_tiles(std::uint64_t size, unsigned level);

// A bundle with its entries, which point into its bytes; those stay where they are when it moves.
struct Bundle {
  std::unique_ptr<const std::string> bytes;
  std::vector<std::string_view> entries;
};

// Errors carry the path in `field`. kNotFound, kMalformed (another size), kTooLarge, kIo.
Result<std::vector<Hash>> read_tile(const TileSource& source, const note::TilePath& tile);
Result<Bundle> read_bundle(const TileSource& source, const note::TilePath& bundle);

}  // namespace quarrymark::tiles
