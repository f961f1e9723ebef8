#include "tests/unit/merkle/reference_tree.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace quarrymark::merkle {
namespace {

Hash hash_of(char prefix, std::string_view a, std::string_view b = {}) {
  return crypto::sha256(std::string(1, prefix) + std::string(a) + std::string(b));
}

}  // namespace

ReferenceTree::ReferenceTree(std::uint64_t size, std::uint32_t salt) {
  for (std::uint64_t i = 0; i < size; ++i)
    leaves_.push_back(hash_of('\x00', cat("entry ", i, " of ", salt)));
}

std::uint64_t ReferenceTree::split(Leaves leaves) {
  std::uint64_t k = 1;
  while (k * 2 < leaves.size()) k *= 2;
  return k;
}

Hash ReferenceTree::root_of(Leaves leaves) {
  if (leaves.empty()) return crypto::sha256(std::string_view());
  if (leaves.size() == 1) return leaves[0];
  const std::uint64_t k = split(leaves);
  return hash_of('\x01', as_text(root_of(leaves.first(k))), as_text(root_of(leaves.subspan(k))));
}

Hash ReferenceTree::root_at(std::uint64_t size) const {
  return root_of(Leaves(leaves_).first(size));
}

void ReferenceTree::path(std::uint64_t index, Leaves leaves, std::vector<Hash>& out) {
  if (leaves.size() == 1) return;
  const std::uint64_t k = split(leaves);
  if (index < k) {
    path(index, leaves.first(k), out);
    out.push_back(root_of(leaves.subspan(k)));
  } else {
    path(index - k, leaves.subspan(k), out);
    out.push_back(root_of(leaves.first(k)));
  }
}

std::vector<Hash> ReferenceTree::inclusion_proof(std::uint64_t index) const {
  std::vector<Hash> out;
  path(index, leaves_, out);
  return out;
}

void ReferenceTree::subproof(std::uint64_t old_size, Leaves leaves, bool whole,
                             std::vector<Hash>& out) {
  if (old_size == leaves.size()) {
    if (!whole) out.push_back(root_of(leaves));
    return;
  }
  const std::uint64_t k = split(leaves);
  if (old_size <= k) {
    subproof(old_size, leaves.first(k), whole, out);
    out.push_back(root_of(leaves.subspan(k)));
  } else {
    subproof(old_size - k, leaves.subspan(k), false, out);
    out.push_back(root_of(leaves.first(k)));
  }
}

std::vector<Hash> ReferenceTree::consistency_proof(std::uint64_t old_size) const {
  std::vector<Hash> out;
  subproof(old_size, leaves_, true, out);
  return out;
}

void ReferenceTree::multi(std::uint64_t begin, Leaves leaves,
                          std::span<const std::uint64_t> indices, std::vector<Hash>& out) {
  const bool holds_one = std::any_of(indices.begin(), indices.end(), [&](std::uint64_t index) {
    return begin <= index && index < begin + leaves.size();
  });
  if (!holds_one) {
    out.push_back(root_of(leaves));
    return;
  }
  if (leaves.size() == 1) return;
  const std::uint64_t k = split(leaves);
  multi(begin, leaves.first(k), indices, out);
  multi(begin + k, leaves.subspan(k), indices, out);
}

std::vector<Hash> ReferenceTree::multi_proof(std::span<const std::uint64_t> indices) const {
  std::vector<Hash> out;
  multi(0, leaves_, indices, out);
  return out;
}

NodeSource ReferenceTree::source() const {
  return [this](unsigned level, std::uint64_t index) -> Result<Hash> {
    const std::uint64_t begin = index << level, length = std::uint64_t{1} << level;
    if (begin + length > leaves_.size()) {
      ADD_FAILURE() << "asked for node " << level << "/" << index << " of a tree of "
                    << leaves_.size();
      return fail(Errc::kNotFound, "not a complete subtree");
    }
    return root_of(Leaves(leaves_).subspan(begin, length));
  };
}

std::vector<IndexedLeaf> ReferenceTree::entries(std::span<const std::uint64_t> indices) const {
  std::vector<IndexedLeaf> out;
  for (const std::uint64_t index : indices) out.push_back({index, leaves_[index]});
  return out;
}

}  // namespace quarrymark::merkle
