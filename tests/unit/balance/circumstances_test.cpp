// Values that can only make a step doubtful are read leniently: they never make a passport invalid.
#include "ledger/custody/circumstances.h"

#include "ledger/json/reader.h"

#include <gtest/gtest.h>

namespace quarrymark::custody {
namespace {

json::Value circumstance(std::string_view text) { return json::parse_input(text).value(); }

TEST(ReadCircumstances, TakesTheMembersARuleUses) {
  const auto permits = parse_permits(circumstance(
      R"([{"from":"2025-01-01","number":"M-1","parcels":["P"],"to":null,"volume":7},{"from":"2025-01-01","more":1,"number":"M-2","parcels":[],"to":"2025-02-28","volume":null}])"));
  ASSERT_TRUE(permits);
  EXPECT_EQ(permits->at(0).volume, 7);
  EXPECT_EQ(permits->at(0).to, "");
  EXPECT_EQ(permits->at(1).to, "2025-02-28");
  EXPECT_FALSE(permits->at(1).volume);
  const auto seasons =
      parse_seasons(circumstance(R"([{"from":"11-20","parcels":[],"to":"02-29"}])"));
  ASSERT_TRUE(seasons);
  EXPECT_EQ(seasons->at(0).to, "02-29");
  const auto load =
      parse_transport(circumstance(R"({"container":"TSTU4001019","crates":6,"seal":"S"})"));
  ASSERT_TRUE(load);
  EXPECT_EQ(load->container, "TSTU4001019");
  EXPECT_EQ(load->crates, 6);
}

TEST(ReadCircumstances, RefusesWhatHasNotItsForm) {
  EXPECT_FALSE(parse_permits(circumstance(R"({})")));
  EXPECT_FALSE(parse_permits(circumstance(R"([{"from":"1 May","number":"M","parcels":[]}])")));
  EXPECT_FALSE(
      parse_permits(circumstance(R"([{"from":"2025-01-01","number":"M","parcels":[1]}])")));
  EXPECT_FALSE(parse_closures(circumstance(R"([{"from":"2025-01-01","parcels":[]}])")));
  EXPECT_FALSE(parse_seasons(circumstance(R"([{"from":"13-01","parcels":[],"to":"02-29"}])")));
  EXPECT_FALSE(parse_seasons(circumstance(R"([{"from":"02-30","parcels":[],"to":"03-01"}])")));
  EXPECT_FALSE(
      parse_positions(circumstance(R"([{"error_mm":-1,"from":"2025-01-01","lat":0,"lon":0}])")));
  EXPECT_FALSE(parse_positions(circumstance(R"([{"error_mm":0,"from":"2025-01-01","lat":0}])")));
  EXPECT_FALSE(parse_transport(circumstance(R"({"container":"TSTU400101"})")));
  EXPECT_FALSE(parse_transport(circumstance(R"({"container":"tstu4001019"})")));
  EXPECT_FALSE(parse_transport(circumstance(R"({"crates":"6"})")));
  EXPECT_FALSE(parse_named_permit(circumstance(R"({"from":"2025-01-01"})")));
}

}  // namespace
}  // namespace quarrymark::custody
