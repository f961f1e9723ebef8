// Permits, closures and seasons. RULES.md, rules 16 and 20.
#include "tests/unit/balance/doubted.h"

namespace quarrymark::custody {
namespace {

struct Quarry : Cast {
  Event& place() { return site_event(*this, sdq); }
  Recorded taken(std::string_view date, std::string_view parcel = "P") {
    Recorded made = extract("OPS", sdq, block("B", {2000, 1000, 1000}), parcel);
    made.on(date);
    return made;
  }
  void season(std::string from, std::string to, std::vector<std::string> parcels = {}) {
    place().seasons = Shown<std::vector<Season>>::of({{from, to, parcels}});
  }
  void closure(std::string from, std::string to, std::vector<std::string> parcels = {}) {
    place().closures = Shown<std::vector<Closure>>::of({{from, to, "blasting", parcels}});
  }
  void permit(std::string from, std::string to, std::vector<std::string> parcels = {},
              std::optional<std::int64_t> volume = {}) {
    place().permits = Shown<std::vector<SitePermit>>::of({{"M-1", from, to, parcels, volume}});
  }
};

TEST(Season, BothEndsAreClosedAndTheDaysAroundThemAreNot) {
  Quarry quarry;
  quarry.season("06-15", "09-30");
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-06-14")), Codes{});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-06-15")), Codes{"out_of_season"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2026-09-30")), Codes{"out_of_season"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-10-01")), Codes{});
}

TEST(Season, MayRunOverTheNewYear) {
  Quarry quarry;
  quarry.season("11-20", "02-10");
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-11-19")), Codes{});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-12-31")), Codes{"out_of_season"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2026-02-10")), Codes{"out_of_season"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2026-02-11")), Codes{});
}

TEST(Season, OfOneParcelConcernsNoOther) {
  Quarry quarry;
  quarry.season("06-15", "09-30", {"Q"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-07-01", "P")), Codes{});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-07-01", "")), Codes{});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-07-01", "Q")), Codes{"out_of_season"});
}

TEST(Season, SaysWhatAndWhen) {
  Quarry quarry;
  quarry.season("06-15", "09-30");
  const Doubt doubt = doubt_of(quarry, quarry.taken("2025-07-01"), "out_of_season");
  EXPECT_EQ(doubt.words,
            "the extract of 2025-07-01 falls into the season in which parcel P of SDQ is closed, "
            "from 06-15 to 09-30");
  EXPECT_EQ(
      doubt.facts,
      (json::Object{{"date", "2025-07-01"}, {"from", "06-15"}, {"late", false}, {"to", "09-30"}}));
}

// RULES.md, rule 16.
TEST(Season, ALateExtractionIsJudgedByBothDates) {
  Quarry quarry;
  quarry.season("06-15", "09-30");
  Recorded before = quarry.taken("2025-06-20").claims("2025-06-10");  // ten days late
  EXPECT_EQ(codes_about(quarry, before), Codes{"out_of_season"});
  EXPECT_NE(doubt_of(quarry, before, "out_of_season").words.find("recorded late, by 2025-06-20"),
            std::string::npos);
  Recorded inside = quarry.taken("2025-10-20").claims("2025-09-20");
  EXPECT_EQ(codes_about(quarry, inside), Codes{"out_of_season"});
  Recorded outside = quarry.taken("2025-10-20").claims("2025-10-10");
  EXPECT_EQ(codes_about(quarry, outside), Codes{});
}

TEST(Season, WhatIsNotLateIsJudgedByItsClaimAlone) {
  Quarry quarry;
  quarry.season("06-15", "09-30");
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-06-16").claims("2025-06-14")), Codes{});
}

TEST(Season, AWitnessMayMakeItLate) {
  Quarry quarry;
  quarry.season("06-15", "09-30");
  const Recorded made = quarry.taken("2025-06-10");
  quarry.base().logs[Cast::log("OPS")].cosigned[100] = UtcTime{parse_date("2025-06-20")->ms};
  EXPECT_EQ(codes_about(quarry, made), Codes{"out_of_season"});
}

