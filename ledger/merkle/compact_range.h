// A growing tree kept as its frontier: the roots of the complete subtrees that make up its size.
//
// The committer appends to one and stores what each append completes; the bulk verifier appends
// every entry and compares the root at the end. At most 64 hashes are held whatever the size. A
// plain value: copy it to try a group of appends and throw the copy away. Not thread-safe.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/crypto/hash.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace quarrymark::merkle {

class CompactTree {
 public:
  // Told of every complete subtree an append finishes: the leaf itself first (level 0), then the
  // nodes above it, upwards.
  using NodeSink = std::function<void(unsigned level, std::uint64_t index, const Hash& hash)>;

  CompactTree() = default;
  // The tree of `size` entries whose complete subtrees, largest (leftmost) first, have these
  // hashes. kInvalidArgument when the count does not fit the size.
  static Result<CompactTree> restore(std::uint64_t size, std::vector<Hash> frontier);

  void append(const Hash& leaf);
  void append(const Hash& leaf, const NodeSink& sink);
  void append(crypto::Sha256& sha256, const Hash& leaf);

  std::uint64_t size() const { return size_; }
  // The RFC 9162 root of what was appended so far; empty_root() for nothing.
  Hash root() const;
  // One hash for each set bit of size(), largest subtree first.
  std::span<const Hash> frontier() const { return frontier_; }

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> frontier_;
};

}  // namespace quarrymark::merkle
