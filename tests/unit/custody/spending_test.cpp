// FORMATS.md, rules 12 and 17 to 21: who holds a state, what voids and corrections do, and which
// uses contradict each other.
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

MaySpend may(const Recorded& maker, std::string_view by, EventType type = EventType::kSplit,
             std::int32_t out = 0) {
  return may_spend(maker.event(), out, Cast::log(by), type);
}

TEST(Holder, IsTheMakerAndAfterADispatchTheLogNamed) {
  Cast cast;
  const Recorded extracted = cast.extract("OPK", cast.khm, block("B"));
  const Recorded sent = cast.dispatch("OPK", {extracted.out()}, "F1");
  EXPECT_EQ(may(extracted, "OPK"), MaySpend::kYes);
  EXPECT_EQ(may(extracted, "F1"), MaySpend::kNo);
  EXPECT_EQ(may(sent, "F1", EventType::kReceive), MaySpend::kYes);
  EXPECT_EQ(may(sent, "F2", EventType::kReceive), MaySpend::kNo);
}

TEST(Holder, TheSenderOnlyVoidsWhatItSent) {
  Cast cast;
  const Recorded sent =
      cast.dispatch("OPK", {cast.extract("OPK", cast.khm, block("B")).out()}, "F1");
  EXPECT_EQ(may(sent, "OPK", EventType::kVoid), MaySpend::kYes);
  EXPECT_EQ(may(sent, "OPK", EventType::kDispatch), MaySpend::kNo);
  EXPECT_EQ(may(sent, "OPK", EventType::kCorrect), MaySpend::kNo);
}

