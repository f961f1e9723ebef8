// Odd but legal: nothing here may be held against anybody.
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

TEST(Honest, PartDrawsOverManyDaysAllMatch) {
  Cast cast;
  StateRef pool = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 100).out();
  std::vector<StateRef> sent;
  for (int day = 0; day < 9; ++day) {
    const std::int64_t left = 100 - 10 * (day + 1);
    const Recorded drawn =
        cast.split("F1", {{pool, 10}}, {tiles(cat("P", day), 10), tiles("A", left)});
    sent.push_back(drawn.out(0));
    pool = drawn.out(1);
  }
  sent.push_back(pool);
  cast.deliver_from("F1", sent);
  const Report report = judged(cast, khm_by_f1());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_EQ(report.amount, 100);
}

TEST(Honest, PackingAPartOfABatchLeavesTheRest) {
  Cast cast;
  const StateRef pool = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 100).out();
  const Recorded packed = cast.pack("F1", {{pool, 44}}, {crate("C", {{44, 0}}), tiles("A", 56)});
  cast.deliver_from("F1", packed.outs());
  const Report report = judged(cast, khm_by_f1());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_EQ(report.amount, 100);
}

TEST(Honest, AnImporterThatPortionsABatchIsNotTheFactory) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 100).out();
  const StateRef at_ia = cast.hand_over("F1", "IA", {made}).front();
  cast.deliver_from("IA",
                    {cast.split("IA", {{at_ia, 30}}, {tiles("P", 30), tiles("A", 70)}).out(0)});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "match");
}

TEST(Honest, AQuarryThatSawsItsOwnBlocksFirstIsNoOtherFactory) {
  Cast cast;
  const StateRef stone = cast.extract("OPK", cast.khm, block("B")).out();
  const auto sawn =
      cast.split("OPK", {stone}, slabs("S", 5, {1900, 900, 60})).saw(Axis::kWidth, 7, 60).outs();
  const auto at_f1 = cast.hand_over("OPK", "F1", sawn);
  cast.deliver_from("F1",
                    {cast.split("F1", Draws(at_f1.begin(), at_f1.end()), {tiles("T", 30)}).out()});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "match");
}

TEST(Honest, GoodsThatGoBackByDispatchAndComeAgainMatch) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A").out();
  const auto at_ia = cast.hand_over("F1", "IA", {made});
  const auto back = cast.hand_over("IA", "F1", at_ia);
  cast.deliver_from("F1", back);
  const Report report = judged(cast, khm_by_f1());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_EQ(report.hand_overs, 4);
}

TEST(Honest, AShortReceiptLeavesTheMissingInTransit) {
  Cast cast;
  const StateRef a = cast.tiles_from("F1", cast.khm_block_at("F1", "BA"), "A").out();
  const StateRef b = cast.tiles_from("F1", cast.khm_block_at("F1", "BB"), "B").out();
  const Recorded sent = cast.dispatch("F1", {a, b}, "IA");
  cast.deliver_from("IA", {cast.receive("IA", {sent.out(1)}).out()});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "match");
  EXPECT_TRUE(double_uses(cast).empty());
}

TEST(Honest, TwoPartialReceiptsOfOneDispatchAreNoDoubleUse) {
  Cast cast;
  const StateRef a = cast.tiles_from("F1", cast.khm_block_at("F1", "BA"), "A").out();
  const StateRef b = cast.tiles_from("F1", cast.khm_block_at("F1", "BB"), "B").out();
  const Recorded sent = cast.dispatch("F1", {a, b}, "IA");
  cast.deliver_from(
      "IA", {cast.receive("IA", {sent.out(0)}).out(), cast.receive("IA", {sent.out(1)}).out()});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "match");
}

TEST(Honest, AnAcceptedDeliveryStaysWhatItWas) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  cast.add(EventType::kAccept, "DUI", {cast.base().items.front()});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "match");
}

TEST(Honest, OfTwoStatesOfOneThingTheLaterIsDelivered) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 44).out();
  const Recorded sent = cast.dispatch("F1", {made}, "DUI");
  cast.deliver({made, sent.out()});
  const Report report = judged(cast, khm_by_f1());
  EXPECT_EQ(report.amount, 44);
  EXPECT_EQ(verdict_of(report), "match");
}

TEST(Honest, EvidenceAloneIsNoDelivery) {
  Cast cast;
  cast.deliver({cast.attest("T", "hold", {}).record()});
  EXPECT_EQ(verdict_of(cast), "none");
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "not_verifiable");
}

TEST(Honest, ASmallerScaleReadingAtTheFactoryIsNoFinding) {
  Cast cast;
  const StateRef stone =
      cast.extract("OPK", cast.khm, block("B", {2700, 1600, 1500}, 20'600'000)).out();
  Recorded taken = cast.receive("F1", {cast.dispatch("OPK", {stone}, "F1").out()});
  taken.event().outputs[0]->measure.mass = 20'400'000;
  cast.deliver_from("F1", {cast.tiles_from("F1", taken.out(), "T").out()});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "match");
}

TEST(Honest, HiddenNeighbourCratesAreARemarkNotAGap) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 88).out();
  Recorded packed = cast.pack("F1", {made}, {crate("C", {{44, 0}}), crate("D", {{44, 0}})});
  packed.withhold_output(1);
  cast.deliver_from("F1", {packed.out(0)});
  const Report report = judged(cast, khm_by_f1());
  EXPECT_EQ(verdict_of(report), "match");
  ASSERT_TRUE(has_code(report, "not_shown"));
  EXPECT_NE(finding(report, "not_shown")->sentence.find("1 of the 2 things packed"),
            std::string::npos);
}

TEST(Honest, ScannedLabelsAnswerToItemAliasAndCrate) {
  Cast cast;
  const StateRef made = cast.split("F1", {cast.khm_block_at("F1")},
                                   {labelled(slab("A", {2000, 1000, 60}), "SERIALAA")})
                            .out();
  cast.deliver_from("F1",
                    {cast.pack("F1", {made}, {labelled(crate("C", {{1, 0}}), "SERIALCC")}).out()});
  const auto scanned = [&](std::string_view item, std::string_view serial) {
    Question question = khm_by_f1();
    Scan scan;
    scan.item = item;
    scan.serial = serial;
    scan.content = item;
    question.scans = std::vector<Scan>{scan};
    return judged(cast, question);
  };
  EXPECT_EQ(verdict_of(scanned("A", "SERIALAA")), "match");
  EXPECT_EQ(scanned("A", "SERIALAA").scanned, 1);
  EXPECT_EQ(verdict_of(scanned("C", "SERIALCC")), "match");
  const Report replaced = scanned("C", "OLDOLDOL");
  EXPECT_EQ(verdict_of(replaced), "not_verifiable");
  EXPECT_TRUE(has_code(replaced, "label_replaced"));
  const Report other = scanned("X", "");
  EXPECT_EQ(verdict_of(other), "not_verifiable");
  EXPECT_TRUE(has_code(other, "label_not_carried"));
}

TEST(Honest, NothingReadFromAScanIsNotVerifiable) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  Question question = khm_by_f1();
  question.scans = std::vector<Scan>{};
  EXPECT_EQ(verdict_of(cast, question), "not_verifiable");
}

}  // namespace
}  // namespace quarrymark::custody
