#include "ledger/merkle/multi_proof.h"

#include "ledger/merkle/proof.h"
#include "ledger/merkle/tree_hash.h"
#include "tests/unit/merkle/reference_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace quarrymark::merkle {
namespace {

using Indices = std::vector<std::uint64_t>;

// A few to many of the numbers below `size`, ascending, at least one.
Indices some_below(std::uint64_t size) {
  const auto drawn = *rc::gen::nonEmpty(
      rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, size)));
  const std::set<std::uint64_t> distinct(drawn.begin(), drawn.end());
  return {distinct.begin(), distinct.end()};
}

Indices some_of(const Indices& from) {
  Indices out;
  for (const std::uint64_t place : some_below(from.size())) out.push_back(from[place]);
  return out;
}

RC_GTEST_PROP(MultiProof, OfAnyEntriesIsTheReferenceOneAndLeadsToTheRoot, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 301);
  const ReferenceTree tree(size, *rc::gen::arbitrary<std::uint32_t>());
  const Indices indices = some_below(size);
  const auto proof = make_multi_proof(size, indices, tree.source());
  RC_ASSERT(bool(proof));
  RC_ASSERT(*proof == tree.multi_proof(indices));
  RC_ASSERT(*multi_proof_root(size, tree.entries(indices), *proof) == tree.root());
}

RC_GTEST_PROP(MultiProof, WithAnyBitFlippedLeadsToAnotherRoot, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 301);
  const ReferenceTree tree(size, 1);
  const Indices indices = some_below(size);
  auto entries = tree.entries(indices);
  auto proof = tree.multi_proof(indices);
  const auto place = *rc::gen::inRange<std::size_t>(0, entries.size() + proof.size());
  const auto bit = *rc::gen::inRange<std::size_t>(0, 256);
  Hash& target = place < entries.size() ? entries[place].hash : proof[place - entries.size()];
  target[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
  RC_ASSERT(*multi_proof_root(size, entries, proof) != tree.root());
}

RC_GTEST_PROP(MultiProof, IsRefusedWithAHashTooManyOrTooFew, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 301);
  const ReferenceTree tree(size, 2);
  const Indices indices = some_below(size);
  auto proof = tree.multi_proof(indices);
  proof.push_back(Hash{});
  RC_ASSERT(!multi_proof_root(size, tree.entries(indices), proof));
  RC_ASSERT(!PartialTree::make(size, tree.entries(indices), proof));
  proof.pop_back();
  RC_PRE(!proof.empty());
  proof.pop_back();
  RC_ASSERT(!multi_proof_root(size, tree.entries(indices), proof));
  RC_ASSERT(!PartialTree::make(size, tree.entries(indices), proof));
}

RC_GTEST_PROP(PartialTree, PrunesToExactlyTheProofOfTheSubset, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 301);
  const ReferenceTree tree(size, *rc::gen::arbitrary<std::uint32_t>());
  const Indices indices = some_below(size);
  const auto partial = PartialTree::make(size, tree.entries(indices), tree.multi_proof(indices));
  RC_ASSERT(bool(partial));
  RC_ASSERT(partial->root() == tree.root());
  const Indices subset = some_of(indices);
  const auto pruned = partial->prune(subset);
  RC_ASSERT(bool(pruned));
  RC_ASSERT(*pruned == *make_multi_proof(size, subset, tree.source()));
  RC_ASSERT(*multi_proof_root(size, tree.entries(subset), *pruned) == tree.root());
}

class MultiProofOfSeven : public testing::Test {
 protected:
  const ReferenceTree tree_{7, 4};
  const Indices indices_{1, 4, 5};
  const std::vector<IndexedLeaf> entries_ = tree_.entries(indices_);
  const std::vector<Hash> proof_ = tree_.multi_proof(indices_);
};

// DESIGN.md §8: depth first, left before right, a hash wherever a subtree holds no entry.
TEST_F(MultiProofOfSeven, ListsItsHashesFromLeftToRight) {
  const NodeSource node = tree_.source();
  EXPECT_EQ(proof_, (std::vector<Hash>{tree_.leaf(0), *node(1, 1), tree_.leaf(6)}));
}

TEST_F(MultiProofOfSeven, IsRefusedWhenItsHashesComeInAnotherOrder) {
  auto swapped = proof_;
  std::swap(swapped[0], swapped[1]);
  EXPECT_NE(*multi_proof_root(7, entries_, swapped), tree_.root());
}

TEST_F(MultiProofOfSeven, IsRefusedWithoutEntries) {
  EXPECT_EQ(multi_proof_root(7, {}, std::vector<Hash>{tree_.root()}).error().code,
            Errc::kMalformed);
  EXPECT_FALSE(PartialTree::make(7, {}, std::vector<Hash>{tree_.root()}));
  EXPECT_EQ(make_multi_proof(7, {}, tree_.source()).error().code, Errc::kInvalidArgument);
}

