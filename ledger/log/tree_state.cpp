#include "ledger/log/tree_state.h"

#include "ledger/base/text.h"
#include "ledger/log/layout.h"
#include "ledger/merkle/tree_hash.h"

#include <bit>

namespace quarrymark::log {
namespace {

constexpr unsigned kTileHeight = 8;

// The root of a complete subtree, given all its nodes of one level (a power of two of them).
Hash fold(std::vector<Hash> hashes) {
  for (; hashes.size() > 1; hashes.resize(hashes.size() / 2))
    for (std::size_t i = 0; i < hashes.size() / 2; ++i)
      hashes[i] = merkle::node_hash(hashes[2 * i], hashes[2 * i + 1]);
  return hashes.front();
}

}  // namespace

std::uint64_t TreeState::full_tiles(unsigned tile_level) const {
  const unsigned shift = kTileHeight * (tile_level + 1);
  return shift < 64 ? tree_.size() >> shift : 0;
}

void TreeState::append(std::span<const Hash> leaves, LogNumber log, store::Batch& batch) {
  const merkle::CompactTree::NodeSink sink = [&](unsigned level, std::uint64_t index,
                                                 const Hash& hash) {
    if (level % kTileHeight != 0) return;
    const unsigned tile_level = level / kTileHeight;
    if (edge_.size() <= tile_level) edge_.resize(tile_level + 1);
    std::vector<Hash>& edge = edge_[tile_level];
    edge.push_back(hash);
    if (edge.size() < kTileHashes) return;
    batch.put(store::Table::kTiles, tile_key(log, tile_level, index / kTileHashes),
              write_tile(edge));
    edge.clear();
  };
  for (const Hash& leaf : leaves) tree_.append(leaf, sink);
}

Result<std::vector<Hash>> TreeState::tile(const store::Store& store, LogNumber log,
                                          unsigned tile_level, std::uint64_t index) const {
  QM_TRY(const auto bytes, store.get(store::Table::kTiles, tile_key(log, tile_level, index)));
  if (!bytes)
    return fail(Errc::kDataLoss,
                cat("tiles, log ", log, ", level ", tile_level, ", tile ", index, ": missing"));
  return read_tile(*bytes);
}

Result<Hash> TreeState::node(const store::Store& store, LogNumber log, unsigned level,
                             std::uint64_t index) const {
  const unsigned tile_level = level / kTileHeight;
  const unsigned height = level % kTileHeight;
  const std::uint64_t first = index << height;
  const std::size_t count = std::size_t{1} << height;
  const std::size_t offset = first % kTileHashes;
  const auto part = [&](const std::vector<Hash>& hashes) {
    const auto begin = hashes.begin() + static_cast<std::ptrdiff_t>(offset);
    return fold(std::vector<Hash>(begin, begin + static_cast<std::ptrdiff_t>(count)));
  };
  if (first / kTileHashes < full_tiles(tile_level)) {
    QM_TRY(const std::vector<Hash> hashes, tile(store, log, tile_level, first / kTileHashes));
    return part(hashes);
  }
  if (tile_level >= edge_.size() || first / kTileHashes != full_tiles(tile_level) ||
      offset + count > edge_[tile_level].size())
    return fail(Errc::kInvalidArgument, cat("no complete subtree at level ", level, ", index ",
                                            index, " in a tree of ", tree_.size(), " entries"));
  return part(edge_[tile_level]);
}

// Level 0 comes from the entries behind the last full tile, each level above from the full tiles
// of the level below that are not yet in a full tile of this one.
Status TreeState::load_level(const store::Store& store, LogNumber log, unsigned tile_level) {
  std::vector<Hash>& edge = edge_[tile_level];
  const std::uint64_t begin = full_tiles(tile_level) * kTileHashes;
  if (tile_level > 0) {
    for (std::uint64_t index = begin; index < full_tiles(tile_level - 1); ++index) {
      QM_TRY(std::vector<Hash> hashes, tile(store, log, tile_level - 1, index));
      edge.push_back(fold(std::move(hashes)));
    }
    return {};
  }
  for (std::uint64_t seq = begin; seq < tree_.size(); ++seq) {
    QM_TRY(const auto entry, store.get(store::Table::kEntries, seq_key(log, seq)));
    if (!entry) return fail(Errc::kDataLoss, cat("entries, log ", log, ", seq ", seq, ": missing"));
    edge.push_back(merkle::leaf_hash(as_bytes(*entry)));
  }
  return {};
}

// The frontier and the edge are two readings of the same tree: each hash of the frontier is a
// subtree inside the edge of its tile level.
Status TreeState::check_edge() const {
  std::size_t place = tree_.frontier().size();
  for (unsigned level = 0; level < 64; ++level) {
    if ((tree_.size() >> level & 1) == 0) continue;
    const Hash& expected = tree_.frontier()[--place];
    const std::vector<Hash>& edge = edge_[level / kTileHeight];
    const std::uint64_t index = (tree_.size() >> level) - 1;
    const std::size_t offset = (index << level % kTileHeight) % kTileHashes;
    const std::size_t count = std::size_t{1} << level % kTileHeight;
    QM_CHECK(offset + count <= edge.size(), "an edge holds what its size says");
    const auto begin = edge.begin() + static_cast<std::ptrdiff_t>(offset);
    if (fold({begin, begin + static_cast<std::ptrdiff_t>(count)}) != expected)
      return fail(Errc::kDataLoss, cat("the last entries or tiles do not lead to the stored tree "
                                       "(level ",
                                       level, ", index ", index, ")"));
  }
  return {};
}

Result<TreeState> TreeState::load(const store::Store& store, LogNumber log, std::uint64_t size,
                                  std::vector<Hash> frontier) {
  TreeState state;
  QM_TRY(state.tree_, merkle::CompactTree::restore(size, std::move(frontier)));
  const unsigned levels =
      (static_cast<unsigned>(std::bit_width(size)) + kTileHeight - 1) / kTileHeight;
  state.edge_.resize(levels);
  for (unsigned level = 0; level < levels; ++level)
    QM_TRY_VOID(state.load_level(store, log, level));
  QM_TRY_VOID(state.check_edge());
  return state;
}

}  // namespace quarrymark::log