TEST(Holder, NobodyButTheSenderSpendsWhatWentToANameOnly) {
  Cast cast;
  Recorded sent =
      cast.dispatch("OPK", {cast.extract("OPK", cast.khm, block("B")).out()}, To{"", "", "F1"});
  EXPECT_EQ(may(sent, "F1", EventType::kReceive), MaySpend::kNo);
  EXPECT_EQ(may(sent, "OPK", EventType::kVoid), MaySpend::kYes);
  cast.deliver_from("F1", {cast.receive("F1", {sent.out()}).out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");
}

TEST(Holder, IsNotShownWhenToIsWithheld) {
  Cast cast;
  Recorded sent = cast.dispatch("OPK", {cast.extract("OPK", cast.khm, block("B")).out()}, "F1");
  cast.deliver_from("F1", {cast.receive("F1", {sent.out()}).out()});
  sent.withhold("to");
  EXPECT_EQ(may(sent, "F1", EventType::kReceive), MaySpend::kNotShown);
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");
}

TEST(Holder, ARecordBelongsToTheLogThatMadeItAlways) {
  Cast cast;
  const Recorded sent =
      cast.dispatch("OPK", {cast.extract("OPK", cast.khm, block("B")).out()}, "F1");
  EXPECT_EQ(may(sent, "OPK", EventType::kVoid, kRecordOut), MaySpend::kYes);
  EXPECT_EQ(may(sent, "F1", EventType::kVoid, kRecordOut), MaySpend::kNo);
}

TEST(Descent, AnInputThatIsNotShownIsAGapForItsShareAlone) {
  Cast cast;
  const StateRef known = cast.khm_block_at("F1", "A");
  const StateRef unseen = cast.khm_block_at("F1", "B");
  const Recorded both = cast.split("F1", {known, unseen}, {tiles("S", 100)});
  cast.deliver_from("F1", {both.out()});
  for (auto& event : cast.events())
    if (event->id == unseen.event) event->outputs[0]->measure = {};
  const auto shares = branches(cast, both.out());
  ASSERT_EQ(shares.size(), 2u);
  // Its extract goes missing: the share stays what it was.
  for (std::size_t i = 0; i < cast.events().size(); ++i)
    if (cast.events()[i]->type == EventType::kExtract && cast.events()[i]->block &&
        *cast.events()[i]->block == "B")
      cast.omit(Recorded(cast, i));
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_EQ(line(report, "quarry").supported, 50);
  EXPECT_EQ(line(report, "quarry").unknown, 50);
}

TEST(Descent, ACratesStoneIsThatOfItsContents) {
  Cast cast;
  const StateRef a = cast.tiles_from("F1", cast.khm_block_at("F1", "BA"), "A", 30).out();
  const StateRef b = cast.tiles_from("F1", cast.block_at("F1", cast.sdq, "BB"), "B", 50).out();
  const Recorded packed = cast.pack("F1", {a, b}, {crate("C1", {{30, 0}}), crate("C2", {{50, 1}})});
  cast.deliver_from("F1", {packed.out(0)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
  cast.deliver_from("F1", {packed.out(1)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "mismatch");
}

TEST(Descent, ARemainderIsOnlyOfWhatItIsLeftOf) {
  Cast cast;
  const StateRef pool = cast.tiles_from("F1", cast.khm_block_at("F1", "BA"), "A", 100).out();
  const StateRef other = cast.tiles_from("F1", cast.block_at("F1", cast.sdq, "BB"), "B", 100).out();
  const Recorded mixed =
      cast.split("F1", {{pool, 60}, {other, 100}}, {tiles("S", 160), tiles("A", 40)});
  cast.deliver_from("F1", {mixed.out(1)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
  cast.deliver_from("F1", {mixed.out(0)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "mixed");
}

TEST(Voids, RestoreWhatTheVoidedEventConsumedInOrder) {
  Cast cast;
  const StateRef a = cast.khm_block_at("F1", "A"), b = cast.block_at("F1", cast.sdq, "B");
  const Recorded undone = cast.void_of(cast.split("F1", {a, b}, {tiles("S", 10)}));
  ASSERT_EQ(undone.event().outputs.size(), 2u);
  cast.deliver_from("F1", {undone.out(0)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
  cast.deliver_from("F1", {undone.out(1)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "mismatch");
}

TEST(Voids, WhatWasVoidedNoLongerCounts) {
  Cast cast;
  const Recorded cut = cast.tiles_from("F1", cast.khm_block_at("F1"), "S");
  cast.void_of(cut);
  cast.deliver({cut.out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "gap");
  EXPECT_TRUE(has_code(report, "voided"));
  EXPECT_NE(report.sentence.find("was voided later"), std::string::npos) << report.sentence;
}

TEST(Voids, OfAPartReceivedDispatchWhatWasReceivedStaysReceived) {
  Cast cast;
  const StateRef a = cast.extract("OPK", cast.khm, block("A")).out();
  const StateRef c = cast.extract("OPK", cast.khm, block("C")).out();
  const Recorded sent = cast.dispatch("OPK", {a, c}, "F1");
  const Recorded arrived = cast.receive("F1", {sent.out(0)});
  const Recorded back = cast.void_of(sent, {1});
  cast.deliver_from("F1", {arrived.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
  ASSERT_EQ(back.event().outputs.size(), 1u);
  EXPECT_EQ(back.event().outputs[0]->item, "C");
  cast.deliver_from("OPK", {back.out(0)});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
  EXPECT_TRUE(double_uses(cast).empty());
}

TEST(Voids, WhatIsVoidedAndReceivedIsADoubleUse) {
  Cast cast;
  const Recorded sent =
      cast.dispatch("OPK", {cast.extract("OPK", cast.khm, block("A")).out()}, "F1");
  const Recorded arrived = cast.receive("F1", {sent.out()});
  cast.void_of(sent);
  cast.deliver_from("F1", {arrived.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "duplicate");
}

TEST(Voids, ADispatchVoidedBeforeReceiptComesBackAndGoesElsewhere) {
  Cast cast;
  const Recorded sent =
      cast.dispatch("OPK", {cast.extract("OPK", cast.khm, block("A")).out()}, "F1");
  const StateRef back = cast.void_of(sent).out();
  cast.deliver_from("OPK", {back});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(verdict_of(report), "match");
  EXPECT_EQ(report.hand_overs, 1);
}

TEST(Voids, TheLastCorrectionIsVoidedAndWhatTheFirstEventConsumedComesBack) {
  Cast cast;
  const StateRef stone = cast.khm_block_at("F1");
  const Recorded cut = cast.tiles_from("F1", stone, "S", 90);
  const Recorded corrected = cast.correct(cut, {0}, [](Output& output) { output.amount = 80; });
  Recorded undone = cast.void_of(corrected);
  // The builder remakes the inputs of what it is given; the first event's input is the block.
  undone.event().outputs.resize(1);
  undone.event().outputs[0] = cast.output(stone);
  undone.event().output_texts.resize(1, "restored block");
  cast.deliver_from("F1", {undone.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
}

TEST(Corrections, ChainAndTheLastOneThatStatesAFieldCounts) {
  Cast cast;
  const Recorded extracted = cast.extract("OPK", cast.sdq, block("B"));
  Recorded first = cast.correct(extracted, {0});
  first.event().place = Shown<SitePlace>::of({cast.khm, ""});
  const Recorded second = cast.correct(first, {0}, [](Output& output) { output.measure.mass = 1; });
  cast.deliver_from("OPK", {second.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
  const Report report = judged(cast, only_khm());
  EXPECT_TRUE(has_code(report, "corrected"));
  EXPECT_EQ(std::count_if(report.steps.begin(), report.steps.end(),
                          [](const StepLine& step) { return step.type == "correct"; }),
            2);
}

TEST(Corrections, OfAnotherLogsEventChangeNothing) {
  Cast cast;
  const Recorded extracted = cast.extract("OPS", cast.sdq, block("B"), "P");
  Recorded foreign = cast.correct(extracted);
  foreign.event().log = Cast::log("F1");
  foreign.event().place = Shown<SitePlace>::of({cast.khm, ""});
  cast.deliver_from("OPS", {extracted.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "mismatch");
}

TEST(DoubleUse, IsFoundForItemsAndForRecords) {
  Cast cast;
  const StateRef stone = cast.khm_block_at("F1");
  const Recorded one = cast.tiles_from("F1", stone, "A");
  cast.tiles_from("F1", stone, "B");
  cast.deliver_from("F1", {one.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "duplicate");
  Cast records;
  const Recorded cut = records.tiles_from("F1", records.khm_block_at("F1"), "A");
  records.correct(cut);
  records.correct(cut);
  records.deliver_from("F1", {cut.out()});
  EXPECT_EQ(verdict_of(records, only_khm()), "duplicate");
}

TEST(DoubleUse, ByALogThatNeverHeldTheStateProvesNothing) {
  Cast cast;
  const StateRef stone = cast.khm_block_at("F1");
  const Recorded one = cast.tiles_from("F1", stone, "A");
  cast.tiles_from("F2", stone, "B");
  cast.deliver_from("F1", {one.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
}

TEST(DoubleUse, AMarkerInAnEntryWithoutHeadCountsWhenThatLogCouldHoldTheState) {
  for (const auto& [other, expected] :
       std::vector<std::pair<std::string, std::string>>{{"F1", "duplicate"}, {"F2", "match"}}) {
    Cast cast;
    const StateRef stone = cast.khm_block_at("F1");
    const Recorded one = cast.tiles_from("F1", stone, "A");
    cast.silence(cast.tiles_from(other, stone, "B"));
    cast.deliver_from("F1", {one.out()});
    EXPECT_EQ(verdict_of(cast, only_khm()), expected) << other;
  }
}

TEST(DoubleUse, ASendersMarkerCountsAsItsVoid) {
  Cast cast;
  const Recorded sent =
      cast.dispatch("OPK", {cast.extract("OPK", cast.khm, block("B")).out()}, "F1");
  const Recorded arrived = cast.receive("F1", {sent.out()});
  cast.silence(cast.void_of(sent));
  cast.deliver_from("F1", {arrived.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "duplicate");
}

TEST(DoubleUse, OfAStateThatIsNotShownIsDecidedOnlyWithinOneLog) {
  const auto verdicts = [](std::string_view second) {
    Cast cast;
    const StateRef unseen{EventId{}, 0};
    const Recorded one = cast.split("F1", {{unseen, 1}}, {tiles("A", 10)});
    cast.split(second, {{unseen, 1}}, {tiles("B", 10)});
    cast.deliver_from("F1", {one.out()});
    const auto uses = double_uses(cast);
    EXPECT_EQ(uses.size(), 1u);
    return uses.empty() ? false : uses.front().decided;
  };
  EXPECT_TRUE(verdicts("F1"));
  EXPECT_FALSE(verdicts("F2"));
}

TEST(DoubleUse, HidingToDoesNotHideTwoUsesInOneLog) {
  Cast cast;
  Recorded sent =
      cast.dispatch("F1", {cast.tiles_from("F1", cast.khm_block_at("F1"), "A").out()}, "DUI");
  for (int i = 0; i < 2; ++i) cast.add(EventType::kAccept, "DUI", {sent.out()});
  cast.deliver({sent.out()});
  EXPECT_EQ(verdict_of(cast, only_khm()), "duplicate");
  sent.withhold("to");
  EXPECT_EQ(verdict_of(cast, only_khm()), "duplicate");
}

TEST(DoubleUse, AMonitorsSightOfAnotherUseCounts) {
  Cast cast;
  const StateRef stone = cast.khm_block_at("F1");
  const Recorded cut = cast.tiles_from("F1", stone, "A");
  cast.deliver_from("F1", {cut.out()});
  EXPECT_TRUE(has_code(judged(cast, only_khm()), "not_checked_for_later"));
  cast.base().clear = cast.clear_note();
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");
  EXPECT_FALSE(has_code(judged(cast, only_khm()), "not_checked_for_later"));
  cast.base().clear->markers[cast.marker(stone)].push_back({Cast::log("F2"), 7});
  EXPECT_EQ(verdict_of(cast, only_khm()), "match");  // F2 never held it
  cast.base().clear->markers[cast.marker(stone)].push_back({Cast::log("F1"), 99});
  EXPECT_EQ(verdict_of(cast, only_khm()), "duplicate");
  cast.base().clear = cast.clear_note();
  cast.base().clear->markers[cast.marker(cut.record())] = {{Cast::log("F1"), 99}};
  EXPECT_EQ(verdict_of(cast, only_khm()), "gap");  // corrected or voided, not shown
}

}  // namespace
}  // namespace quarrymark::custody
