// The two hashes of the tree: of an entry and of a node (RFC 9162 §2.1.1).
//
// Everything in the tree goes through these functions, so the domain separation that keeps an
// entry from passing for a node stands in one place. The overloads with a context are for loops;
// the others share one thread-local context.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/crypto/hash.h"

#include <cstdint>

namespace quarrymark::merkle {

inline constexpr std::uint8_t kLeafPrefix = 0x00;
inline constexpr std::uint8_t kNodePrefix = 0x01;

// SHA-256(0x00 ‖ entry). For a Quarrymark entry this is its entry hash as well.
Hash leaf_hash(ByteSpan entry);
Hash leaf_hash(crypto::Sha256& sha256, ByteSpan entry);

// SHA-256(0x01 ‖ left ‖ right).
Hash node_hash(const Hash& left, const Hash& right);
Hash node_hash(crypto::Sha256& sha256, const Hash& left, const Hash& right);

// The root of a tree without entries: SHA-256 of nothing.
const Hash& empty_root();

}  // namespace quarrymark::merkle
