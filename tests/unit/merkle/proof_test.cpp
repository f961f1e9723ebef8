#include "ledger/merkle/proof.h"

#include "ledger/merkle/tree_hash.h"
#include "tests/unit/merkle/reference_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

namespace quarrymark::merkle {
namespace {

constexpr std::uint64_t kLastSize = ~std::uint64_t{0};

void flip_bit(Hash& hash, std::size_t bit) {
  hash[bit / 8 % hash.size()] ^= static_cast<std::uint8_t>(1U << bit % 8);
}

RC_GTEST_PROP(InclusionProof, OfEveryEntryIsTheReferenceOneAndVerifies, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 301);
  const ReferenceTree tree(size, *rc::gen::arbitrary<std::uint32_t>());
  const Hash root = tree.root();
  for (std::uint64_t index = 0; index < size; ++index) {
    const auto proof = make_inclusion_proof(index, size, tree.source());
    RC_ASSERT(bool(proof));
    RC_ASSERT(*proof == tree.inclusion_proof(index));
    RC_ASSERT(proof->size() == inclusion_proof_size(index, size));
    RC_ASSERT(bool(verify_inclusion(tree.leaf(index), index, size, *proof, root)));
  }
}

RC_GTEST_PROP(InclusionProof, WithAnyBitFlippedDoesNotVerify, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 301);
  const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
  const ReferenceTree tree(size, 1);
  auto proof = tree.inclusion_proof(index);
  Hash leaf = tree.leaf(index);
  const auto place = *rc::gen::inRange<std::size_t>(0, proof.size() + 1);
  flip_bit(place == proof.size() ? leaf : proof[place], *rc::gen::inRange<std::size_t>(0, 256));
  RC_ASSERT(!verify_inclusion(leaf, index, size, proof, tree.root()));
}

RC_GTEST_PROP(InclusionProof, DoesNotVerifyAtAnotherIndex, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(2, 301);
  const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
  const auto other = *rc::gen::inRange<std::uint64_t>(0, size);
  RC_PRE(index != other);
  const ReferenceTree tree(size, 2);
  RC_ASSERT(
      !verify_inclusion(tree.leaf(index), other, size, tree.inclusion_proof(index), tree.root()));
}

TEST(InclusionProof, IsRefusedWithAHashTooManyOrTooFew) {
  const ReferenceTree tree(7, 3);
  auto proof = tree.inclusion_proof(2);
  proof.push_back(Hash{});
  const auto longer = verify_inclusion(tree.leaf(2), 2, 7, proof, tree.root());
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().message, "inclusion proof of entry 2 in 7: expected 3 hashes, got 4");
  proof.resize(2);
  EXPECT_EQ(inclusion_root(tree.leaf(2), 2, 7, proof).error().code, Errc::kMalformed);
  EXPECT_FALSE(verify_inclusion(tree.leaf(2), 2, 7, {}, tree.root()));
}

TEST(InclusionProof, IsRefusedForAnIndexOutsideTheTree) {
  const ReferenceTree tree(7, 3);
  EXPECT_FALSE(inclusion_root(tree.leaf(6), 7, 7, tree.inclusion_proof(6)));
  EXPECT_FALSE(inclusion_root(tree.leaf(0), 0, 0, {}));
  EXPECT_EQ(make_inclusion_proof(7, 7, tree.source()).error().code, Errc::kInvalidArgument);
  EXPECT_FALSE(make_inclusion_proof(0, 0, tree.source()));
}

TEST(InclusionProof, NamesBothRootsWhenTheyDiffer) {
  const ReferenceTree tree(1, 3);
  const auto verified = verify_inclusion(tree.leaf(0), 0, 1, {}, empty_root());
  ASSERT_FALSE(verified);
  EXPECT_NE(verified.error().message.find(base64_encode(empty_root())), std::string::npos);
  EXPECT_NE(verified.error().message.find(base64_encode(tree.root())), std::string::npos);
}

TEST(InclusionProof, OfTheOnlyEntryIsEmpty) {
  const ReferenceTree tree(1, 3);
  EXPECT_TRUE(make_inclusion_proof(0, 1, tree.source())->empty());
  EXPECT_TRUE(verify_inclusion(tree.leaf(0), 0, 1, {}, tree.root()));
}

TEST(InclusionProof, CountsItsHashesUpToTheGreatestSize) {
  EXPECT_EQ(inclusion_proof_size(0, kLastSize), 64U);
  EXPECT_EQ(inclusion_proof_size(kLastSize - 1, kLastSize), 63U);
  EXPECT_EQ(inclusion_proof_size(0, std::uint64_t{1} << 63), 63U);
  EXPECT_TRUE(inclusion_root(Hash{}, 0, kLastSize, std::vector<Hash>(64)));
}

TEST(InclusionProof, OfAHugeTreeAsksOnlyForSubtreesInsideIt) {
  const auto size = (std::uint64_t{1} << 62) + 12345;
  const NodeSource source = [&](unsigned level, std::uint64_t index) -> Result<Hash> {
    EXPECT_LE(index + 1, size >> level);
    return leaf_hash(as_bytes(std::to_string(level) + "/" + std::to_string(index)));
  };
  const Hash root = *root_at(size, source);
  for (const std::uint64_t index : {std::uint64_t{1} << 62, size - 1}) {
    const auto proof = make_inclusion_proof(index, size, source);
    ASSERT_TRUE(proof);
    EXPECT_EQ(proof->size(), inclusion_proof_size(index, size));
    EXPECT_EQ(proof->back(), *source(62, 0));
  }
  EXPECT_NE(root, Hash{});
}

