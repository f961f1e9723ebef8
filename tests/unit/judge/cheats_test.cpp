// What somebody with logs and keys of their own might try. Nothing here may look better than it is.
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

TEST(Cheat, StoneThatSomebodyElseHoldsIsAGap) {
  Cast cast;
  const StateRef anothers = cast.khm_block_at("F1");
  cast.deliver_from("F2", {cast.tiles_from("F2", anothers, "A").out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_TRUE(has_code(report, "not_holder"));
}

TEST(Cheat, VoidingAStepOnAnothersStoneDoesNotMakeItOnesOwn) {
  Cast cast;
  const StateRef anothers = cast.khm_block_at("F1");
  const Recorded restored = cast.void_of(cast.tiles_from("F2", anothers, "A"));
  cast.deliver_from("F2", {cast.tiles_from("F2", restored.out(), "B").out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");
}

TEST(Cheat, VoidingAnothersStepRestoresNothing) {
  Cast cast;
  const Recorded honest = cast.tiles_from("F1", cast.khm_block_at("F1"), "A");
  Recorded forged = cast.void_of(honest);
  forged.event().log = Cast::log("F2");
  cast.deliver_from("F2", {cast.tiles_from("F2", forged.out(), "B").out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");
}

TEST(Cheat, CorrectingAnothersStepGivesNothing) {
  Cast cast;
  const Recorded honest = cast.tiles_from("F1", cast.khm_block_at("F1"), "A");
  Recorded forged = cast.correct(honest, {0});
  forged.event().log = Cast::log("F2");
  cast.deliver_from("F2", {forged.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");
}

TEST(Cheat, ASecondDispatchOfOneStateIsADuplicate) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A").out();
  cast.silence(cast.dispatch("F1", {made}, "T"));
  cast.deliver_from("F1", {made});
  EXPECT_EQ(verdict_of(cast, only_khm()), "duplicate");
}

TEST(Cheat, SendingOnWhatWasSentIsAGap) {
  Cast cast;
  const Recorded sent =
      cast.dispatch("F1", {cast.tiles_from("F1", cast.khm_block_at("F1"), "A").out()}, "T");
  cast.deliver({cast.dispatch("F1", {sent.out()}, "DUI").out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");
}

TEST(Cheat, AnExtractorWhomAStrangerAdmittedIsNoOrigin) {
  Cast cast;
  Recorded admission =
      cast.admit("OPX", "quarry operator", "IN", {{cast.khm, "operator", {}, {}, {}}});
  admission.event().log = Cast::log("Another registrar");
  cast.deliver_from("OPX", {cast.extract("OPX", cast.khm, block("B")).out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_TRUE(has_code(report, "unknown_signer"));
}

TEST(Cheat, ASiteEventOfOnesOwnIsNotTheSiteOfThatName) {
  Cast cast;
  Recorded site = cast.add(EventType::kSite, "OPS");
  site.event().site = Shown<SiteFacts>::of([] {
    SiteFacts facts;
    facts.quarry = facts.name = "KHM";
    return facts;
  }());
  cast.deliver_from("OPS", {cast.extract("OPS", site.id().text(), block("B")).out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "declared");
}

TEST(Cheat, ForeignStoneUnderTheNumberOfASmallInputKeepsItsOwnOrigin) {
  Cast cast;
  const StateRef little = cast.tiles_from("F1", cast.khm_block_at("F1", "BA"), "A", 10).out();
  const StateRef much = cast.tiles_from("F1", cast.block_at("F1", cast.sdq, "BB"), "B", 90).out();
  cast.deliver_from("F1", {cast.split("F1", {little, much}, {tiles("A", 100)}).out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "mixed");
  EXPECT_EQ(line(report, "quarry").supported, 10);
}

TEST(Cheat, TheRemainderTrickWithAPartDrawIsNoBetter) {
  // 1 of 10 drawn: "the rest" is given out as 100.
  Cast cast;
  const StateRef little = cast.tiles_from("F1", cast.khm_block_at("F1", "BA"), "A", 10).out();
  const StateRef much = cast.tiles_from("F1", cast.block_at("F1", cast.sdq, "BB"), "B", 90).out();
  cast.deliver_from("F1", {cast.split("F1", {{little, 1}, {much, 90}}, {tiles("A", 100)}).out()});
  EXPECT_NE(verdict_of(cast, only_khm()), "match");
}

TEST(Cheat, AWholeMixtureWithoutWeightsIsUnknownNotFavourable) {
  Cast cast;
  Output a = loose("A", 1'000'000), b = tiles("B", 100);
  b.measure = {};
  const StateRef from_khm = cast.split("F1", {cast.khm_block_at("F1", "BA")}, {a}).out();
  const StateRef from_sdq = cast.split("F1", {cast.block_at("F1", cast.sdq, "BB")}, {b}).out();
  cast.deliver_from("F1", {cast.split("F1", {from_khm, from_sdq}, {tiles("S", 10)}).out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_EQ(line(report, "quarry").unknown, 10);
}

TEST(Cheat, AMixtureWithoutWeightsOfOneOriginNeedsNone) {
  Cast cast;
  const Recorded sawn =
      cast.split("F1", {cast.khm_block_at("F1")}, {loose("A", 1'000'000), tiles("B", 10)});
  Output counted = tiles("S", 10);
  cast.deliver_from("F1", {cast.split("F1", {sawn.out(0), sawn.out(1)}, {counted}).out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
}

Report packed_with(std::vector<Output> crates, std::size_t delivered = 1) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 44).out();
  auto states = cast.pack("F1", {made}, std::move(crates)).outs();
  states.resize(delivered);
  cast.deliver_from("F1", states);
  return judged(cast, only_khm());
}

TEST(Cheat, APackThatHoldsMoreThanWasDrawnIsOverYield) {
  EXPECT_EQ(verdict_of(packed_with({crate("C", {{44, 0}})})), "match");
  EXPECT_EQ(verdict_of(packed_with({crate("C", {{440, 0}})})), "over_yield");
  EXPECT_EQ(verdict_of(packed_with({crate("C", {{44, 0}}), crate("D", {{44, 0}})})), "over_yield");
  EXPECT_EQ(verdict_of(packed_with({tiles("C", 440)})), "over_yield");
}

TEST(Cheat, CratesThatAreNotShownCannotHoldWhatIsLeftOfNothing) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 44).out();
  Recorded packed = cast.pack("F1", {made}, {crate("C", {{44, 0}}), crate("D", {{44, 0}})});
  packed.withhold_output(1);
  cast.deliver_from("F1", {packed.out(0)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "over_yield");
}

TEST(Cheat, UnpackingMoreThanWasPackedIsOverYield) {
  const auto unpacked = [](std::int64_t count) {
    Cast cast;
    const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 44).out();
    const Recorded packed = cast.pack("F1", {made}, {crate("C", {{44, 0}})});
    const auto at_ia = cast.hand_over("F1", "IA", packed.outs());
    cast.deliver_from(
        "IA", {cast.add(EventType::kUnpack, "IA", {at_ia.front()}, {tiles("U", count)}).out()});
    return verdict_of(cast, only_khm());
  };
  EXPECT_EQ(unpacked(44), "match");
  EXPECT_EQ(unpacked(45), "over_yield");
}

TEST(Cheat, UnpackingAThingThatWasNotPackedIsOverYield) {
  Cast cast;
  const StateRef made =
      cast.split("F1", {cast.khm_block_at("F1")}, {slab("A", {2000, 1000, 60})}).out();
  const Recorded packed = cast.pack("F1", {made}, {crate("C", {{1, 0}})});
  const Recorded unpacked = cast.add(EventType::kUnpack, "F1", {packed.out()},
                                     {slab("A", {2000, 1000, 60}), slab("B", {2000, 1000, 60})});
  cast.deliver_from("F1", {unpacked.out(1)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "over_yield");
}

TEST(Cheat, PortionsThatAddUpToMoreThanWasDrawnAreOverYield) {
  Cast cast;
  Output counted = tiles("A", 10);
  counted.measure = {};
  const StateRef made = cast.split("F1", {cast.khm_block_at("F1")}, {counted}).out();
  Output portion = counted;
  portion.item = "P";
  portion.amount = 1000;
  cast.deliver_from("F1", {cast.split("F1", {made}, {portion}).out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "over_yield");
}

TEST(Cheat, AReceiveThatGrowsWhatArrivedIsOverYield) {
  for (const bool by_size : {false, true}) {
    Cast cast;
    const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 44).out();
    Recorded taken = cast.receive("IA", {cast.dispatch("F1", {made}, "IA").out()});
    Output& output = *taken.event().outputs[0];
    if (by_size)
      output.measure.size = Dimensions{1200, 800, 60};
    else
      output.amount = 440;
    cast.deliver({taken.out()});
    EXPECT_EQ(verdict_of(cast, only_khm()), "over_yield") << by_size;
  }
}

TEST(Cheat, ACorrectionOfAReceiveThatGrowsIsOverYield) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A", 44).out();
  const Recorded taken = cast.receive("IA", {cast.dispatch("F1", {made}, "IA").out()});
  cast.deliver_from("IA",
                    {cast.correct(taken, {0}, [](Output& output) { output.amount = 440; }).out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "over_yield");
}

TEST(Cheat, OneItemDeliveredTwiceIsADuplicate) {
  Cast cast;
  cast.deliver(
      {cast.delivered_tiles("F1", cast.khm, "A"),
       cast.dispatch("F1", {cast.tiles_from("F1", cast.khm_block_at("F1", "B2"), "A").out()}, "DUI")
           .out()});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "duplicate");
}

TEST(Cheat, AFactoryThatPassesThroughTheNamedOneIsStillAnother) {
  Cast cast;
  const StateRef made = cast.tiles_from("F2", cast.khm_block_at("F2"), "A").out();
  const StateRef at_f1 = cast.hand_over("F2", "F1", {made}).front();
  // F1 only hands out what F2 made.
  cast.deliver_from("F1", {cast.split("F1", {at_f1}, {tiles("P", 100)}).out()});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "partial");
}

TEST(Cheat, OnlyPortioningIsNoWorkOfTheFactoryNamed) {
  Cast cast;
  Source source;
  source.operator_name = "OPK";
  source.quarry = "KHM";
  source.block = "7";
  const StateRef bought = cast.acquire("F1", tiles("A", 100), source).out();
  cast.deliver_from("F1", {cast.split("F1", {bought}, {tiles("P", 100)}).out()});
  EXPECT_EQ(verdict_of(cast, khm_by_f1()), "gap");
}

TEST(Cheat, AnOldStateOfACrateThatItsLogUsedSinceIsAGapOnceAMonitorLooked) {
  Cast cast;
  const StateRef made = cast.tiles_from("F1", cast.khm_block_at("F1"), "A").out();
  cast.deliver({made});
  cast.base().clear = ClearFacts{};
  cast.base().clear->markers[cast.marker(made)] = {{Cast::log("F1"), 99}};
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");
}

TEST(Cheat, AReceiversUseOfWhatItWasSentIsNoBlemish) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  cast.base().clear = ClearFacts{};
  cast.base().clear->markers[cast.marker(cast.base().items.front())] = {{Cast::log("DUI"), 0}};
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
}

TEST(Cheat, AChainOf1500StepsIsNotChecked) {
  Cast cast;
  StateRef state = cast.tiles_from("F1", cast.khm_block_at("F1"), "A").out();
  for (int i = 0; i < 1500; ++i) state = cast.label("F1", state, "", {}).out();
  cast.deliver({state});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "not_verifiable");
  EXPECT_TRUE(has_code(report, "unchecked"));
}

TEST(Cheat, AChainOf900StepsIsChecked) {
  Cast cast;
  StateRef state = cast.tiles_from("F1", cast.khm_block_at("F1"), "A").out();
  for (int i = 0; i < 900; ++i) state = cast.label("F1", state, "", {}).out();
  cast.deliver({state});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
}

TEST(Cheat, MixturesOfMixturesOfAThousandDoNotHangTheReader) {
  Cast cast;
  std::vector<StateRef> layer;
  for (int i = 0; i < 100; ++i)
    layer.push_back(
        cast.extract("OPK", cast.khm, block(cat("B", i), {1000 + i, 1000, 1000})).out());
  // Every layer mixes all of the layer before, each time in splits of their own.
  for (int depth = 0; depth < 20; ++depth) {
    std::vector<StateRef> next;
    for (int i = 0; i < 100; ++i)
      next.push_back(cast.split("OPK", Draws(layer.begin(), layer.end()),
                                {tiles(cat("L", depth, "/", i), 10 + i)})
                         .out());
    layer = next;
  }
  Share total = 0;
  for (const Branch& branch : branches(cast, layer.back())) total += branch.share;
  EXPECT_EQ(total, 1);
}

TEST(Cheat, AThousandInputsInSeveralLayersStayExact) {
  Cast cast;
  std::vector<StateRef> layer;
  for (int i = 0; i < 1000; ++i) {
    Output stone = block(cat("B", i), {1000 + i, 1000, 1000});
    layer.push_back(cast.extract("OPK", cast.khm, stone).out());
  }
  for (int depth = 0; depth < 3; ++depth) {
    std::vector<Output> outputs;
    for (int i = 0; i < 20; ++i) outputs.push_back(tiles(cat("L", depth, "/", i), 10 + i));
    layer = cast.split("OPK", Draws(layer.begin(), layer.end()), outputs).outs();
  }
  const auto shares = branches(cast, layer.front());
  Share total = 0;
  for (const Branch& branch : shares) total += branch.share;
  EXPECT_EQ(total, 1);
  EXPECT_EQ(shares.size(), 1000u);
}

}  // namespace
}  // namespace quarrymark::custody
