#include "ledger/tiles/check_range.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/tiles/fold.h"
#include "ledger/tiles/reading.h"

#include <algorithm>

namespace quarrymark::tiles {
namespace {

// Whether an error says that the file is bad, and not merely that nobody answered.
bool is_answer(const Error& error) {
  return error.code == Errc::kNotFound || error.code == Errc::kMalformed ||
         error.code == Errc::kTooLarge;
}

class RangeCheck {
 public:
  RangeCheck(const TileSource& source, std::uint64_t size, RangeResult& result)
      : source_(source), size_(size), result_(result) {}

  void check(std::uint64_t index) {
    TileState tile;
    tile.path = tile_at(size_, 0, index);
    load_stored(source_, tile);
    load_entries(index, tile);
    if (tile.has_stored && tile.has_computed)
      tile.difference = find_difference(tile.stored, tile.computed);
    if (tile.path.width == note::kTileWidth) {
      if (tile.has_stored) tile.stored_root = fold(sha256_, tile.stored);
      if (tile.has_computed)
        tile.computed_root =
            tile.has_stored && !tile.difference ? tile.stored_root : fold(sha256_, tile.computed);
      tile.stored.clear();
      tile.computed.clear();
      tile.stored.shrink_to_fit();
      tile.computed.shrink_to_fit();
    }
    result_.tiles.push_back(std::move(tile));
  }

 private:
  void load_entries(std::uint64_t index, TileState& tile) {
    const note::TilePath path = bundle_at(size_, index);
    const std::uint64_t first = index * note::kTileWidth;
    const auto bundle = read_bundle(source_, path);
    if (!bundle) {
      tile.bundle_problem = bundle.error().message;
      tile.bundle_unanswered = !is_answer(bundle.error());
      if (result_.audit) result_.audit->unreadable(first, first + path.width);
      return;
    }
    tile.computed.reserve(path.width);
    for (std::size_t i = 0; i < bundle->entries.size(); ++i) {
      const Hash leaf = merkle::leaf_hash(sha256_, as_bytes(bundle->entries[i]));
      tile.computed.push_back(leaf);
      if (result_.audit)
        result_.audit->entry(first + i, bundle->entries[i], leaf, result_.problems);
    }
    tile.has_computed = true;
  }

  const TileSource& source_;
  const std::uint64_t size_;
  RangeResult& result_;
  crypto::Sha256 sha256_;
};

}  // namespace

std::optional<Difference> find_difference(const std::vector<Hash>& stored,
                                          const std::vector<Hash>& computed) {
  if (stored == computed) return std::nullopt;
  Difference difference;
  for (std::size_t i = 0; i < stored.size(); ++i) {
    if (stored[i] == computed[i]) continue;
    if (difference.count++ > 0) continue;
    difference.at = i;
    difference.stored = stored[i];
    difference.computed = computed[i];
  }
  return difference;
}

void load_stored(const TileSource& source, TileState& tile) {
  auto hashes = read_tile(source, tile.path);
  if (hashes) {
    tile.stored = std::move(*hashes);
    tile.has_stored = true;
    return;
  }
  tile.problem = hashes.error().message;
  tile.unanswered = !is_answer(hashes.error());
}

RangeResult check_range(const TileSource& source, std::uint64_t size, std::uint64_t begin,
                        std::uint64_t end, EntryAudit* audit) {
  RangeResult result;
  if (audit != nullptr)
    result.audit = audit->start(begin * note::kTileWidth,
                                std::min<std::uint64_t>(end * note::kTileWidth, size));
  RangeCheck check(source, size, result);
  for (std::uint64_t index = begin; index < end; ++index) check.check(index);
  return result;
}

}  // namespace quarrymark::tiles
