#include "ledger/tiles/verified_tree.h"

#include "ledger/base/text.h"
#include "ledger/merkle/proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/tiles/fold.h"
#include "ledger/tiles/reading.h"
#include "ledger/tiles/signed_checkpoint.h"

namespace quarrymark::tiles {

using note::kTileHeight;
using note::kTileWidth;

Result<VerifiedTree> VerifiedTree::open(const TileSource& source,
                                        const note::Checkpoint& checkpoint) {
  VerifiedTree tree(source, checkpoint.size);
  QM_TRY_VOID(tree.read_edge(checkpoint.root));
  return tree;
}

Status VerifiedTree::read_edge(const Hash& root) {
  Hash got = merkle::empty_root();
  if (size_ > 0) {
    edge_.resize(tile_levels(size_));
    for (unsigned level = 0; level < edge_.size(); ++level) {
      const note::TilePath path = tile_at(size_, level, full_tiles(size_, level));
      if (path.width == 0) continue;
      QM_TRY(edge_[level], read_tile(*source_, path));
    }
    got = edge_root(size_, edge_);
  }
  if (got == root) return {};
  return fail(
      Errc::kMalformed,
      cat("its root is ", base64_encode(root), ", the last tiles lead to ", base64_encode(got)),
      std::string(kCheckpointPath));
}

Result<const std::vector<Hash>*> VerifiedTree::tile(unsigned level, std::uint64_t index) {
  const std::uint64_t full = full_tiles(size_, level);
  if (index == full && level < edge_.size()) return &edge_[level];
  if (index >= full)
    return fail(Errc::kInvalidArgument,
                cat("there is no tile ", index, " at level ", level, " in a tree of ", size_));
  if (const auto known = cache_.find({level, index}); known != cache_.end()) return &known->second;
  QM_TRY(const std::vector<Hash>* above, tile(level + 1, index / kTileWidth));
  const Hash expected = (*above)[index % kTileWidth];
  const note::TilePath path = tile_at(size_, level, index);
  QM_TRY(std::vector<Hash> hashes, read_tile(*source_, path));
  if (const Hash got = fold(hashes); got != expected)
    return fail(Errc::kMalformed,
                cat("expected hashes that lead to ", base64_encode(expected),
                    ", got some that lead to ", base64_encode(got)),
                note::write_tile_path(path));
  // The leaves are the many; what lies above them is asked for again and again.
  if (cache_.size() >= kMaxCachedTiles) cache_.erase(cache_.begin());
  return &cache_.insert_or_assign({level, index}, std::move(hashes)).first->second;
}

Result<std::vector<Hash>> VerifiedTree::leaves(std::uint64_t index) {
  QM_TRY(const std::vector<Hash>* hashes, tile(0, index));
  return *hashes;
}

Result<Hash> VerifiedTree::node(unsigned level, std::uint64_t index) {
  const unsigned tile_level = level / kTileHeight;
  const std::uint64_t first = index << level % kTileHeight;
  const std::size_t count = std::size_t{1} << level % kTileHeight;
  QM_TRY(const std::vector<Hash>* hashes, tile(tile_level, first / kTileWidth));
  const std::size_t offset = first % kTileWidth;
  if (offset + count > hashes->size())
    return fail(Errc::kInvalidArgument, cat("no complete subtree at level ", level, ", index ",
                                            index, " in a tree of ", size_, " entries"));
  return fold(std::span(*hashes).subspan(offset, count));
}

merkle::NodeSource VerifiedTree::nodes() {
  return [this](unsigned level, std::uint64_t index) { return node(level, index); };
}

Result<VerifiedTree::Relation> VerifiedTree::relation_to(std::uint64_t old_size,
                                                         const Hash& old_root) {
  Relation relation;
  QM_TRY(relation.proof, merkle::make_consistency_proof(old_size, size_, nodes()));
  QM_TRY(relation.root, merkle::root_at(old_size, nodes()));
  relation.is_beginning = relation.root == old_root;
  return relation;
}

}  // namespace quarrymark::tiles
