// Putting the hashes of tiles together. Shared by this folder, not meant for others.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/crypto/hash.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace quarrymark::tiles {

// The root of a complete subtree, given all its nodes of one level (a power of two of them).
Hash fold(crypto::Sha256& sha256, std::span<const Hash> hashes);
Hash fold(std::span<const Hash> hashes);

// The root of a tree of `size` ≥ 1 entries out of the partial tiles of its right edge: edge[level]
// holds the (size >> 8 · level) mod 256 hashes behind the last full tile.
Hash edge_root(std::uint64_t size, std::span<const std::vector<Hash>> edge);

}  // namespace quarrymark::tiles
