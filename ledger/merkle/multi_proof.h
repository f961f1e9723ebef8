// One proof for several entries of a tree (DESIGN.md §8, FORMATS.md "Passport").
//
// The RFC 9162 tree is walked depth first, left before right; where a subtree holds none of the
// entries the next hash of the proof stands for it; all of them are used. Work and memory grow
// with entries × log2(size), never with size: only subtrees that hold entries are entered.
#pragma once

#include "ledger/merkle/node.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quarrymark::merkle {

struct IndexedLeaf {
  std::uint64_t index = 0;
  Hash hash{};  // leaf hash
};

// The proof for the entries at `indices` in the tree of `size` entries. kInvalidArgument: none,
// not strictly ascending, or one that is not below size.
Result<std::vector<Hash>> make_multi_proof(std::uint64_t size,
                                           std::span<const std::uint64_t> indices,
                                           const NodeSource& source);

// The root these entries and this proof lead to. kMalformed: no entries, not strictly ascending,
// an index that is not below size, too few or too many hashes.
Result<Hash> multi_proof_root(std::uint64_t size, std::span<const IndexedLeaf> entries,
                              std::span<const Hash> proof);

// The part of a tree that a packet shows: enough to prove any of its entries again with fewer of
// the others, without the log. It is as trustworthy as the packet: compare root() with a signed
// checkpoint before relying on it.
class PartialTree {
 public:
  // Same errors as multi_proof_root.
  static Result<PartialTree> make(std::uint64_t size, std::span<const IndexedLeaf> entries,
                                  std::span<const Hash> proof);

  std::uint64_t size() const { return size_; }
  const Hash& root() const { return nodes_.front().hash; }

  // The multi-proof for a subset of the entries, byte for byte what the log would make for it.
  // kInvalidArgument: none, not strictly ascending, or an index that is not one of the entries.
  Result<std::vector<Hash>> prune(std::span<const std::uint64_t> subset) const;

 private:
  class Builder;
  // In the order of the walk: the left child of an inner node follows it directly.
  struct Node {
    Hash hash{};
    std::uint64_t begin = 0;  // first entry covered
    std::size_t right = 0;    // place of the right child; 0: nothing below is known
    bool entry = false;       // an entry itself
  };

  PartialTree() = default;
  Status prune_at(std::size_t place, std::span<const std::uint64_t> subset,
                  std::vector<Hash>& proof) const;

  std::uint64_t size_ = 0;
  std::vector<Node> nodes_;
};

}  // namespace quarrymark::merkle
