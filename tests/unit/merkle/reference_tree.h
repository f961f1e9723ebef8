// A Merkle tree as RFC 9162 §2.1 defines it, computed anew from the whole list every time. Slow
// and obvious: what the library's trees and proofs are compared with.
#pragma once

#include "ledger/merkle/multi_proof.h"
#include "ledger/merkle/node.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quarrymark::merkle {

class ReferenceTree {
 public:
  // `size` entries whose bytes are made from `salt` and their index.
  ReferenceTree(std::uint64_t size, std::uint32_t salt);

  std::uint64_t size() const { return leaves_.size(); }
  const Hash& leaf(std::uint64_t index) const { return leaves_[index]; }
  Hash root() const { return root_of(leaves_); }
  Hash root_at(std::uint64_t size) const;
  std::vector<Hash> inclusion_proof(std::uint64_t index) const;
  std::vector<Hash> consistency_proof(std::uint64_t old_size) const;
  std::vector<Hash> multi_proof(std::span<const std::uint64_t> indices) const;

  // Answers for complete subtrees only; asking for any other is a test failure.
  NodeSource source() const;
  std::vector<IndexedLeaf> entries(std::span<const std::uint64_t> indices) const;

 private:
  using Leaves = std::span<const Hash>;
  static Hash root_of(Leaves leaves);
  static std::uint64_t split(Leaves leaves);
  static void path(std::uint64_t index, Leaves leaves, std::vector<Hash>& out);
  static void subproof(std::uint64_t old_size, Leaves leaves, bool whole, std::vector<Hash>& out);
  static void multi(std::uint64_t begin, Leaves leaves, std::span<const std::uint64_t> indices,
                    std::vector<Hash>& out);

  std::vector<Hash> leaves_;
};

}  // namespace quarrymark::merkle
