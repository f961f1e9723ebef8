#include "ledger/tiles/reading.h"

#include "ledger/base/text.h"
#include "ledger/tiles/bundle.h"

#include <bit>

namespace quarrymark::tiles {
namespace {

struct Read {
  std::string bytes;
  bool full = false;  // a full file where a partial one was asked for
};

Result<Read> read_file(const TileSource& source, const note::TilePath& tile, std::size_t limit) {
  auto bytes = source.read(note::write_tile_path(tile), limit);
  if (bytes) return Read{std::move(*bytes), false};
  if (bytes.error().code != Errc::kNotFound || tile.width == note::kTileWidth)
    return tl::unexpected<Error>(std::move(bytes.error()));
  note::TilePath full = tile;
  full.width = note::kTileWidth;
  auto whole = source.read(note::write_tile_path(full), limit);
  if (whole) return Read{std::move(*whole), true};
  if (whole.error().code != Errc::kNotFound) return tl::unexpected<Error>(std::move(whole.error()));
  return tl::unexpected<Error>(std::move(bytes.error()));
}

tl::unexpected<Error> at(const note::TilePath& tile, Error error) {
  error.field = note::write_tile_path(tile);
  if (error.code == Errc::kNotFound) error.message = "missing";
  return tl::unexpected<Error>(std::move(error));
}

}  // namespace

note::TilePath tile_at(std::uint64_t size, unsigned level, std::uint64_t index) {
  return {false, level, index, note::tile_width(size, level, index)};
}

note::TilePath bundle_at(std::uint64_t size, std::uint64_t index) {
  return {true, 0, index, note::tile_width(size, 0, index)};
}

unsigned tile_levels(std::uint64_t size) {
  return (static_cast<unsigned>(std::bit_width(size)) + note::kTileHeight - 1) / note::kTileHeight;
}

std::uint64_t full_tiles(std::uint64_t size, unsigned level) {
  const unsigned shift = note::kTileHeight * (level + 1);
  return shift < 64 ? size >> shift : 0;
}

Result<std::vector<Hash>> read_tile(const TileSource& source, const note::TilePath& tile) {
  auto read = read_file(source, tile, note::kTileWidth * sizeof(Hash));
  if (!read) return at(tile, std::move(read.error()));
  auto hashes = parse_tile(read->bytes, tile.width, read->full);
  if (!hashes) return at(tile, std::move(hashes.error()));
  return hashes;
}

Result<Bundle> read_bundle(const TileSource& source, const note::TilePath& tile) {
  auto read = read_file(source, tile, kMaxBundleBytes);
  if (!read) return at(tile, std::move(read.error()));
  Bundle bundle;
  bundle.bytes = std::make_unique<const std::string>(std::move(read->bytes));
  auto entries = parse_bundle(*bundle.bytes, tile.width, read->full);
  if (!entries) return at(tile, std::move(entries.error()));
  bundle.entries = std::move(*entries);
  return bundle;
}

}  // namespace quarrymark::tiles
