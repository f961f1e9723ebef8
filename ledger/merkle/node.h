// Where a hash stands in the tree, and how a tree of any size is put together from complete
// subtrees.
//
// A complete subtree at `level` covers the 2^level entries from index · 2^level on. Only complete
// subtrees are ever stored (they never change); the ragged right edge is computed from them.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

#include <compare>
#include <cstdint>
#include <functional>
#include <vector>

namespace quarrymark::merkle {

struct NodeId {
  unsigned level = 0;
  std::uint64_t index = 0;
  auto operator<=>(const NodeId&) const = default;
};

// Gives the hash of a complete subtree. It is asked only for subtrees that lie wholly inside the
// tree size in question; its errors are passed on unchanged.
using NodeSource = std::function<Result<Hash>(unsigned level, std::uint64_t index)>;

// Number of entries in the left subtree of a tree of `size` ≥ 2 (RFC 9162 §2.1.1: the largest
// power of two smaller than size).
std::uint64_t left_size(std::uint64_t size);

// The complete subtrees, left to right, that together cover the entries [begin, end) of a tree.
// `begin` is the start of a subtree of the RFC 9162 recursion (0 always is); for begin ≥ end the
// list is empty.
std::vector<NodeId> complete_subtrees(std::uint64_t begin, std::uint64_t end);

// The RFC 9162 hash of the entries [begin, end): one hash out of those complete subtrees.
// kInvalidArgument when the range is empty.
Result<Hash> range_hash(std::uint64_t begin, std::uint64_t end, const NodeSource& source);

// The root of the tree of the first `size` entries.
Result<Hash> root_at(std::uint64_t size, const NodeSource& source);

}  // namespace quarrymark::merkle
