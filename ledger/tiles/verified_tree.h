// The tree of one checkpoint, read through its tiles: every hash it gives leads to the
// checkpoint's root, so proofs and leaf hashes taken from it need no further check.
//
// The right edge is read and compared with the root first; a full tile is compared with the hash
// that the verified tile above has for it. Tiles in use are kept, at most kMaxCachedTiles of them.
// Not thread-safe.
#pragma once

#include "ledger/merkle/node.h"
#include "ledger/note/checkpoint.h"
#include "ledger/tiles/source.h"

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace quarrymark::tiles {

inline constexpr std::size_t kMaxCachedTiles = 256;

class VerifiedTree {
 public:
  // `source` must outlive it. kMalformed: the tiles do not lead to the checkpoint's root;
  // otherwise as for reading. Errors carry a path in `field`.
  static Result<VerifiedTree> open(const TileSource& source, const note::Checkpoint& checkpoint);

  std::uint64_t size() const { return size_; }
  // The leaf hashes of tile `index` of level 0.
  Result<std::vector<Hash>> leaves(std::uint64_t index);
  // A complete subtree; usable as merkle::NodeSource.
  Result<Hash> node(unsigned level, std::uint64_t index);

  // How an earlier tree relates to this one.
  struct Relation {
    bool is_beginning = false;  // the earlier tree is the beginning of this one
    Hash root{};                // of the first `old_size` entries of this tree
    std::vector<Hash> proof;    // leads from `root` to this tree's root
  };
  // kInvalidArgument when old_size > size().
  Result<Relation> relation_to(std::uint64_t old_size, const Hash& old_root);

  merkle::NodeSource nodes();

 private:
  VerifiedTree(const TileSource& source, std::uint64_t size) : source_(&source), size_(size) {}
  Status read_edge(const Hash& root);
  Result<const std::vector<Hash>*> tile(unsigned level, std::uint64_t index);

  const TileSource* source_;
  std::uint64_t size_;
  std::vector<std::vector<Hash>> edge_;  // partial tiles by level
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<Hash>> cache_;
};

}  // namespace quarrymark::tiles
