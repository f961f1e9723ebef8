// A step before the step it follows, and travel between sites. RULES.md, rule 22.
#include "ledger/balance/travel.h"
#include "tests/unit/balance/doubted.h"

namespace quarrymark::custody {
namespace {

void claim(Recorded step, std::string_view at) {
  step.event().at = at;
  step.event().at_time = *parse_claimed_time(at);
  step.event().time = step.event().at_time;
}

struct Way : Cast {
  Recorded taken = extract("OPK", khm, block("B"));
  Recorded sent = dispatch("OPK", {taken.out()}, "F1");
  Recorded got = receive("F1", {sent.out()});
  Recorded sawn = split("F1", {got.out()}, {slab("S", {1900, 1400, 60})});
};

TEST(Order, EqualTimesAreToleratedAndASecondLessIsNot) {
  Way way;
  claim(way.sent, "2025-02-10T12:00:00+05:30");
  claim(way.got, "2025-02-10T14:30:00+08:00");  // the same instant
  EXPECT_EQ(codes_about(way, way.got), Codes{});
  claim(way.got, "2025-02-10T14:29:59+08:00");
  const Doubt doubt = doubt_of(way, way.got, "time_order");
  EXPECT_EQ(doubt.words,
            "the receive dated 2025-02-10T14:29:59+08:00 follows the dispatch dated "
            "2025-02-10T12:00:00+05:30, which is later");
  EXPECT_EQ(doubt.facts, (json::Object{{"at", "2025-02-10T14:29:59+08:00"},
                                       {"follows", "dispatch"},
                                       {"follows_at", "2025-02-10T12:00:00+05:30"}}));
}

TEST(Order, OfSawingAndPacking) {
  Way way;
  const Recorded packed = way.pack("F1", {way.sawn.out()}, {crate("C", {{1, 0}})});
  EXPECT_EQ(codes_about(way, packed), Codes{});
  claim(packed, "2025-01-01T09:00:00+00:00");
  EXPECT_EQ(codes_about(way, packed), Codes{"time_order"});
  claim(way.sawn, "2024-12-31T09:00:00+00:00");
  EXPECT_EQ(codes_about(way, way.sawn), Codes{"time_order"});
}

TEST(Order, ACorrectionFollowsWhatItCorrectsAndHoldsNobodyElseBack) {
  Way way;
  Cast cast;
  const Recorded made = cast.extract("OPK", cast.khm, block("B"));
  claim(made, "2025-02-03T09:00:00+00:00");
  const Recorded fixed = cast.correct(made, {0});
  claim(fixed, "2025-03-01T09:00:00+00:00");
  // Recorded afterwards by a phone that was offline, dated before the correction: possible.
  const Recorded sent = cast.dispatch("OPK", {fixed.out()}, "F1");
  claim(sent, "2025-02-10T09:00:00+00:00");
  EXPECT_EQ(codes_about(cast, sent), Codes{});
  claim(fixed, "2025-02-03T08:59:59+00:00");
  EXPECT_EQ(codes_about(cast, fixed), Codes{"time_order"});
}

TEST(Order, ALateDispatchSaysWhenItWasConfirmed) {
  Cast cast;
  const StateRef stone = cast.extract("OPK", cast.khm, block("B")).out();
  const Recorded got = cast.add(EventType::kReceive, "F1", {}, {block("B")});
  const Recorded late = cast.add(EventType::kDispatch, "OPK", {stone}).with([&](Event& event) {
    event.to = Shown<To>::of({Cast::log("F1"), "", ""});
    event.received = Shown<Received>::of({got.id(), {0}});
  });
  EXPECT_EQ(codes_about(cast, got), Codes{});
  EXPECT_EQ(codes_about(cast, late), Codes{});
}

TEST(Order, WhatWasVoidedIsNotDoubted) {
  Way way;
  claim(way.sawn, "2024-12-31T09:00:00+00:00");
  way.void_of(way.sawn);
  EXPECT_EQ(codes_about(way, way.sawn), Codes{});
}

constexpr std::int64_t kDegree = 10'000'000;

// One degree of longitude on the equator is 111.195 km.
struct Road : Way {
  Road() {
    place(khm, 0, 0);
    yard = site("yard", "Y");
    place(yard, 0, kDegree);
    got.event().place = Shown<SitePlace>::of({yard, ""});
    claim(taken, "2025-02-10T00:00:00+00:00");
    claim(sent, "2025-02-10T00:00:00+00:00");
    claim(sawn, "2025-02-20T00:00:00+00:00");
  }
  void place(const std::string& at, std::int64_t lat, std::int64_t lon) {
    site_event(*this, at).site = Shown<SiteFacts>::of([&] {
      SiteFacts facts = *site_event(*this, at).site;
      facts.lat = lat;
      facts.lon = lon;
      return facts;
    }());
  }
  std::string yard;
};

TEST(Travel, NinetyKilometresAnHourAfterTheFloorIsTheLimit) {
  Road road;
  // (111.195 − 5) km at 90 km/h take 70 min 47.8 s.
  claim(road.got, "2025-02-10T01:10:48+00:00");
  EXPECT_EQ(codes_about(road, road.got), Codes{});
  claim(road.got, "2025-02-10T01:10:47+00:00");
  const Doubt doubt = doubt_of(road, road.got, "travel_too_fast");
  EXPECT_EQ(doubt.facts, (json::Object{{"distance_km", 111}, {"minutes", 70}}));
  EXPECT_EQ(doubt.words,
            "from KHM (extract of 2025-02-10T00:00:00+00:00) to Y (receive of "
            "2025-02-10T01:10:47+00:00) it is 111 km, in 70 minutes");
}

TEST(Travel, PositionErrorsComeOffWhereTheyAreMoreThanTheFloor) {
  Road road;
  claim(road.got, "2025-02-10T01:00:00+00:00");
  EXPECT_EQ(codes_about(road, road.got), Codes{"travel_too_fast"});
  const auto with_errors = [&](std::int64_t each) {
    for (const std::string& at : {road.khm, road.yard}) {
      const SiteFacts& facts = *site_event(road, at).site;
      site_event(road, at).positions =
          Shown<std::vector<SitePosition>>::of({{"2025-01-01", *facts.lat, *facts.lon, each}});
    }
  };
  with_errors(10'500'000);  // 21 km off: 90.2 km in an hour
  EXPECT_EQ(codes_about(road, road.got), Codes{"travel_too_fast"});
  with_errors(10'600'000);  // 21.2 km off: 90.0 km
  EXPECT_EQ(codes_about(road, road.got), Codes{});
}

TEST(Travel, TheDatedPositionOfTheDayCounts) {
  Road road;
  claim(road.got, "2025-02-10T00:30:00+00:00");
  site_event(road, road.yard).positions = Shown<std::vector<SitePosition>>::of(
      {{"2025-01-01", 0, kDegree / 100, 0}, {"2025-02-11", 0, kDegree, 0}});
  EXPECT_EQ(codes_about(road, road.got), Codes{});  // it moved a day later
  site_event(road, road.yard).positions = Shown<std::vector<SitePosition>>::of(
      {{"2025-01-01", 0, kDegree / 100, 0}, {"2025-02-10", 0, kDegree, 0}});
  EXPECT_EQ(codes_about(road, road.got), Codes{"travel_too_fast"});
}

TEST(Travel, IsLookedForThroughStepsThatNameNoPlace) {
  Road road;
  road.got.event().place = Shown<SitePlace>::absent();
  road.sawn.event().place = Shown<SitePlace>::of({road.yard, ""});
  claim(road.got, "2025-02-10T00:05:00+00:00");
  claim(road.sawn, "2025-02-10T00:10:00+00:00");
  EXPECT_EQ(codes_about(road, road.sawn), Codes{"travel_too_fast"});
  EXPECT_EQ(codes_about(road, road.got), Codes{});
}

TEST(Travel, DisorderAndWhatIsNotShownHaveNoSpeed) {
  Road road;
  claim(road.got, "2025-02-09T23:00:00+00:00");
  EXPECT_EQ(codes_about(road, road.got), Codes{"time_order"});
  claim(road.got, "2025-02-10T00:10:00+00:00");
  road.got.withhold("site");
  EXPECT_EQ(codes_about(road, road.got), Codes{});
}

TEST(Travel, NoTimeAtAllIsNeverEnoughAndTheFloorForgivesANeighbour) {
  const UtcTime now{1'000'000};
  EXPECT_TRUE(too_fast({0, 0, 0}, now, {0, kDegree / 10, 0}, now));
  EXPECT_FALSE(too_fast({0, 0, 0}, now, {0, kDegree / 25, 0}, now));  // 4.4 km
  EXPECT_FALSE(too_fast({0, 0, 1LL << 53}, now, {0, kDegree, 1LL << 53}, now));
}

}  // namespace
}  // namespace quarrymark::custody
