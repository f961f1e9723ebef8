#include "ledger/merkle/tree_hash.h"

#include <gtest/gtest.h>

#include <string>

namespace quarrymark::merkle {
namespace {

TEST(TreeHash, AnEmptyTreeHasTheHashOfNothing) {
  EXPECT_EQ(hex_encode(empty_root()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

// Published with RFC 6962 implementations since the beginning of Certificate Transparency.
TEST(TreeHash, TheLeafHashOfAnEmptyEntryIsThePublishedOne) {
  EXPECT_EQ(hex_encode(leaf_hash(ByteSpan())),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
}

TEST(TreeHash, ANodeIsHashedWithItsOwnPrefix) {
  const Hash left = leaf_hash(as_bytes("left")), right = leaf_hash(as_bytes("right"));
  const std::string bytes = "\x01" + std::string(as_text(left)) + std::string(as_text(right));
  EXPECT_EQ(node_hash(left, right), crypto::sha256(bytes));
}

TEST(TreeHash, ANodeIsNotTheLeafOfItsTwoChildren) {
  const Hash left = leaf_hash(as_bytes("left")), right = leaf_hash(as_bytes("right"));
  const std::string children = std::string(as_text(left)) + std::string(as_text(right));
  EXPECT_NE(node_hash(left, right), leaf_hash(as_bytes(children)));
}

TEST(TreeHash, LeftAndRightAreNotInterchangeable) {
  const Hash a = leaf_hash(as_bytes("a")), b = leaf_hash(as_bytes("b"));
  EXPECT_NE(node_hash(a, b), node_hash(b, a));
}

TEST(TreeHash, AReusedContextGivesTheSameHashes) {
  crypto::Sha256 sha256;
  const Hash a = leaf_hash(sha256, as_bytes("a")), b = leaf_hash(sha256, as_bytes("b"));
  EXPECT_EQ(a, leaf_hash(as_bytes("a")));
  EXPECT_EQ(node_hash(sha256, a, b), node_hash(a, b));
}

}  // namespace
}  // namespace quarrymark::merkle
