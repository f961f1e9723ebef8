// Hashes and proofs out of tiles: what comes back always leads to the checkpoint.
#include "ledger/tiles/verified_tree.h"

#include "ledger/merkle/proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/tiles/reading.h"
#include "tests/unit/tiles/memory_log.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark::tiles {
namespace {

TEST(VerifiedTree, RelatesEveryEarlierTreeToALaterOne) {
  MemoryLog log;
  log.grow(600);
  auto tree = VerifiedTree::open(log, log.parsed());
  ASSERT_TRUE(tree);
  for (const std::uint64_t size : {0, 1, 2, 3, 255, 256, 257, 511, 512, 513, 599, 600}) {
    const Hash old_root = log.root(size);
    const auto relation = tree->relation_to(size, old_root);
    ASSERT_TRUE(relation) << size;
    EXPECT_TRUE(relation->is_beginning) << size;
    EXPECT_TRUE(merkle::verify_consistency(size, 600, relation->proof, old_root, log.root(600)));
  }
}

TEST(VerifiedTree, TellsAForkFromAnExtension) {
  MemoryLog log;
  log.grow(300);
  const note::Checkpoint before = log.parsed();
  log.rewrite(290, 600, "forged");
  auto tree = VerifiedTree::open(log, log.parsed());
  ASSERT_TRUE(tree);
  const auto relation = tree->relation_to(before.size, before.root);
  ASSERT_TRUE(relation);
  EXPECT_FALSE(relation->is_beginning);
  // The proof shows it to anybody: the same size, another root.
  EXPECT_TRUE(
      merkle::verify_consistency(300, 600, relation->proof, relation->root, log.parsed().root));
}

TEST(VerifiedTree, RefusesALaterSize) {
  MemoryLog log;
  log.grow(10);
  auto tree = VerifiedTree::open(log, log.parsed());
  ASSERT_TRUE(tree);
  EXPECT_FALSE(tree->relation_to(11, Hash{}));
  EXPECT_FALSE(tree->node(0, 10));
  EXPECT_FALSE(tree->node(4, 0));
  EXPECT_FALSE(tree->leaves(1));
}

TEST(VerifiedTree, RefusesTilesThatDoNotLeadToTheRoot) {
  for (const char* path : {"tile/0/002.p/188", "tile/1/000.p/2"}) {
    MemoryLog log;
    log.grow(700);
    log.flip(path, 40);
    EXPECT_FALSE(VerifiedTree::open(log, log.parsed())) << path;
    log.files.erase(path);
    const auto missing = VerifiedTree::open(log, log.parsed());
    ASSERT_FALSE(missing) << path;
    EXPECT_EQ(missing.error().field, path);
  }
}

TEST(VerifiedTree, NamesTheTileThatWasAltered) {
  MemoryLog log;
  log.grow(700);
  log.flip("tile/0/001", 0);
  auto tree = VerifiedTree::open(log, log.parsed());
  ASSERT_TRUE(tree) << "the right edge is sound";
  EXPECT_TRUE(tree->leaves(0));
  const auto leaves = tree->leaves(1);
  ASSERT_FALSE(leaves);
  EXPECT_EQ(leaves.error().field, "tile/0/001");
}

TEST(VerifiedTree, NeverGivesALeafThatIsNotInTheTree) {
  MemoryLog log;
  log.grow(513);
  auto tree = VerifiedTree::open(log, log.parsed());
  ASSERT_TRUE(tree);
  for (std::uint64_t index = 0; index < 513; ++index) {
    const auto leaves = tree->leaves(index / 256);
    ASSERT_TRUE(leaves);
    EXPECT_EQ((*leaves)[index % 256], merkle::leaf_hash(as_bytes(log.entries[index])));
  }
}

RC_GTEST_PROP(VerifiedTree, ProofsHoldForAnyTwoSizes, ()) {
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 900);
  const auto old_size = *rc::gen::inRange<std::uint64_t>(0, size + 1);
  MemoryLog log;
  log.grow(size);
  auto tree = VerifiedTree::open(log, log.parsed());
  RC_ASSERT(tree.has_value());
  const auto relation = tree->relation_to(old_size, log.root(old_size));
  RC_ASSERT(relation.has_value());
  RC_ASSERT(relation->is_beginning);
  const auto index = *rc::gen::inRange<std::uint64_t>(0, size);
  const auto proof = merkle::make_inclusion_proof(index, size, tree->nodes());
  RC_ASSERT(proof.has_value());
  RC_ASSERT(merkle::verify_inclusion(merkle::leaf_hash(as_bytes(log.entries[index])), index, size,
                                     *proof, log.parsed().root)
                .has_value());
}

TEST(TilesReading, SaysWhichFilesATreeHas) {
  // The example of tlog-tiles: 70,000 entries.
  EXPECT_EQ(tile_levels(70'000), 3U);
  EXPECT_EQ(full_tiles(70'000, 0), 273U);
  EXPECT_EQ(tile_at(70'000, 0, 273).width, 112U);
  EXPECT_EQ(full_tiles(70'000, 1), 1U);
  EXPECT_EQ(tile_at(70'000, 1, 1).width, 17U);
  EXPECT_EQ(tile_at(70'000, 2, 0).width, 1U);
  EXPECT_EQ(tile_levels(0), 0U);
  EXPECT_EQ(tile_levels(256), 2U);
  EXPECT_EQ(tile_levels(255), 1U);
  EXPECT_EQ(full_tiles(~std::uint64_t{0}, 7), 0U);
}

}  // namespace
}  // namespace quarrymark::tiles