RC_GTEST_PROP(ConsistencyProof, OfAnyTwoSizesIsTheReferenceOneAndVerifies, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 301);
  const ReferenceTree tree(size, *rc::gen::arbitrary<std::uint32_t>());
  const auto old_size = *rc::gen::inRange<std::uint64_t>(1, size + 1);
  const auto proof = make_consistency_proof(old_size, size, tree.source());
  RC_ASSERT(bool(proof));
  RC_ASSERT(*proof == tree.consistency_proof(old_size));
  RC_ASSERT(bool(verify_consistency(old_size, size, *proof, tree.root_at(old_size), tree.root())));
}

TEST(ConsistencyProof, VerifiesForEveryPairOfSmallSizes) {
  const ReferenceTree tree(34, 4);
  for (std::uint64_t size = 0; size <= tree.size(); ++size)
    for (std::uint64_t old_size = 0; old_size <= size; ++old_size) {
      const auto proof = make_consistency_proof(old_size, size, tree.source());
      ASSERT_TRUE(proof);
      EXPECT_TRUE(
          verify_consistency(old_size, size, *proof, tree.root_at(old_size), tree.root_at(size)))
          << old_size << " to " << size;
    }
}

RC_GTEST_PROP(ConsistencyProof, WithAnyBitFlippedDoesNotVerify, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(2, 301);
  const auto old_size = *rc::gen::inRange<std::uint64_t>(1, size);
  const ReferenceTree tree(size, 5);
  auto proof = tree.consistency_proof(old_size);
  Hash old_root = tree.root_at(old_size), root = tree.root();
  const auto place = *rc::gen::inRange<std::size_t>(0, proof.size() + 2);
  Hash& target = place < proof.size() ? proof[place] : place == proof.size() ? old_root : root;
  flip_bit(target, *rc::gen::inRange<std::size_t>(0, 256));
  RC_ASSERT(!verify_consistency(old_size, size, proof, old_root, root));
}

RC_GTEST_PROP(ConsistencyProof, DoesNotJoinTwoHistories, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(2, 301);
  const auto old_size = *rc::gen::inRange<std::uint64_t>(1, size);
  const ReferenceTree one(size, 6), other(size, 7);
  RC_ASSERT(!verify_consistency(old_size, size, one.consistency_proof(old_size),
                                other.root_at(old_size), one.root()));
  RC_ASSERT(!verify_consistency(old_size, size, one.consistency_proof(old_size),
                                one.root_at(old_size), other.root()));
}

TEST(ConsistencyProof, IsRefusedWithAHashTooManyOrTooFew) {
  const ReferenceTree tree(7, 8);
  auto proof = tree.consistency_proof(3);
  proof.push_back(Hash{});
  const auto longer = verify_consistency(3, 7, proof, tree.root_at(3), tree.root());
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().message, "consistency proof from 3 to 7: expected 4 hashes, got 5");
  proof.resize(3);
  EXPECT_FALSE(verify_consistency(3, 7, proof, tree.root_at(3), tree.root()));
  EXPECT_FALSE(verify_consistency(3, 7, {}, tree.root_at(3), tree.root()));
  EXPECT_FALSE(verify_consistency(4, 7, {}, tree.root_at(4), tree.root()));
}

TEST(ConsistencyProof, FromNothingIsEmptyAndStartsAtTheEmptyRoot) {
  const ReferenceTree tree(7, 8);
  EXPECT_TRUE(verify_consistency(0, 7, {}, empty_root(), tree.root()));
  EXPECT_TRUE(verify_consistency(0, 0, {}, empty_root(), empty_root()));
  EXPECT_FALSE(verify_consistency(0, 7, {}, tree.root(), tree.root()));
  EXPECT_FALSE(verify_consistency(0, 7, std::vector<Hash>(1), empty_root(), tree.root()));
  EXPECT_FALSE(verify_consistency(0, 0, {}, empty_root(), tree.root()));
  EXPECT_FALSE(verify_consistency(0, 0, {}, tree.root(), tree.root()));
}

TEST(ConsistencyProof, OfEqualSizesIsEmptyAndNeedsEqualRoots) {
  const ReferenceTree one(7, 8), other(7, 9);
  EXPECT_TRUE(verify_consistency(7, 7, {}, one.root(), one.root()));
  EXPECT_FALSE(verify_consistency(7, 7, {}, one.root(), other.root()));
  EXPECT_FALSE(verify_consistency(7, 7, std::vector<Hash>(1), one.root(), one.root()));
}

TEST(ConsistencyProof, IsRefusedWhenTheLogShrinks) {
  const ReferenceTree tree(7, 8);
  EXPECT_FALSE(verify_consistency(7, 3, tree.consistency_proof(3), tree.root(), tree.root_at(3)));
  EXPECT_EQ(make_consistency_proof(7, 3, tree.source()).error().code, Errc::kInvalidArgument);
}

}  // namespace
}  // namespace quarrymark::merkle