TEST(Closure, LastsFromItsFirstToItsLastDay) {
  Quarry quarry;
  quarry.closure("2025-03-01", "2025-03-31");
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-02-28")), Codes{});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-03-01")), Codes{"site_closed"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-03-31")), Codes{"site_closed"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-04-01")), Codes{});
}

TEST(Closure, WithoutAnEndStillHolds) {
  Quarry quarry;
  quarry.closure("2025-03-01", "", {"P"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2029-01-01", "Q")), Codes{});
  const Doubt doubt = doubt_of(quarry, quarry.taken("2029-01-01"), "site_closed");
  EXPECT_EQ(doubt.words,
            "the extract of 2029-01-01 falls into the closure of parcel P of SDQ from 2025-03-01 "
            "on");
  EXPECT_EQ(doubt.facts,
            (json::Object{
                {"date", "2029-01-01"}, {"from", "2025-03-01"}, {"late", false}, {"to", nullptr}}));
}

TEST(Closure, OfACorrectedSiteIsAsTheLastCorrectionSays) {
  Quarry quarry;
  quarry.closure("2025-03-01", "2025-03-31");
  Recorded site(quarry, 0);
  for (std::size_t i = 0; i < quarry.events().size(); ++i)
    if (quarry.events()[i]->id.text() == quarry.sdq) site = Recorded(quarry, i);
  quarry.correct(site).with(
      [](Event& event) { event.closures = Shown<std::vector<Closure>>::of({}); });
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-03-15")), Codes{});
}

TEST(Calendar, WhatIsWithheldOrVoidedIsNotDoubted) {
  Quarry quarry;
  quarry.closure("2025-03-01", "2025-03-31");
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-03-15").withhold("site")), Codes{});
  const Recorded undone = quarry.taken("2025-03-15");
  quarry.void_of(undone);
  EXPECT_EQ(codes_about(quarry, undone), Codes{});
  quarry.place().closures = Shown<std::vector<Closure>>::withheld();
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-03-15")), Codes{});
}

TEST(Permit, CoversItsFirstAndLastDayAndNoOther) {
  Quarry quarry;
  quarry.permit("2025-01-01", "2025-06-30");
  EXPECT_EQ(codes_about(quarry, quarry.taken("2024-12-31")), Codes{"permit_missing"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-01-01")), Codes{});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-06-30")), Codes{});
  EXPECT_EQ(doubt_of(quarry, quarry.taken("2025-07-01"), "permit_missing").words,
            "the extract of 2025-07-01 is covered by no permit stated for parcel P of SDQ");
}

TEST(Permit, OfAnotherParcelCoversNothingHere) {
  Quarry quarry;
  quarry.permit("2025-01-01", "", {"Q"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-02-01", "P")), Codes{"permit_missing"});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-02-01", "Q")), Codes{});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-02-01", "")), Codes{});  // may be Q
}

TEST(Permit, ASiteThatStatesNoneIsNotDoubtedAndOneThatStatesAnEmptyListIs) {
  Quarry quarry;
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-02-01")), Codes{});
  quarry.place().permits = Shown<std::vector<SitePermit>>::of({});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-02-01")), Codes{"permit_missing"});
}

TEST(Permit, AStepOutsideThePermitItNamesIsDoubted) {
  Quarry quarry;
  const auto named = [&](std::string_view date) {
    return quarry.dispatch("OPS", {quarry.taken(date).out()}, "F1").on(date).with([](Event& event) {
      event.permit = Shown<NamedPermit>::of({"TP-25-0091", "2025-02-10", "2025-03-10"});
    });
  };
  EXPECT_EQ(codes_about(quarry, named("2025-02-10")), Codes{});
  EXPECT_EQ(codes_about(quarry, named("2025-03-10")), Codes{});
  EXPECT_EQ(codes_about(quarry, named("2025-03-11")), Codes{"permit_missing"});
  EXPECT_EQ(doubt_of(quarry, named("2025-02-09"), "permit_missing").words,
            "the permit TP-25-0091 that the dispatch of 2025-02-09 names holds from 2025-02-10 to "
            "2025-03-10");
}

