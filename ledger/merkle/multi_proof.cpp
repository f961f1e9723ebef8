#include "ledger/merkle/multi_proof.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"

#include <algorithm>

namespace quarrymark::merkle {
namespace {

std::uint64_t index_of(std::uint64_t index) { return index; }
std::uint64_t index_of(const IndexedLeaf& leaf) { return leaf.index; }

// The rules every list of entries obeys; `code` tells a caller's mistake from bytes from outside.
template <class Item>
Status check_entries(Errc code, std::uint64_t size, std::span<const Item> items) {
  if (items.empty()) return fail(code, "multi-proof: no entries");
  for (std::size_t i = 1; i < items.size(); ++i)
    if (index_of(items[i - 1]) >= index_of(items[i]))
      return fail(code, cat("multi-proof: entries do not ascend, ", index_of(items[i]), " follows ",
                            index_of(items[i - 1])));
  if (index_of(items.back()) >= size)
    return fail(code, cat("multi-proof: entry ", index_of(items.back()),
                          " is not below the tree size ", size));
  return {};
}

// The items of an ascending list on either side of `middle`.
template <class Item>
std::size_t count_before(std::span<const Item> items, std::uint64_t middle) {
  const auto first_right = std::partition_point(
      items.begin(), items.end(), [&](const Item& item) { return index_of(item) < middle; });
  return static_cast<std::size_t>(first_right - items.begin());
}

// Walks a proof as the format says. Recursion goes at most 64 deep, because each step halves a
// subtree that holds an entry.
class RootWalk {
 public:
  explicit RootWalk(std::span<const Hash> proof) : proof_(proof) {}

  // The hash of [begin, end), which holds exactly `entries`. False: the proof has run out.
  bool hash(std::uint64_t begin, std::uint64_t end, std::span<const IndexedLeaf> entries,
            Hash& out) {
    if (entries.empty()) {
      if (used_ == proof_.size()) return false;
      out = proof_[used_++];
      return true;
    }
    if (end - begin == 1) {
      out = entries.front().hash;
      return true;
    }
    const std::uint64_t middle = begin + left_size(end - begin);
    const std::size_t split = count_before(entries, middle);
    Hash left, right;
    if (!hash(begin, middle, entries.first(split), left) ||
        !hash(middle, end, entries.subspan(split), right))
      return false;
    out = node_hash(sha256_, left, right);
    return true;
  }
  std::size_t used() const { return used_; }

 private:
  std::span<const Hash> proof_;
  std::size_t used_ = 0;
  crypto::Sha256 sha256_;
};

tl::unexpected<Error> refuse_short(std::size_t count) {
  return fail(Errc::kMalformed, cat("multi-proof: too few hashes, all ", count, " are used up"));
}

Status expect_all_used(std::size_t used, std::size_t count) {
  if (used == count) return {};
  return fail(Errc::kMalformed,
              cat("multi-proof: too many hashes, expected ", used, ", got ", count));
}

Status collect(std::uint64_t begin, std::uint64_t end, std::span<const std::uint64_t> indices,
               const NodeSource& source, std::vector<Hash>& proof) {
  if (indices.empty()) {
    QM_TRY(const Hash hash, range_hash(begin, end, source));
    proof.push_back(hash);
    return {};
  }
  if (end - begin == 1) return {};
  const std::uint64_t middle = begin + left_size(end - begin);
  const std::size_t split = count_before(indices, middle);
  QM_TRY_VOID(collect(begin, middle, indices.first(split), source, proof));
  return collect(middle, end, indices.subspan(split), source, proof);
}

}  // namespace

Result<std::vector<Hash>> make_multi_proof(std::uint64_t size,
                                           std::span<const std::uint64_t> indices,
                                           const NodeSource& source) {
  QM_TRY_VOID(check_entries(Errc::kInvalidArgument, size, indices));
  std::vector<Hash> proof;
  QM_TRY_VOID(collect(0, size, indices, source, proof));
  return proof;
}

Result<Hash> multi_proof_root(std::uint64_t size, std::span<const IndexedLeaf> entries,
                              std::span<const Hash> proof) {
  QM_TRY_VOID(check_entries(Errc::kMalformed, size, entries));
  RootWalk walk(proof);
  Hash root;
  if (!walk.hash(0, size, entries, root)) return refuse_short(proof.size());
  QM_TRY_VOID(expect_all_used(walk.used(), proof.size()));
  return root;
}

// The walk of RootWalk, keeping every hash it meets.
class PartialTree::Builder {
 public:
  Builder(PartialTree& tree, std::span<const Hash> proof) : tree_(tree), proof_(proof) {}

  bool add(std::uint64_t begin, std::uint64_t end, std::span<const IndexedLeaf> entries) {
    const std::size_t place = tree_.nodes_.size();
    Node& node = tree_.nodes_.emplace_back();
    node.begin = begin;
    if (entries.empty()) {
      if (used_ == proof_.size()) return false;
      node.hash = proof_[used_++];
      return true;
    }
    if (end - begin == 1) {
      node.hash = entries.front().hash;
      node.entry = true;
      return true;
    }
    const std::uint64_t middle = begin + left_size(end - begin);
    const std::size_t split = count_before(entries, middle);
    if (!add(begin, middle, entries.first(split))) return false;
    const std::size_t right = tree_.nodes_.size();
    if (!add(middle, end, entries.subspan(split))) return false;
    // `node` may have moved while its children were added.
    Node& inner = tree_.nodes_[place];
    inner.right = right;
    inner.hash = node_hash(sha256_, tree_.nodes_[place + 1].hash, tree_.nodes_[right].hash);
    return true;
  }
  std::size_t used() const { return used_; }

 private:
  PartialTree& tree_;
  std::span<const Hash> proof_;
  std::size_t used_ = 0;
  crypto::Sha256 sha256_;
};

Result<PartialTree> PartialTree::make(std::uint64_t size, std::span<const IndexedLeaf> entries,
                                      std::span<const Hash> proof) {
  QM_TRY_VOID(check_entries(Errc::kMalformed, size, entries));
  PartialTree tree;
  tree.size_ = size;
  Builder builder(tree, proof);
  if (!builder.add(0, size, entries)) return refuse_short(proof.size());
  QM_TRY_VOID(expect_all_used(builder.used(), proof.size()));
  return tree;
}

// Entries of `subset` that are not among the tree's fall into a subtree nothing is known about.
Status PartialTree::prune_at(std::size_t place, std::span<const std::uint64_t> subset,
                             std::vector<Hash>& proof) const {
  const Node& node = nodes_[place];
  if (subset.empty()) {
    proof.push_back(node.hash);
    return {};
  }
  if (node.entry) return {};
  if (node.right == 0)
    return fail(Errc::kInvalidArgument,
                cat("multi-proof: entry ", subset.front(), " is not part of this packet"));
  const std::size_t split = count_before(subset, nodes_[node.right].begin);
  QM_TRY_VOID(prune_at(place + 1, subset.first(split), proof));
  return prune_at(node.right, subset.subspan(split), proof);
}

Result<std::vector<Hash>> PartialTree::prune(std::span<const std::uint64_t> subset) const {
  QM_TRY_VOID(check_entries(Errc::kInvalidArgument, size_, subset));
  std::vector<Hash> proof;
  QM_TRY_VOID(prune_at(0, subset, proof));
  return proof;
}

}  // namespace quarrymark::merkle
