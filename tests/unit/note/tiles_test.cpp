#include "ledger/note/tiles.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark::note {
namespace {

TEST(TilePath, OfTheSpecificationIsReadAndWrittenAgain) {
  const auto tile = parse_tile_path("tile/0/x001/x234/067");
  ASSERT_TRUE(tile);
  EXPECT_EQ(*tile, (TilePath{false, 0, 1234067, 256}));
  EXPECT_EQ(write_tile_path(*tile), "tile/0/x001/x234/067");
}

TEST(TilePath, NamesPartialTilesAndEntryBundles) {
  EXPECT_EQ(*parse_tile_path("tile/63/000.p/1"), (TilePath{false, 63, 0, 1}));
  EXPECT_EQ(*parse_tile_path("tile/entries/x001/000.p/255"), (TilePath{true, 0, 1000, 255}));
  EXPECT_EQ(*parse_tile_path("tile/entries/999"), (TilePath{true, 0, 999, 256}));
  EXPECT_EQ(parse_tile_path("tile/0/x018/x446/x744/x073/x709/x551/615")->index,
            18446744073709551615U);
}

class TilePathSpelling : public testing::TestWithParam<const char*> {};

TEST_P(TilePathSpelling, IsRefused) {
  const auto tile = parse_tile_path(GetParam());
  ASSERT_FALSE(tile) << GetParam();
  EXPECT_EQ(tile.error().code, Errc::kMalformed);
}

INSTANTIATE_TEST_SUITE_P(
    OfEveryWrongKind, TilePathSpelling,
    testing::Values("", "tile", "tile/", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/",
                    "tile/64/000", "tile/00/000", "tile/-1/000", "tile/+1/000", "tile//000",
                    "tile/data/000", "tile/Entries/000", "tile/0/0", "tile/0/0000", "tile/0/x000",
                    "tile/0/x000/000", "tile/0/x000/001", "tile/0/001/000", "tile/0/X001/000",
                    "tile/0/x01/000", "tile/0/x001/x000", "tile/0/x001//000", "tile/0/0a0",
                    "tile/0/-01", "tile/0/ 00", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0",
                    "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p/1/", "tile/0/000.p/1.p/1",
                    "tile/0/000.P/1", "tile/0/000.p/x01", "tile/0/000 ", "tile/0/000\n",
                    "tile/0/../000", "tile/0/x018/x446/x744/x073/x709/x551/616",
                    "tile/0/x999/x999/x999/x999/x999/x999/x999/999"));

RC_GTEST_PROP(TilePath, ReadingAndWritingAreInverse, ()) {
  TilePath tile;
  tile.entries = *rc::gen::arbitrary<bool>();
  if (!tile.entries) tile.level = *rc::gen::inRange(0U, 64U);
  tile.index = *rc::gen::arbitrary<std::uint64_t>() >> *rc::gen::inRange(0, 64);
  tile.width = *rc::gen::inRange(1U, 257U);
  RC_ASSERT(*parse_tile_path(write_tile_path(tile)) == tile);
}

// The example of tlog-tiles: a tree of size 70,000.
TEST(TileWidth, IsThatOfTheSpecificationsExample) {
  EXPECT_EQ(tile_width(70'000, 0, 0), 256U);
  EXPECT_EQ(tile_width(70'000, 0, 272), 256U);
  EXPECT_EQ(tile_width(70'000, 0, 273), 112U);
  EXPECT_EQ(tile_width(70'000, 0, 274), 0U);
  EXPECT_EQ(tile_width(70'000, 1, 0), 256U);
  EXPECT_EQ(tile_width(70'000, 1, 1), 17U);
  EXPECT_EQ(tile_width(70'000, 2, 0), 1U);
  EXPECT_EQ(tile_width(70'000, 3, 0), 0U);
}

TEST(TileWidth, OfAnExactlyFullTileHasNoPartialOneBesideIt) {
  EXPECT_EQ(tile_width(256, 0, 0), 256U);
  EXPECT_EQ(tile_width(256, 0, 1), 0U);
  EXPECT_EQ(tile_width(256, 1, 0), 1U);
  EXPECT_EQ(tile_width(0, 0, 0), 0U);
}

TEST(TileWidth, IsNothingAboveWhatASizeCanReach) {
  EXPECT_EQ(tile_width(~std::uint64_t{0}, 7, 0), 255U);
  EXPECT_EQ(tile_width(~std::uint64_t{0}, 8, 0), 0U);
  EXPECT_EQ(tile_width(~std::uint64_t{0}, 63, 0), 0U);
}

}  // namespace
}  // namespace quarrymark::note
