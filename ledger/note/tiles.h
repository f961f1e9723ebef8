// Paths of tiles and entry bundles (C2SP tlog-tiles).
//
//   tile/<L>/<N>[.p/<W>]        256 hashes of one level, or W of them
//   tile/entries/<N>[.p/<W>]    256 entries, or W of them
//
// N is written in groups of three digits, all but the last with an x: 1234067 → x001/x234/067.
// Each path has exactly one spelling.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark::note {

inline constexpr unsigned kTileWidth = 256;
inline constexpr unsigned kTileHeight = 8;  // levels of the tree in one tile
inline constexpr unsigned kMaxTileLevel = 63;

struct TilePath {
  bool entries = false;  // an entry bundle; level is 0
  unsigned level = 0;    // of the tile: its hashes are nodes of tree level 8 · level
  std::uint64_t index = 0;
  unsigned width = kTileWidth;  // less than 256: a partial tile

  bool operator==(const TilePath&) const = default;
};

// `path` starts with "tile/". kMalformed for every other spelling.
Result<TilePath> parse_tile_path(std::string_view path);
std::string write_tile_path(const TilePath& tile);

// Number of hashes (or entries) in that tile of a tree of `size` entries: 0 when there is none.
unsigned tile_width(std::uint64_t size, unsigned level, std::uint64_t index);

}  // namespace quarrymark::note
