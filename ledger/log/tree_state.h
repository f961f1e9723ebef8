// The tree of a log between two groups: its frontier, and the right edge of its tiles.
//
// Full tiles (256 hashes of one level) are in the store and never change; what follows them is
// the edge, kept in memory and rebuilt at open from the entries and the tiles below. Tile level
// L holds nodes of tree level 8 · L. A plain value: the committer copies one, adds a group, and
// lets readers see it once the group is durable.
#pragma once

#include "ledger/log/log.h"
#include "ledger/merkle/compact_range.h"
#include "ledger/merkle/node.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quarrymark::log {

class TreeState {
 public:
  // Rebuilds the edge of a tree with that frontier. kDataLoss when entries or tiles are missing
  // or do not lead to the frontier.
  static Result<TreeState> load(const store::Store& store, LogNumber log, std::uint64_t size,
                                std::vector<Hash> frontier);

  // Appends leaves; puts each tile that they fill into `batch`.
  void append(std::span<const Hash> leaves, LogNumber log, store::Batch& batch);

  const merkle::CompactTree& tree() const { return tree_; }

  // The hash of a complete subtree inside the tree, out of the edge or a stored tile.
  Result<Hash> node(const store::Store& store, LogNumber log, unsigned level,
                    std::uint64_t index) const;

 private:
  std::uint64_t full_tiles(unsigned tile_level) const;
  Status check_edge() const;
  Status load_level(const store::Store& store, LogNumber log, unsigned tile_level);
  Result<std::vector<Hash>> tile(const store::Store& store, LogNumber log, unsigned tile_level,
                                 std::uint64_t index) const;

  merkle::CompactTree tree_;
  std::vector<std::vector<Hash>> edge_;  // by tile level; fewer than 256 hashes each
};

}  // namespace quarrymark::log
