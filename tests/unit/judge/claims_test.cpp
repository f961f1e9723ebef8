// Shares at the five levels of claim, and how many crates to scan. DOMAIN §1 C5, C6; §5.
#include "ledger/judge/sampling.h"
#include "tests/support/cases.h"

#include <rapidcheck/gtest.h>

namespace quarrymark::custody {
namespace {

const ClaimLine& level(const Report& report, std::string_view name) {
  for (const ClaimLine& line : report.claims)
    if (line.level == name) return line;
  ADD_FAILURE() << "no level " << name;
  static const ClaimLine none;
  return none;
}

// "600 OPS (P), 400 OPS (Q)", declared and unknown marked.
std::string said(const Report& report, std::string_view name) {
  std::string text;
  for (const ClaimShare& share : level(report, name).shares) {
    text += cat(text.empty() ? "" : ", ", share.per_mille, " ",
                share.value.empty() ? "?" : share.value);
    if (!share.of.empty()) text += cat(" (", share.of, ")");
    if (share.standing == Standing::kDeclared) text += " declared";
    EXPECT_EQ(share.value.empty(), share.standing == Standing::kUnknown);
  }
  return text;
}

// A block of a parcel, cut by F1 into tiles and delivered.
StateRef from_parcel(Cast& cast, std::string_view name, std::string_view parcel,
                     std::int64_t count) {
  const Recorded taken = cast.extract("OPS", cast.sdq, block(name), parcel);
  const StateRef at_f1 = cast.hand_over("OPS", "F1", {taken.out()}).front();
  return cast.dispatch("F1", {cast.tiles_from("F1", at_f1, cat("T", name), count).out()}, "DUI")
      .out();
}

TEST(Claims, SayMoreTheNarrowerTheLevel) {
  Cast cast;
  const StateRef p = from_parcel(cast, "P-222", "P", 96), q = from_parcel(cast, "Q-090", "Q", 64);
  cast.deliver({p, q});
  const Report report = judged(
      cast, ContractBuilder("K2").quarry("SDQ").line({160, Unit::kPiece, {}, 0, 0}).question());
  EXPECT_EQ(report.amount, 160);
  EXPECT_EQ(said(report, "quarry"), "1000 SDQ");
  EXPECT_EQ(said(report, "operator"), "600 OPS (P), 400 OPS (Q)");
  EXPECT_EQ(said(report, "block"), "600 P-222 (SDQ), 400 Q-090 (SDQ)");
  EXPECT_EQ(said(report, "appearance"), "1000 ?");  // nobody said what stone it is
  EXPECT_EQ(level(report, "operator").shares[0].amount, 96);
  EXPECT_EQ(level(report, "operator").shares[1].amount, 64);
}

TEST(Claims, WhatIsNotKnownStaysAShare) {
  Cast cast;
  const StateRef known = cast.khm_block_at("F1", "A");
  Recorded bought = cast.acquire("F1", block("X"));
  bought.event().stone = Shown<Stone>::of({"Black", "dolerite"});
  cast.deliver_from("F1", {cast.split("F1", {known, bought.out()}, {tiles("S", 100)}).out()});
  const Report report = judged(cast, only_khm());
  // By net volume: 6.48 m³ of KHM and 3.00 m³ of nobody knows where.
  EXPECT_EQ(said(report, "quarry"), "684 KHM, 316 ?");
  EXPECT_EQ(said(report, "appearance"), "316 Black declared, 684 ?");
}

TEST(Claims, OfOnePartyAreMarkedAsDeclared) {
  Cast cast;
  Source source;
  source.operator_name = "OPX";
  source.block = "7";
  source.quarry = "Somewhere";
  cast.deliver_from("F1", {cast.acquire("F1", block("X"), source).out()});
  const Report report = judged(cast);
  EXPECT_EQ(said(report, "quarry"), "1000 Somewhere declared");
  EXPECT_EQ(said(report, "operator"), "1000 OPX declared");
  EXPECT_EQ(said(report, "block"), "1000 7 (Somewhere) declared");
  EXPECT_EQ(said(report, "area"), "1000 ?");
}

// DESIGN §9: what was withheld is unknown at that level and may be known at another.
TEST(Claims, OfAWithheldSiteAreUnknown) {
  Cast cast;
  const Recorded taken = cast.extract("OPK", cast.khm, block("B"));
  const auto at_f1 = cast.hand_over("OPK", "F1", {taken.out()});
  cast.deliver_from("F1", {cast.tiles_from("F1", at_f1.front(), "T").out()});
  Recorded(taken).withhold("site");
  const Report report = judged(cast);
  for (const std::string_view name : {"area", "quarry", "operator", "block"})
    EXPECT_EQ(said(report, name), "1000 ?") << name;
}

TEST(Claims, OfNothingDeliveredAreNone) { EXPECT_TRUE(judged(Cast()).claims.empty()); }

// The chain of the worked data set's K3: 30 t of one lease and 10 t of another, pooled.
TEST(Claims, PooledStoneHasTheSharesOfItsMass) {
  Cast cast;
  const StateRef a = cast.extract("OPK", cast.khm, loose("A", 30'000'000)).out();
  const StateRef b = cast.extract("OPS", cast.sdq, loose("B", 10'000'000)).out();
  const StateRef a_here = cast.hand_over("OPK", "F1", {a}).front();
  const StateRef b_here = cast.hand_over("OPS", "F1", {b}).front();
  cast.deliver_from("F1", {cast.split("F1", {a_here, b_here}, {tiles("S", 13520)}).out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(said(report, "quarry"), "750 KHM, 250 SDQ");
}

std::string independence(const Report& report, std::string_view type) {
  for (const StepLine& step : report.steps)
    if (step.type == type) return step.independence;
  return "no such step";
}

// DESIGN §9: who stated each step, and how independent they are.
TEST(Independence, AHandOverOfTwoPartiesIsConfirmedByTheOther) {
  Cast cast;
  cast.deliver({cast.delivered_tiles("F1", cast.khm, "A")});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(independence(report, "extract"), "self");
  EXPECT_EQ(independence(report, "dispatch"), "counterparty");
  EXPECT_EQ(independence(report, "receive"), "counterparty");
  EXPECT_EQ(independence(report, "split"), "self");
}

TEST(Independence, OfAOneSidedReceiptIsItsRecordersAlone) {
  Cast cast;
  const Recorded got = cast.add(EventType::kReceive, "F1", {}, {block("B")});
  cast.deliver_from("F1", {cast.tiles_from("F1", got.out(), "T").out()});
  const Report report = judged(cast, only_khm());
  EXPECT_EQ(independence(report, "receive"), "self");
  EXPECT_EQ(independence(report, "dispatch"), "self");  // nobody has received it yet
}

// DOMAIN §5: 16 of 26 crates finds one of 3 bad ones with 95 % probability.
TEST(Sampling, SixteenOf26FindsOneOfThree) {
  EXPECT_EQ(crates_to_scan(26, 3, 950).value(), 16);
  EXPECT_EQ(floor_per_mille(chance_to_find(26, 3, 16)), 953);
  EXPECT_EQ(floor_per_mille(chance_to_find(26, 3, 15)), 936);
  EXPECT_EQ(chance_to_find(26, 1, 16), Share(16, 26));
}

TEST(Sampling, TheEndsAreCertain) {
  EXPECT_EQ(chance_to_find(26, 3, 0), 0);
  EXPECT_EQ(chance_to_find(26, 3, 23), 1 - Share(6, 26 * 25 * 24));
  EXPECT_EQ(chance_to_find(26, 3, 24), 1);
  EXPECT_EQ(crates_to_scan(26, 1, 1000).value(), 26);
  EXPECT_EQ(crates_to_scan(26, 26, 950).value(), 1);
  EXPECT_EQ(crates_to_scan(1, 1, 1).value(), 1);
}

TEST(Sampling, RefusesWhatCannotBe) {
  EXPECT_EQ(crates_to_scan(0, 1, 950).error().field, "crates");
  EXPECT_EQ(crates_to_scan(1'000'001, 1, 950).error().field, "crates");
  EXPECT_EQ(crates_to_scan(26, 0, 950).error().field, "bad");
  EXPECT_EQ(crates_to_scan(26, 27, 950).error().field, "bad");
  EXPECT_EQ(crates_to_scan(5000, 1001, 950).error().field, "bad");
  EXPECT_EQ(crates_to_scan(26, 3, 0).error().field, "confidence");
  EXPECT_EQ(crates_to_scan(26, 3, 1001).error().field, "confidence");
}

RC_GTEST_PROP(Sampling, TheAdviceIsTheLeastThatIsEnough, ()) {
  const auto crates = *rc::gen::inRange<std::int64_t>(1, 300);
  const auto bad = *rc::gen::inRange<std::int64_t>(1, crates + 1);
  const auto confidence = *rc::gen::inRange<std::int64_t>(1, 1001);
  const std::int64_t scan = crates_to_scan(crates, bad, confidence).value();
  RC_ASSERT(chance_to_find(crates, bad, scan) >= Share(confidence, 1000));
  RC_ASSERT(scan == 1 || chance_to_find(crates, bad, scan - 1) < Share(confidence, 1000));
}

}  // namespace
}  // namespace quarrymark::custody
