#include "ledger/merkle/compact_range.h"

#include "ledger/merkle/node.h"
#include "ledger/merkle/tree_hash.h"
#include "tests/unit/merkle/reference_tree.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace quarrymark::merkle {
namespace {

TEST(CompactTree, StartsAsTheEmptyTree) {
  EXPECT_EQ(CompactTree().size(), 0U);
  EXPECT_EQ(CompactTree().root(), empty_root());
  EXPECT_TRUE(CompactTree().frontier().empty());
}

TEST(CompactTree, HasTheReferenceRootAfterEveryAppend) {
  const ReferenceTree reference(300, 1);
  CompactTree plain, with_context;
  crypto::Sha256 sha256;
  for (std::uint64_t i = 0; i < reference.size(); ++i) {
    plain.append(reference.leaf(i));
    with_context.append(sha256, reference.leaf(i));
    ASSERT_EQ(plain.root(), reference.root_at(i + 1)) << "size " << i + 1;
    ASSERT_EQ(with_context.root(), plain.root());
  }
  EXPECT_EQ(plain.size(), 300U);
  EXPECT_EQ(plain.frontier().size(), 4U);  // 300 = 256 + 32 + 8 + 4
}

TEST(CompactTree, ReportsEveryCompleteSubtreeOnceAndRightly) {
  const ReferenceTree reference(37, 2);
  std::map<NodeId, Hash> seen;
  CompactTree tree;
  for (std::uint64_t i = 0; i < reference.size(); ++i)
    tree.append(reference.leaf(i), [&](unsigned level, std::uint64_t index, const Hash& hash) {
      EXPECT_TRUE(seen.emplace(NodeId{level, index}, hash).second);
    });
  EXPECT_EQ(tree.root(), reference.root());
  std::size_t expected = 0;
  for (unsigned level = 0; level < 6; ++level) expected += 37U >> level;
  EXPECT_EQ(seen.size(), expected);
  const NodeSource source = reference.source();
  for (const auto& [id, hash] : seen) EXPECT_EQ(hash, *source(id.level, id.index));
}

TEST(CompactTree, ReportsALeafBeforeTheNodesAboveIt) {
  const ReferenceTree reference(4, 3);
  CompactTree tree;
  for (std::uint64_t i = 0; i < 3; ++i) tree.append(reference.leaf(i));
  std::vector<NodeId> order;
  tree.append(reference.leaf(3), [&](unsigned level, std::uint64_t index, const Hash&) {
    order.push_back({level, index});
  });
  EXPECT_EQ(order, (std::vector<NodeId>{{0, 3}, {1, 1}, {2, 0}}));
}

TEST(CompactTree, ACopyLeavesTheOriginalAlone) {
  const ReferenceTree reference(5, 4);
  CompactTree tree;
  for (std::uint64_t i = 0; i < 3; ++i) tree.append(reference.leaf(i));
  CompactTree trial = tree;
  trial.append(reference.leaf(3));
  trial.append(reference.leaf(4));
  EXPECT_EQ(trial.root(), reference.root());
  EXPECT_EQ(tree.root(), reference.root_at(3));
}

TEST(CompactTree, RefusesAFrontierThatDoesNotFitTheSize) {
  EXPECT_FALSE(CompactTree::restore(3, {Hash{}}));
  EXPECT_FALSE(CompactTree::restore(4, {Hash{}, Hash{}}));
  EXPECT_FALSE(CompactTree::restore(0, {Hash{}}));
  EXPECT_FALSE(CompactTree::restore(1, {}));
  EXPECT_EQ(CompactTree::restore(7, {Hash{}}).error().code, Errc::kInvalidArgument);
}

TEST(CompactTree, RestoresTheEmptyTree) {
  EXPECT_EQ(CompactTree::restore(0, {})->root(), empty_root());
}

RC_GTEST_PROP(CompactTree, ContinuesFromItsFrontierAsIfNothingHadHappened, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(0, 300);
  const auto at = *rc::gen::inRange<std::uint64_t>(0, size + 1);
  const ReferenceTree reference(size, *rc::gen::arbitrary<std::uint32_t>());
  CompactTree first;
  for (std::uint64_t i = 0; i < at; ++i) first.append(reference.leaf(i));
  const auto frontier = first.frontier();
  auto second = CompactTree::restore(first.size(), {frontier.begin(), frontier.end()});
  RC_ASSERT(bool(second));
  for (std::uint64_t i = at; i < size; ++i) second->append(reference.leaf(i));
  RC_ASSERT(second->root() == reference.root());
}

RC_GTEST_PROP(CompleteSubtrees, OfAWholeTreeAreItsFrontier, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 300);
  const ReferenceTree reference(size, 5);
  CompactTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(reference.leaf(i));
  std::vector<Hash> hashes;
  for (const NodeId& node : complete_subtrees(0, size))
    hashes.push_back(*reference.source()(node.level, node.index));
  RC_ASSERT(std::ranges::equal(hashes, tree.frontier()));
  RC_ASSERT(*root_at(size, reference.source()) == tree.root());
}

TEST(CompleteSubtrees, CoverHugeRangesWithoutOverflow) {
  EXPECT_EQ(complete_subtrees(0, ~std::uint64_t{0}).size(), 64U);
  EXPECT_EQ(complete_subtrees(std::uint64_t{1} << 63, ~std::uint64_t{0}).size(), 63U);
  EXPECT_TRUE(complete_subtrees(5, 5).empty());
}

TEST(RangeHash, RefusesAnEmptyRange) {
  const ReferenceTree reference(4, 6);
  EXPECT_FALSE(range_hash(2, 2, reference.source()));
  EXPECT_FALSE(range_hash(3, 2, reference.source()));
  EXPECT_EQ(*root_at(0, reference.source()), empty_root());
}

TEST(RangeHash, PassesTheErrorOfItsSourceOn) {
  const NodeSource broken = [](unsigned, std::uint64_t) -> Result<Hash> {
    return fail(Errc::kDataLoss, "gone");
  };
  EXPECT_EQ(range_hash(0, 3, broken).error().code, Errc::kDataLoss);
}

}  // namespace
}  // namespace quarrymark::merkle
