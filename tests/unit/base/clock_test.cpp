#include "ledger/base/clock.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark {
namespace {

TEST(NodeTime, ReadsAndWritesTheExactForm) {
  EXPECT_EQ(parse_node_time("1970-01-01T00:00:00.000Z")->ms, 0);
  EXPECT_EQ(parse_node_time("2026-03-02T09:14:03.120Z")->ms, 1772442843120);
  EXPECT_EQ(format_node_time({1772442843120}), "2026-03-02T09:14:03.120Z");
  EXPECT_EQ(format_node_time({-1}), "1969-12-31T23:59:59.999Z");
}

TEST(NodeTime, RefusesEveryOtherSpelling) {
  for (const char* bad :
       {"2026-03-02T09:14:03Z", "2026-03-02T09:14:03.12Z", "2026-03-02T09:14:03.1200Z",
        "2026-03-02 09:14:03.120Z", "2026-03-02T09:14:03.120z", "2026-03-02T09:14:03.120+00:00",
        "2026-02-29T09:14:03.120Z", "2026-13-02T09:14:03.120Z", "2026-00-02T09:14:03.120Z",
        "2026-03-32T09:14:03.120Z", "2026-03-02T24:00:00.000Z", "2026-03-02T09:60:03.120Z",
        "2026-03-02T09:14:60.120Z", "26-03-02T09:14:03.120Z", " 2026-03-02T09:14:03.120Z", "",
        "2026-03-02T09:14:03,120Z"})
    EXPECT_FALSE(parse_node_time(bad)) << bad;
}

TEST(NodeTime, KnowsLeapDays) {
  EXPECT_TRUE(parse_node_time("2024-02-29T00:00:00.000Z"));
  EXPECT_FALSE(parse_node_time("2100-02-29T00:00:00.000Z"));
}

RC_GTEST_PROP(NodeTime, ReadsWhatItWrote, ()) {
  const auto ms = *rc::gen::inRange<std::int64_t>(0, 4102444800000);
  RC_ASSERT(parse_node_time(format_node_time({ms}))->ms == ms);
}

TEST(ClaimedTime, CountsTheZone) {
  EXPECT_EQ(parse_claimed_time("2026-03-02T14:44:03+05:30")->ms,
            parse_node_time("2026-03-02T09:14:03.000Z")->ms);
  EXPECT_EQ(parse_claimed_time("2026-03-02T00:30:00-01:00")->ms,
            parse_node_time("2026-03-02T01:30:00.000Z")->ms);
  EXPECT_TRUE(parse_claimed_time("2026-03-02T00:30:00+00:00"));
  EXPECT_TRUE(parse_claimed_time("2026-03-02T00:30:00+14:00"));
}

TEST(ClaimedTime, RefusesFractionsZAndWrongZones) {
  for (const char* bad :
       {"2026-03-02T14:44:03Z", "2026-03-02T14:44:03.000+05:30", "2026-03-02T14:44:03-00:00",
        "2026-03-02T14:44:03+14:01", "2026-03-02T14:44:03+15:00", "2026-03-02T14:44:03+0530",
        "2026-03-02T14:44:03 05:30", "2026-03-02T14:44:03+05:60", "2026-03-02T14:44:03", ""})
    EXPECT_FALSE(parse_claimed_time(bad)) << bad;
}

TEST(ClaimedTime, IsWrittenWithItsZone) {
  EXPECT_EQ(format_claimed_time({1772442843120}, 330), "2026-03-02T14:44:03+05:30");
  EXPECT_EQ(format_claimed_time({1772442843120}, -60), "2026-03-02T08:14:03-01:00");
}

TEST(Date, IsTheFirstInstantOfTheDay) {
  EXPECT_EQ(parse_date("2026-03-02")->ms, parse_node_time("2026-03-02T00:00:00.000Z")->ms);
  EXPECT_EQ(format_date(*parse_date("2026-03-02")), "2026-03-02");
  for (const char* bad : {"2026-3-2", "2026/03/02", "2026-02-30", "20260302", ""})
    EXPECT_FALSE(parse_date(bad)) << bad;
}

}  // namespace
}  // namespace quarrymark
