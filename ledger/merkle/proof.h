// Inclusion and consistency proofs (RFC 9162 §2.1.3 and §2.1.4): making and checking them.
//
// Checks look at sizes and counts before they hash anything. A proof that does not hold is
// kMalformed with what was expected and what came; it is a statement about bytes from outside,
// never about this program.
#pragma once

#include "ledger/merkle/node.h"

#include <cstdint>
#include <span>
#include <vector>

namespace quarrymark::merkle {

// The root to which `proof` leads from the entry `index` of a tree of `size` entries. The proof
// runs from the leaf's sibling upwards. kMalformed: index ≥ size, or another number of hashes
// than that place in the tree needs.
Result<Hash> inclusion_root(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                            std::span<const Hash> proof);

// The same, and the root has to be `root`.
Status verify_inclusion(const Hash& leaf, std::uint64_t index, std::uint64_t size,
                        std::span<const Hash> proof, const Hash& root);

// That the tree of `old_size` entries with `old_root` is the beginning of the tree of `new_size`
// entries with `new_root`. The empty tree is the beginning of every tree: with old_size 0 the
// proof is empty and old_root has to be the empty root (tlog-witness). With equal sizes the proof
// is empty and the roots are equal.
Status verify_consistency(std::uint64_t old_size, std::uint64_t new_size,
                          std::span<const Hash> proof, const Hash& old_root, const Hash& new_root);

// Number of hashes in the inclusion proof of `index` < `size`.
unsigned inclusion_proof_size(std::uint64_t index, std::uint64_t size);

// kInvalidArgument when index ≥ size.
Result<std::vector<Hash>> make_inclusion_proof(std::uint64_t index, std::uint64_t size,
                                               const NodeSource& source);

// kInvalidArgument when old_size > new_size; empty when there is nothing to prove (old_size 0 or
// equal sizes).
Result<std::vector<Hash>> make_consistency_proof(std::uint64_t old_size, std::uint64_t new_size,
                                                 const NodeSource& source);

}  // namespace quarrymark::merkle
