#include "ledger/merkle/compact_range.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"

#include <bit>

namespace quarrymark::merkle {

Result<CompactTree> CompactTree::restore(std::uint64_t size, std::vector<Hash> frontier) {
  const auto expected = static_cast<std::size_t>(std::popcount(size));
  if (frontier.size() != expected)
    return fail(Errc::kInvalidArgument, cat("a tree of ", size, " entries has a frontier of ",
                                            expected, " hashes, got ", frontier.size()));
  CompactTree tree;
  tree.size_ = size;
  tree.frontier_ = std::move(frontier);
  return tree;
}

void CompactTree::append(const Hash& leaf) {
  Hash hash = leaf;
  // Each trailing one of the size is a subtree of the level reached so far, waiting for its
  // right sibling.
  for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
    hash = node_hash(frontier_.back(), hash);
    frontier_.pop_back();
  }
  frontier_.push_back(hash);
  ++size_;
}

void CompactTree::append(const Hash& leaf, const NodeSink& sink) {
  Hash hash = leaf;
  unsigned level = 0;
  std::uint64_t index = size_;
  sink(level, index, hash);
  for (; index & 1; sink(level, index, hash)) {
    hash = node_hash(frontier_.back(), hash);
    frontier_.pop_back();
    ++level;
    index >>= 1;
  }
  frontier_.push_back(hash);
  ++size_;
}

void CompactTree::append(crypto::Sha256& sha256, const Hash& leaf) {
  Hash hash = leaf;
  for (std::uint64_t rest = size_; rest & 1; rest >>= 1) {
    hash = node_hash(sha256, frontier_.back(), hash);
    frontier_.pop_back();
  }
  frontier_.push_back(hash);
  ++size_;
}

Hash CompactTree::root() const {
  if (frontier_.empty()) return empty_root();
  Hash hash = frontier_.back();
  for (std::size_t i = frontier_.size() - 1; i-- > 0;) hash = node_hash(frontier_[i], hash);
  return hash;
}

}  // namespace quarrymark::merkle