// A block of 2.0 × 1.0 × 1.0 m net is 2.1 × 1.1 × 1.1 = 2.541 m³ gross.
constexpr std::int64_t kGross = 2'541'000'000;

TEST(PermitVolume, ExactlyTheLimitIsAllowedAndOneMoreIsNot) {
  Quarry quarry;
  quarry.permit("2025-01-01", "", {}, 2 * kGross);
  quarry.taken("2025-02-01", "P");
  const Recorded second = quarry.taken("2025-02-28", "Q");
  EXPECT_EQ(codes_about(quarry, second), Codes{});
  quarry.permit("2025-01-01", "", {}, 2 * kGross - 1);
  const Doubt doubt = doubt_of(quarry, second, "permit_exceeded");
  EXPECT_EQ(doubt.words,
            "with the extract of 2025-02-28 5.08 m³ gross were taken in 2025-02 under permit M-1, "
            "which allows 5.08 m³");
  EXPECT_EQ(doubt.facts, (json::Object{{"limit_mm3", 2 * kGross - 1},
                                       {"month", "2025-02"},
                                       {"number", "M-1"},
                                       {"volume_mm3", 2 * kGross}}));
}

TEST(PermitVolume, EachMonthAndEachPermitStandsAlone) {
  Quarry quarry;
  quarry.place().permits = Shown<std::vector<SitePermit>>::of(
      {{"M-P", "2025-01-01", "", {"P"}, kGross}, {"M-Q", "2025-01-01", "", {"Q"}, kGross}});
  const Recorded january = quarry.taken("2025-01-31", "P"), first = quarry.taken("2025-02-01", "P"),
                 other = quarry.taken("2025-02-01", "Q");
  for (const Recorded& made : {january, first, other})
    EXPECT_EQ(codes_about(quarry, made), Codes{});
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-02-02", "P")), Codes{"permit_exceeded"});
  EXPECT_EQ(codes_about(quarry, other), Codes{});
}

TEST(PermitVolume, WhatWasVoidedOrCorrectedCountsAsItIsNow) {
  Quarry quarry;
  quarry.permit("2025-01-01", "", {}, kGross);
  const Recorded first = quarry.taken("2025-02-01");
  const Recorded second = quarry.taken("2025-02-02");
  EXPECT_EQ(codes_about(quarry, second), Codes{"permit_exceeded"});
  quarry.void_of(first);
  EXPECT_EQ(codes_about(quarry, second), Codes{});
  quarry.correct(second, {0}, [](Output& output) {
    output.measure.gross = Dimensions{2200, 1100, 1100};
  });
  EXPECT_EQ(codes_about(quarry, second), Codes{"permit_exceeded"});
}

// RULES.md, rule 16.
TEST(PermitVolume, ALateExtractionCountsInTheMonthItClaimsAndInTheOneItBecameKnown) {
  Quarry quarry;
  quarry.permit("2025-01-01", "", {}, kGross);
  quarry.taken("2025-03-05");
  const Recorded late = quarry.taken("2025-03-10").claims("2025-02-20");
  EXPECT_EQ(doubt_of(quarry, late, "permit_exceeded").facts[1].second, json::Value("2025-03"));
  quarry.permit("2025-01-01", "", {}, 2 * kGross);
  EXPECT_EQ(codes_about(quarry, late), Codes{});
}

TEST(PermitVolume, WithoutALimitNothingIsExceeded) {
  Quarry quarry;
  quarry.permit("2025-01-01", "");
  quarry.taken("2025-02-01");
  EXPECT_EQ(codes_about(quarry, quarry.taken("2025-02-02")), Codes{});
}

}  // namespace
}  // namespace quarrymark::custody
