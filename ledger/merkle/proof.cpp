#include "ledger/merkle/proof.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"

#include <algorithm>
#include <bit>

namespace quarrymark::merkle {
namespace {

// The path from a leaf to the root in two parts: up to where it meets the path of the last leaf
// (a sibling at every level) and from there along the right edge (a sibling only on the left).
struct PathShape {
  unsigned inner = 0;
  unsigned border = 0;
};

PathShape path_shape(std::uint64_t index, std::uint64_t size) {
  const auto inner = static_cast<unsigned>(std::bit_width(index ^ (size - 1)));
  const auto border = inner < 64 ? static_cast<unsigned>(std::popcount(index >> inner)) : 0U;
  return {inner, border};
}

tl::unexpected<Error> refuse_count(std::string_view what, std::size_t expected, std::size_t got) {
  return fail(Errc::kMalformed, cat(what, ": expected ", expected, " hashes, got ", got));
}

Status expect_root(std::string_view what, const Hash& expected, const Hash& got) {
  if (expected == got) return {};
  return fail(Errc::kMalformed, cat(what, ": expected root ", base64_encode(expected),
                                    ", the proof leads to ", base64_encode(got)));
}

// Climbs `levels` levels from the node at `index`, taking each sibling from `proof`.
Hash climb(Hash hash, std::uint64_t index, std::span<const Hash> proof) {
  for (std::size_t i = 0; i < proof.size(); ++i)
    hash = (index >> i) & 1 ? node_hash(proof[i], hash) : node_hash(hash, proof[i]);
  return hash;
}

// The same where only siblings on the left are part of the older tree.
Hash climb_left_only(Hash hash, std::uint64_t index, std::span<const Hash> proof) {
  for (std::size_t i = 0; i < proof.size(); ++i)
    if ((index >> i) & 1) hash = node_hash(proof[i], hash);
  return hash;
}

Hash climb_right_edge(Hash hash, std::span<const Hash> proof) {
  for (const Hash& left : proof) hash = node_hash(left, hash);
  return hash;
}

// SUBPROOF of §2.1.4.1 written as a descent to the subtree that ends where the old tree ends.
Status consistency_path(std::uint64_t old_size, std::uint64_t size, const NodeSource& source,
                        std::vector<Hash>& proof) {
  std::uint64_t begin = 0, end = size;
  // The subtrees to the side of the path, topmost first.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> aside;
  while (end != old_size) {
    const std::uint64_t middle = begin + left_size(end - begin);
    if (old_size <= middle) {
      aside.emplace_back(middle, end);
      end = middle;
    } else {
      aside.emplace_back(begin, middle);
      begin = middle;
    }
  }
  // A descent that never went right ends at the old tree itself, whose root the verifier has.
  if (begin != 0) aside.emplace_back(begin, end);
  for (auto range = aside.rbegin(); range != aside.rend(); ++range) {
    QM_TRY(const Hash hash, range_hash(range->first, range->second, source));
    proof.push_back(hash);
  }
  return {};
}

}  // namespace

unsigned inclusion_proof_size(std::uint64_t index, std::uint64_t size) {
  const PathShape shape = path_shape(index, size);
  return shape.inner + shape.border;
}

Result<Hash> inclusion_root(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                            std::span<const Hash> proof) {
  if (index >= size)
    return fail(Errc::kMalformed,
                cat("inclusion proof: index ", index, " is not below the tree size ", size));
  const PathShape shape = path_shape(index, size);
  if (proof.size() != shape.inner + shape.border)
    return refuse_count(cat("inclusion proof of entry ", index, " in ", size),
                        shape.inner + shape.border, proof.size());
  return climb_right_edge(climb(leaf, index, proof.first(shape.inner)), proof.subspan(shape.inner));
}

Status verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                        std::span<const Hash> proof, const Hash& root) {
  QM_TRY(const Hash got, inclusion_root(leaf, index, size, proof));
  return expect_root(cat("inclusion proof of entry ", index, " in ", size), root, got);
}

Status verify_consistency(std::uint64_t old_size, std::uint64_t new_size,
                          std::span<const Hash> proof, const Hash& old_root, const Hash& new_root) {
  const std::string what = cat("consistency proof from ", old_size, " to ", new_size);
  if (old_size > new_size)
    return fail(Errc::kMalformed, cat(what, ": the old size is greater than the new one"));
  if (old_size == 0 || old_size == new_size) {
    if (!proof.empty()) return refuse_count(what, 0, proof.size());
    if (old_size == 0) QM_TRY_VOID(expect_root(cat(what, ", old tree"), empty_root(), old_root));
    if (old_size != new_size) return {};
    return expect_root(what, old_root, new_root);
  }

  // The proof starts from the last complete subtree of the old tree. When that is the whole old
  // tree (a power of two), its root is the start and is left out of the proof.
  const auto skip = static_cast<unsigned>(std::countr_zero(old_size));
  PathShape shape = path_shape(old_size - 1, new_size);
  shape.inner -= skip;
  const bool start_is_old_root = std::has_single_bit(old_size);
  const std::size_t expected = (start_is_old_root ? 0U : 1U) + shape.inner + shape.border;
  if (proof.size() != expected) return refuse_count(what, expected, proof.size());

  const Hash start = start_is_old_root ? old_root : proof.front();
  const auto path = proof.subspan(start_is_old_root ? 0 : 1);
  const auto inner = path.first(shape.inner);
  const auto border = path.subspan(shape.inner);
  const std::uint64_t index = (old_size - 1) >> skip;
  QM_TRY_VOID(expect_root(cat(what, ", old tree"), old_root,
                          climb_right_edge(climb_left_only(start, index, inner), border)));
  return expect_root(cat(what, ", new tree"), new_root,
                     climb_right_edge(climb(start, index, inner), border));
}

Result<std::vector<Hash>> make_inclusion_proof(std::uint64_t index, std::uint64_t size,
                                               const NodeSource& source) {
  if (index >= size)
    return fail(Errc::kInvalidArgument, cat("index ", index, " is not below the tree size ", size));
  const PathShape shape = path_shape(index, size);
  std::vector<Hash> proof;
  proof.reserve(shape.inner + shape.border);
  for (unsigned level = 0; level < 64 && level < shape.inner; ++level) {
    const std::uint64_t sibling = (index >> level) ^ 1;
    // Only the last sibling of the inner part can lie on the ragged right edge.
    const std::uint64_t begin = sibling << level;
    const std::uint64_t length = std::uint64_t{1} << level;
    const std::uint64_t end = size - begin < length ? size : begin + length;
    QM_TRY(const Hash hash, range_hash(begin, end, source));
    proof.push_back(hash);
  }
  for (unsigned level = shape.inner; level < 64; ++level) {
    if (((index >> level) & 1) == 0) continue;
    QM_TRY(const Hash hash, source(level, (index >> level) - 1));
    proof.push_back(hash);
  }
  return proof;
}

Result<std::vector<Hash>> make_consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                                 const NodeSource& source) {
  if (old_size > new_size)
    return fail(Errc::kInvalidArgument,
                cat("the old size ", old_size, " is greater than the new size ", new_size));
  std::vector<Hash> proof;
  if (old_size != 0 && old_size != new_size)
    QM_TRY_VOID(consistency_path(old_size, new_size, source, proof));
  return proof;
}

}  // namespace quarrymark::merkle