TEST_F(MultiProofOfSeven, IsRefusedWhenEntriesDoNotAscend) {
  auto entries = entries_;
  std::swap(entries[1], entries[2]);
  EXPECT_EQ(multi_proof_root(7, entries, proof_).error().message,
            "multi-proof: entries do not ascend, 4 follows 5");
  entries = entries_;
  entries[2] = entries[1];
  EXPECT_FALSE(multi_proof_root(7, entries, proof_));
  EXPECT_FALSE(make_multi_proof(7, Indices{2, 2}, tree_.source()));
  EXPECT_FALSE(make_multi_proof(7, Indices{3, 2}, tree_.source()));
}

TEST_F(MultiProofOfSeven, IsRefusedForAnIndexOutsideTheTree) {
  auto entries = entries_;
  entries[2].index = 7;
  EXPECT_EQ(multi_proof_root(7, entries, proof_).error().message,
            "multi-proof: entry 7 is not below the tree size 7");
  EXPECT_FALSE(multi_proof_root(0, entries_, proof_));
  EXPECT_FALSE(make_multi_proof(7, Indices{7}, tree_.source()));
}

TEST_F(MultiProofOfSeven, SaysWhichCountOfHashesItNeeds) {
  auto proof = proof_;
  proof.push_back(Hash{});
  EXPECT_EQ(multi_proof_root(7, entries_, proof).error().message,
            "multi-proof: too many hashes, expected 3, got 4");
  EXPECT_EQ(multi_proof_root(7, entries_, {}).error().message,
            "multi-proof: too few hashes, all 0 are used up");
}

TEST_F(MultiProofOfSeven, PrunesNothingThatIsNotThere) {
  const auto partial = PartialTree::make(7, entries_, proof_);
  ASSERT_TRUE(partial);
  EXPECT_EQ(partial->prune(Indices{1, 3}).error().message,
            "multi-proof: entry 3 is not part of this packet");
  EXPECT_FALSE(partial->prune(Indices{0}));
  EXPECT_FALSE(partial->prune(Indices{6}));
  EXPECT_FALSE(partial->prune(Indices{7}));
  EXPECT_FALSE(partial->prune({}));
  EXPECT_FALSE(partial->prune(Indices{4, 1}));
  EXPECT_FALSE(partial->prune(Indices{1, 1}));
}

TEST_F(MultiProofOfSeven, PassesTheErrorOfItsSourceOn) {
  const NodeSource broken = [](unsigned, std::uint64_t) -> Result<Hash> {
    return fail(Errc::kDataLoss, "gone");
  };
  EXPECT_EQ(make_multi_proof(7, indices_, broken).error().code, Errc::kDataLoss);
}

TEST(MultiProof, OfAllEntriesIsEmpty) {
  const ReferenceTree tree(13, 5);
  Indices all(13);
  std::iota(all.begin(), all.end(), 0);
  EXPECT_TRUE(make_multi_proof(13, all, tree.source())->empty());
  EXPECT_EQ(*multi_proof_root(13, tree.entries(all), {}), tree.root());
}

TEST(MultiProof, OfOneEntryHoldsTheHashesOfItsInclusionProof) {
  const ReferenceTree tree(13, 6);
  for (std::uint64_t index = 0; index < 13; ++index) {
    auto multi = *make_multi_proof(13, Indices{index}, tree.source());
    auto single = tree.inclusion_proof(index);
    std::sort(multi.begin(), multi.end());
    std::sort(single.begin(), single.end());
    EXPECT_EQ(multi, single);
  }
}

// A claimed size costs nothing: only subtrees that hold an entry are entered.
TEST(MultiProof, OfTheGreatestSizeTakesNoTime) {
  constexpr std::uint64_t kSize = ~std::uint64_t{0};
  const std::vector<IndexedLeaf> entries = {{0, Hash{}}, {kSize / 2, Hash{}}, {kSize - 1, Hash{}}};
  EXPECT_FALSE(multi_proof_root(kSize, entries, {}));
  std::size_t needed = 0;
  std::vector<Hash> proof;
  while (!multi_proof_root(kSize, entries, proof) && ++needed < 200) proof.emplace_back();
  // Depths 64, 64 and 63 less what the three paths share.
  EXPECT_GT(needed, 150U);
  EXPECT_LT(needed, 192U);
  EXPECT_TRUE(PartialTree::make(kSize, entries, proof)->prune(Indices{kSize / 2}));
}

}  // namespace
}  // namespace quarrymark::merkle
