// Densities, slips of unit and digits, shapeless blocks, yields as they are doubted when recorded.
#include "ledger/balance/balance.h"
#include "tests/unit/balance/doubted.h"

namespace quarrymark::custody {
namespace {

struct Measured : Cast {
  Recorded dug(Dimensions net, std::int64_t grams, std::string family = "dolerite") {
    Recorded made = extract("OPK", khm, block("KHM-0418", net, grams));
    made.event().stone = Shown<Stone>::of({"Black", std::move(family)});
    return made;
  }
  std::string suggestion(Dimensions net, std::int64_t grams, std::string family = "dolerite") {
    return doubt_of(*this, dug(net, grams, std::move(family)), "density_contradiction").suggestion;
  }
};

// The example of the goal: 4.15 m saved for block 0418.
TEST(UnitErrors, SwappedDigitsOf0418) {
  Measured cast;
  const Doubt doubt =
      doubt_of(cast, cast.dug({2600, 1500, 4150}, 18'000'000), "density_contradiction");
  EXPECT_EQ(doubt.words,
            "the weight and size of block KHM-0418 imply 0.98 to 1.11 t/m³, which is not dolerite");
  EXPECT_EQ(doubt.suggestion, "a height of 1.45 m would fit");
}

TEST(UnitErrors, ACorrectionEndsTheDoubt) {
  Measured cast;
  const Recorded made = cast.dug({2600, 1500, 4150}, 18'000'000);
  const Recorded fixed = cast.correct(made, {0}, [](Output& output) {
    output.measure.net = Dimensions{2600, 1500, 1450};
    output.measure.gross = Dimensions{2700, 1600, 1550};
  });
  EXPECT_EQ(codes_about(cast, made), Codes{});
  EXPECT_EQ(codes_about(cast, fixed), Codes{});
}

TEST(UnitErrors, EachKindOfSlipIsSuggested) {
  Measured cast;
  EXPECT_EQ(cast.suggestion({2600, 1500, 145}, 18'000'000), "a height of 1.45 m would fit");
  EXPECT_EQ(cast.suggestion({26000, 1500, 1450}, 18'000'000), "a length of 2.6 m would fit");
  EXPECT_EQ(cast.suggestion({2600, 1500, 571}, 18'000'000), "a height of 1.45 m would fit");
  EXPECT_EQ(cast.suggestion({260, 150, 145}, 18'000'000),
            "sides of 2.6 m × 1.5 m × 1.45 m would fit");
  EXPECT_EQ(cast.suggestion({2600, 1500, 1450}, 180'000'000), "a mass of 18 t would fit");
  EXPECT_EQ(cast.suggestion({2600, 1500, 1450}, 18'000), "a mass of 18 t would fit");
}

TEST(UnitErrors, SwappedDigitsOfTheMass) {
  Measured cast;
  EXPECT_EQ(cast.suggestion({2600, 1500, 1450}, 71'000'000), "a mass of 17 t would fit");
}

TEST(UnitErrors, WhatFitsOnlyAnotherStoneIsNotSuggested) {
  Measured cast;
  // 14.0 t and not 41.0 t would be a sandstone of 2.3 to 2.5 t/m³, and no dolerite.
  EXPECT_EQ(cast.suggestion({2600, 1500, 1450}, 41'000'000, "sandstone"),
            "a mass of 14 t would fit");
  EXPECT_EQ(cast.suggestion({2600, 1500, 1450}, 41'000'000).find("14 t"), std::string::npos);
}

TEST(UnitErrors, ADensityThatSomeStoneHasIsNoSlip) {
  Measured cast;
  const Doubt swapped_stone =
      doubt_of(cast, cast.dug({2600, 1500, 1450}, 14'000'000), "density_contradiction");
  EXPECT_EQ(swapped_stone.suggestion, "");
}

// EN 1467: of 3.00 × 2.00 × 1.00 m gross, 80 % of granite of at least 2.60 t/m³ is 12.48 t.
TEST(Shapeless, UpToFourFifthsOfTheGrossBoxAndNoMore) {
  Measured cast;
  const auto granite = [&](std::int64_t grams) {
    Recorded made = cast.dug({2900, 1900, 900}, grams, "granite");
    // Only the box around it was measured.
    made.event().outputs[0]->measure.gross = Dimensions{3000, 2000, 1000};
    made.event().outputs[0]->measure.net = Dimensions{2500, 1900, 900};
    return made;
  };
  const Doubt doubt = doubt_of(cast, granite(12'480'000), "shapeless_block");
  EXPECT_EQ(doubt.words,
            "block KHM-0418 fills at most 80 % of its gross box, so it is shapeless by EN 1467");
  EXPECT_EQ(doubt.facts, (json::Object{{"filled_per_mille", 800}}));
  EXPECT_EQ(codes_about(cast, granite(12'480'001)), Codes{});
}

TEST(Shapeless, IsNotSaidWhereTheMeasuresContradict) {
  Measured cast;
  EXPECT_EQ(codes_about(cast, cast.dug({2600, 1500, 4150}, 18'000'000)),
            Codes{"density_contradiction"});
}

TEST(YieldDoubts, AreSaidOfTheSawStepThatGoesTooFar) {
  Cast cast;
  const StateRef stone = cast.block_at("F2", cast.sdq, "P-221", {2850, 1750, 1550});
  const Recorded expected =
      cast.split("F2", {stone}, slabs("S", 20, {2800, 1500, 80})).saw(Axis::kWidth, 8, 80);
  const Doubt warned = doubt_of(cast, expected, "above_expected_yield");
  EXPECT_EQ(warned.facts, (json::Object{{"count", 20}, {"expected", 19}, {"limit", 21}}));
  Cast other;
  const StateRef again = other.block_at("F2", other.sdq, "P-221", {2850, 1750, 1550});
  const Recorded over =
      other.split("F2", {again}, slabs("S", 28, {2800, 1500, 80})).saw(Axis::kWidth, 8, 80);
  EXPECT_NE(doubt_of(other, over, "over_yield").words.find("at most 21 are possible"),
            std::string::npos);
}

}  // namespace
}  // namespace quarrymark::custody
