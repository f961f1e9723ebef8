#include "ledger/tiles/fold.h"

#include "ledger/base/result.h"
#include "ledger/merkle/compact_range.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/tiles.h"

#include <algorithm>

namespace quarrymark::tiles {

Hash fold(crypto::Sha256& sha256, std::span<const Hash> hashes) {
  std::vector<Hash> nodes(hashes.begin(), hashes.end());
  for (; nodes.size() > 1; nodes.resize(nodes.size() / 2))
    for (std::size_t i = 0; i < nodes.size() / 2; ++i)
      nodes[i] = merkle::node_hash(sha256, nodes[2 * i], nodes[2 * i + 1]);
  return nodes.front();
}

Hash fold(std::span<const Hash> hashes) {
  crypto::Sha256 sha256;
  return fold(sha256, hashes);
}

Hash edge_root(std::uint64_t size, std::span<const std::vector<Hash>> edge) {
  std::vector<Hash> frontier;
  for (unsigned level = 64; level-- > 0;) {
    if ((size >> level & 1) == 0) continue;
    const std::vector<Hash>& hashes = edge[level / note::kTileHeight];
    // The subtree begins where those of higher levels within this tile end.
    const std::uint64_t first = ((size >> level) - 1) << level % note::kTileHeight;
    const std::size_t offset = first % note::kTileWidth;
    const std::size_t count = std::size_t{1} << level % note::kTileHeight;
    QM_CHECK(offset + count <= hashes.size(), "an edge holds what its size says");
    frontier.push_back(fold(std::span(hashes).subspan(offset, count)));
  }
  const auto tree = merkle::CompactTree::restore(size, std::move(frontier));
  QM_CHECK(tree.has_value(), "one hash for each bit of the size");
  return tree->root();
}

}  // namespace quarrymark::tiles
