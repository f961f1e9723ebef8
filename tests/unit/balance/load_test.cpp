// Container numbers, verified gross mass and packing lists.
#include "tests/unit/balance/doubted.h"

namespace quarrymark::custody {
namespace {

struct Load : Cast {
  // Crates of 44 tiles each, loaded by F1 for IA.
  Recorded loaded(const Transport& transport, int crates = 2,
                  std::int64_t grams_a_crate = 1'000'000) {
    const StateRef stone = khm_block_at("F1");
    Output made = tiles("T", 44 * crates);
    if (grams_a_crate > 0) made.measure.mass = grams_a_crate * crates;
    const StateRef batch = split("F1", {stone}, {made}).out();
    std::vector<Output> boxes;
    for (int i = 0; i < crates; ++i) boxes.push_back(crate(cat("C", i), {{44, 0}}));
    const Recorded packed = pack("F1", {batch}, boxes);
    return dispatch("F1", packed.outs(), "IA").with([&](Event& event) {
      event.transport = Shown<Transport>::of(transport);
    });
  }
};

// The number that ISO 6346 is explained with everywhere.
TEST(Container, CheckDigits) {
  EXPECT_EQ(container_check_digit("CSQU3054383"), 3);
  for (const std::string_view number :
       {"TSTU4001019", "TSTU4001024", "TSTU4001030", "TSTU4001045", "TSTU4001050", "TSTU4001066"})
    EXPECT_EQ(container_check_digit(number), number.back() - '0') << number;
}

TEST(Container, RemainderTenPrintsAsNought) {
  EXPECT_EQ(container_check_digit("TSTU4000060"), 0);  // remainder ten
  EXPECT_EQ(container_check_digit("TSTU4000080"), 0);  // remainder nought
}

TEST(Container, AWrongDigitIsFoundAndSaid) {
  Load load;
  EXPECT_EQ(codes_about(load, load.loaded({"TSTU4001019", {}, {}, {}, {}})), Codes{});
  const Doubt doubt =
      doubt_of(load, load.loaded({"TSTU4001018", {}, {}, {}, {}}), "container_number_wrong");
  EXPECT_NE(doubt.words.find("container number TSTU4001018 of the dispatch of "),
            std::string::npos);
  EXPECT_NE(doubt.words.find(" ends in 8, its check digit is 9"), std::string::npos);
  EXPECT_EQ(doubt.facts, (json::Object{{"container", "TSTU4001018"}, {"expected", 9}}));
}

TEST(Container, AnySingleWrongDigitIsFoundUnlessTenPrintsAsNought) {
  const std::string right = "TSTU4001019";
  for (std::size_t place = 4; place < 10; ++place)
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = right;
      wrong[place] = digit;
      if (wrong != right) {
        EXPECT_NE(container_check_digit(wrong), 9) << wrong;
      }
    }
}

// Two crates of 1.00 t with 0.20 t of packing in a container of 2.20 t are 4.40 t.
Transport weighed(std::int64_t vgm) { return {"", vgm, 2'200'000, 200'000, {}}; }

TEST(Vgm, FivePerCentMoreOrLessIsAllowedAndAGramBeyondIsNot) {
  Load load;
  EXPECT_EQ(codes_about(load, load.loaded(weighed(4'620'000))), Codes{});
  EXPECT_EQ(codes_about(load, load.loaded(weighed(4'180'000))), Codes{});
  EXPECT_EQ(codes_about(load, load.loaded(weighed(4'620'001))), Codes{"vgm_contradiction"});
  const Doubt doubt = doubt_of(load, load.loaded(weighed(4'179'999)), "vgm_contradiction");
  EXPECT_EQ(doubt.facts, (json::Object{{"parts_g", 4'400'000}, {"vgm_g", 4'179'999}}));
  EXPECT_NE(doubt.words.find(" weighs 4.4 t by its parts and 4.18 t by its verified gross mass"),
            std::string::npos);
}

TEST(Vgm, WithoutATareOrAMassTheCheckIsNotMade) {
  Load load;
  EXPECT_EQ(codes_about(load, load.loaded({"", 9'000'000, {}, {}, {}})), Codes{});
  EXPECT_EQ(codes_about(load, load.loaded(weighed(9'000'000), 2, 0)), Codes{});
  EXPECT_EQ(codes_about(load, load.loaded(weighed(9'000'000)).withhold_output(1)), Codes{});
}

TEST(Count, OfThePackingListIsThatOfTheCratesLoaded) {
  Load load;
  EXPECT_EQ(codes_about(load, load.loaded({"", {}, {}, {}, 2})), Codes{});
  EXPECT_EQ(codes_about(load, load.loaded({"", {}, {}, {}, 1})), Codes{"count_contradiction"});
  const Doubt doubt = doubt_of(load, load.loaded({"", {}, {}, {}, 3}), "count_contradiction");
  EXPECT_EQ(doubt.facts, (json::Object{{"listed", 3}, {"loaded", 2}}));
  EXPECT_NE(doubt.words.find(" counts 3 crates, 2 are recorded"), std::string::npos);
}

TEST(Count, WhatIsHiddenMayBeACrate) {
  Load load;
  const auto hiding = [&](std::int64_t listed) {
    return load.loaded({"", {}, {}, {}, listed}, 3).withhold_output(0);
  };
  EXPECT_EQ(codes_about(load, hiding(2)), Codes{});
  EXPECT_EQ(codes_about(load, hiding(3)), Codes{});
  EXPECT_EQ(codes_about(load, hiding(1)), Codes{"count_contradiction"});
  EXPECT_EQ(codes_about(load, hiding(4)), Codes{"count_contradiction"});
}

TEST(Count, OfWhatArrivedIsHeldAgainstTheListToo) {
  Load load;
  const Recorded sent = load.loaded({"", {}, {}, {}, 3}, 3);
  const Recorded taken = load.receive("IA", {sent.out(0), sent.out(2)}).with([](Event& event) {
    event.transport = Shown<Transport>::of({"", {}, {}, {}, 3});
  });
  EXPECT_EQ(codes_about(load, taken), Codes{"count_contradiction"});
}

}  // namespace
}  // namespace quarrymark::custody
