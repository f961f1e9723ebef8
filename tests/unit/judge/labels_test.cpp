// Labels seen, as files bring them: scans and sightings.
#include "ledger/json/writer.h"
#include "ledger/judge/scan.h"
#include "ledger/judge/sighting.h"

#include <gtest/gtest.h>

namespace quarrymark::custody {
namespace {

template <class T>
std::string refusal(const Result<T>& result) {
  return result ? "accepted" : to_string(result.error());
}

TEST(ReadScans, ALabelIsSplitAndAnythingElseIsAnAlias) {
  const Scan label = scan_of("HTTPS://LABEL.EXAMPLE/Q/0123456789ABCDEFG/SERIAL01");
  EXPECT_EQ(label.item, "0123456789ABCDEFG");
  EXPECT_EQ(label.serial, "SERIAL01");
  for (const std::string_view other :
       {"095211410000001066", "HTTPS://LABEL.EXAMPLE/Q/SHORT/SERIAL01",
        "https://label.example/q/0123456789ABCDEFG/SERIAL01", "HTTPS://LABEL.EXAMPLE/"}) {
    EXPECT_EQ(scan_of(other).item, "") << other;
    EXPECT_EQ(scan_of(other).alias, other);
  }
}

TEST(ReadScans, TakesArraysLinesAndBareLabels) {
  EXPECT_EQ(parse_scans_file(R"(["A",{"item":"I","serial":"S"}])").value().size(), 2u);
  EXPECT_EQ(parse_scans_file("A\n\n{\"alias\":\"B\"}\r\n\"C\"\n").value().size(), 3u);
  EXPECT_TRUE(parse_scans_file("").value().empty());
  EXPECT_NE(refusal(parse_scans_file("{\"at\":\"x\"}")).find("line 1"), std::string::npos);
  EXPECT_NE(refusal(parse_scans_file("A\n{\"colour\":1}")).find("line 2"), std::string::npos);
  EXPECT_NE(refusal(parse_scans_file("[1]")).find("[0]"), std::string::npos);
}

json::Value signed_sighting() {
  Sighting facts;
  facts.item = "I";
  facts.serial = "S";
  facts.at = "2025-06-20T09:10:00+02:00";
  facts.lat = 516'000'000;
  facts.lon = 44'000'000;
  facts.error_mm = 10'000;
  facts.log = "quarrymark/x";
  const std::array<std::uint8_t, 32> seed{7};
  return make_sighting(facts, crypto::SigningKey::from_seed(seed).value());
}

TEST(ReadSightings, ASignedOneVerifiesAndAnyChangeBreaksIt) {
  const json::Value sighting = signed_sighting();
  const auto read = parse_sighting(sighting);
  ASSERT_TRUE(read) << refusal(read);
  EXPECT_TRUE(read->signature_valid);
  json::Value moved = sighting;
  *moved.find("lat") = json::Value(std::int64_t{1});
  EXPECT_FALSE(parse_sighting(moved)->signature_valid);
  EXPECT_NE(parse_sighting(moved)->digest, read->digest);
}

TEST(ReadSightings, RefusesUnknownMissingAndWrongMembers) {
  json::Value more = signed_sighting();
  more.if_object()->emplace_back("more", 1);
  EXPECT_NE(refusal(parse_sighting(more)), "accepted");
  json::Value less = signed_sighting();
  less.if_object()->pop_back();
  EXPECT_NE(refusal(parse_sighting(less)), "accepted");
  for (const auto& [member, wrong] :
       std::vector<std::pair<std::string, json::Value>>{{"v", 2},
                                                        {"lat", std::int64_t{900'000'001}},
                                                        {"lon", std::int64_t{-1'800'000'001}},
                                                        {"error_mm", -1},
                                                        {"at", "yesterday"},
                                                        {"item", 7}}) {
    json::Value sighting = signed_sighting();
    *sighting.find(member) = wrong;
    EXPECT_NE(refusal(parse_sighting(sighting)).find(member), std::string::npos) << member;
  }
  json::Value nothing = signed_sighting();
  *nothing.find("item") = json::Value(nullptr);
  EXPECT_NE(refusal(parse_sighting(nothing)).find("item number or an alias"), std::string::npos);
}

TEST(ReadSightings, AFileSaysWhichOneIsWrong) {
  const std::string one = json::write(signed_sighting());
  EXPECT_EQ(parse_sightings_file("[" + one + "]").value().size(), 1u);
  EXPECT_EQ(parse_sightings_file(one + "\n\n" + one).value().size(), 2u);
  EXPECT_NE(refusal(parse_sightings_file("[" + one + ",{}]")).find("[1]"), std::string::npos);
  EXPECT_NE(refusal(parse_sightings_file(one + "\n{}")).find("line 2"), std::string::npos);
}

}  // namespace
}  // namespace quarrymark::custody
