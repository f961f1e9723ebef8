#include "ledger/merkle/tree_hash.h"

#include <array>
#include <cstring>

namespace quarrymark::merkle {
namespace {

// One contiguous block hashes faster than three updates of a context.
using NodeBytes = std::array<std::uint8_t, 1 + 2 * sizeof(Hash)>;

NodeBytes node_bytes(const Hash& left, const Hash& right) {
  NodeBytes bytes;
  bytes[0] = kNodePrefix;
  std::memcpy(bytes.data() + 1, left.data(), left.size());
  std::memcpy(bytes.data() + 1 + left.size(), right.data(), right.size());
  return bytes;
}

const std::uint8_t kLeafPrefixByte[] = {kLeafPrefix};

}  // namespace

Hash leaf_hash(ByteSpan entry) { return crypto::sha256({ByteSpan(kLeafPrefixByte), entry}); }

Hash leaf_hash(crypto::Sha256& sha256, ByteSpan entry) {
  return sha256({ByteSpan(kLeafPrefixByte), entry});
}

Hash node_hash(const Hash& left, const Hash& right) {
  return crypto::sha256(ByteSpan(node_bytes(left, right)));
}

Hash node_hash(crypto::Sha256& sha256, const Hash& left, const Hash& right) {
  return sha256(ByteSpan(node_bytes(left, right)));
}

const Hash& empty_root() {
  static const Hash root = crypto::sha256(ByteSpan());
  return root;
}

}  // namespace quarrymark::merkle
