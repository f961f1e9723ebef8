#include "ledger/passport/packet.h"

#include "tests/support/stone_chain.h"

#include <gtest/gtest.h>

namespace quarrymark::passport {
namespace {

using support::StoneChain;

std::string frame(std::string_view items, std::string_view packets, std::string_view clear) {
  return std::string("{\"v\":1,\"items\":") + std::string(items) +
         ",\"packets\":" + std::string(packets) + ",\"clear\":" + std::string(clear) + "}";
}

const std::string kItem = "[{\"event\":\"" + std::string(42, 'A') + "A\",\"out\":0}]";

TEST(ParsePassport, ReadsWhatItWrites) {
  const StoneChain chain;
  Passport passport = chain.cosigned_passport();
  passport.clear = "a note\n";
  passport.items.push_back({chain.extract.id, entry::kRecordOut});
  const std::string bytes = write_passport(passport);
  const auto again = parse_passport(bytes);
  ASSERT_TRUE(again.has_value()) << to_string(again.error());
  EXPECT_EQ(*again, passport);
  EXPECT_EQ(write_passport(*again), bytes);
}

TEST(ParsePassport, WritesTheExactFrame) {
  Passport passport;
  passport.items = {{EventId{}, 2}};
  passport.packets = {{"k", {"r"}, "c\n", {"{\"v\":1}"}, {{"d"}}, {Hash{}}}};
  EXPECT_EQ(write_passport(passport),
            "{\"v\":1,\"items\":[{\"event\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\","
            "\"out\":2}],\"packets\":[{\"key\":\"k\",\"rotations\":[\"r\"],\"checkpoint\":\"c\\n\","
            "\"entries\":[\"{\\\"v\\\":1}\"],\"disclosures\":[[\"d\"]],"
            "\"proof\":[\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"]}],\"clear\":null}");
}

TEST(ParsePassport, AcceptsAFrameWithoutPackets) {
  EXPECT_TRUE(parse_passport(frame(kItem, "[]", "null")).has_value());
}

TEST(ParsePassport, RefusesOtherFrames) {
  const std::string packet =
      "[{\"key\":\"k\",\"rotations\":[],\"checkpoint\":\"c\",\"entries\":[\"e\"],"
      "\"disclosures\":[[]],\"proof\":[]}]";
  ASSERT_TRUE(parse_passport(frame(kItem, packet, "null")).has_value());
  const std::string bad[] = {
      frame("[]", packet, "null"),
      frame("{}", packet, "null"),
      frame("[{\"out\":0,\"event\":\"" + std::string(43, 'A') + "\"}]", packet, "null"),
      frame("[{\"event\":\"" + std::string(42, 'A') + "\",\"out\":0}]", packet, "null"),
      frame("[{\"event\":\"" + std::string(42, 'A') + "B\",\"out\":0}]", packet, "null"),
      frame("[{\"event\":\"" + std::string(43, 'A') + "\",\"out\":1000}]", packet, "null"),
      frame("[{\"event\":\"" + std::string(43, 'A') + "\",\"out\":-2}]", packet, "null"),
      frame("[{\"event\":\"" + std::string(43, 'A') + "\",\"out\":\"0\"}]", packet, "null"),
      frame(kItem, "null", "null"),
      frame(kItem, "[1]", "null"),
      frame(kItem, packet, "1"),
      frame(kItem, packet, "{}"),
      "[]",
      "{}",
      "{\"v\":1}",
      "{\"items\":" + kItem + ",\"v\":1,\"packets\":[],\"clear\":null}",
      frame(kItem, packet, "null,\"x\":1"),
  };
  for (const std::string& bytes : bad) {
    const auto parsed = parse_passport(bytes);
    ASSERT_FALSE(parsed.has_value()) << bytes;
    EXPECT_EQ(parsed.error().code, Errc::kMalformed) << bytes;
  }
}

TEST(ParsePassport, RefusesOtherPackets) {
  const auto packet = [](std::string_view member, std::string_view value) {
    std::string text = "[{";
    const std::pair<std::string_view, std::string_view> members[] = {
        {"key", "\"k\""},       {"rotations", "[]"},     {"checkpoint", "\"c\""},
        {"entries", "[\"e\"]"}, {"disclosures", "[[]]"}, {"proof", "[]"}};
    for (const auto& [name, usual] : members)
      text += (text.size() > 2 ? ",\"" : "\"") + std::string(name) +
              "\":" + std::string(name == member ? value : usual);
    return frame(kItem, text + "}]", "null");
  };
  ASSERT_TRUE(parse_passport(packet("", "")).has_value());
  const std::pair<std::string_view, std::string_view> bad[] = {{"key", "1"},
                                                               {"rotations", "[1]"},
                                                               {"rotations", "\"r\""},
                                                               {"checkpoint", "null"},
                                                               {"entries", "[]"},
                                                               {"entries", "[{}]"},
                                                               {"entries", "[\"e\",\"f\"]"},
                                                               {"disclosures", "[]"},
                                                               {"disclosures", "[\"d\"]"},
                                                               {"disclosures", "[[1]]"},
                                                               {"proof", "[\"h\"]"},
                                                               {"proof", "[1]"}};
  for (const auto& [member, value] : bad) {
    const auto parsed = parse_passport(packet(member, value));
    ASSERT_FALSE(parsed.has_value()) << member << " " << value;
    EXPECT_NE(parsed.error().field.find("packets[0]"), std::string::npos)
        << to_string(parsed.error());
  }
}

TEST(ParsePassport, RefusesMoreThanSixteenMebibytes) {
  std::string bytes = frame(kItem, "[]", "null");
  bytes.resize(kMaxPassportBytes + 1, ' ');
  const auto parsed = parse_passport(bytes);
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().code, Errc::kTooLarge);
}

TEST(ParsePassport, ReadsAFileOfTenMegabytes) {
  Passport passport;
  passport.items = {{EventId{}, 0}};
  Packet packet{"k", {}, "c\n", {}, {}, {}};
  for (int i = 0; i < 10'000; ++i) {
    packet.entries.push_back(std::string(300, '"'));
    packet.disclosures.push_back({std::string(400, 'd'), std::string(60, 'd')});
  }
  packet.proof.resize(5'000);
  passport.packets = {packet};
  const std::string bytes = write_passport(passport);
  ASSERT_GT(bytes.size(), 10'000'000u);
  const auto parsed = parse_passport(bytes);
  ASSERT_TRUE(parsed.has_value()) << to_string(parsed.error());
  EXPECT_EQ(*parsed, passport);
}

}  // namespace
}  // namespace quarrymark::passport
