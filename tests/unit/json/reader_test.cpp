#include "ledger/json/reader.h"

#include <gtest/gtest.h>

#include <string>

namespace quarrymark::json {
namespace {

TEST(ParseExact, AcceptsTheOneSpelling) {
  for (const char* good :
       {"null", "true", "0", "-1", "9007199254740991", "-9007199254740991", "\"\"", "[]", "{}",
        R"({"b":1,"a":[1,"x",null]})", R"("\u0001\n\t\"\\/é石")", R"([[[[[[[[]]]]]]]])"})
    EXPECT_TRUE(parse_exact(good)) << good;
}

TEST(ParseExact, RefusesEveryOtherSpelling) {
  for (const char* bad : {"",
                          " ",
                          "1 ",
                          " 1",
                          "[1, 2]",
                          "{\"a\" :1}",
                          "[1]\n",
                          "\xef\xbb\xbf[1]",
                          "01",
                          "+1",
                          "-0",
                          "1.0",
                          "1e2",
                          "1E2",
                          "0.5",
                          "9007199254740992",
                          "-9007199254740992",
                          "18446744073709551616",
                          "1e400",
                          R"("\/")",
                          R"("\u0041")",
                          R"("\u001F")",
                          R"("\u000a")",
                          R"("\ud800")",
                          R"("\ud83d\ude00")",
                          "\"\x01\"",
                          "\"a",
                          "[1,]",
                          "[1",
                          "{\"a\":1,}",
                          "{\"a\":1,\"a\":2}",
                          "{a:1}",
                          "'a'",
                          "tru",
                          "NaN",
                          "Infinity",
                          "[1]]",
                          "[1][2]",
                          "//x\n1",
                          "\"\xff\"",
                          "\"\xed\xa0\x80\"",
                          "\"\xc0\xaf\""})
    EXPECT_FALSE(parse_exact(bad)) << bad;
}

TEST(ParseExact, DepthIsEightAndTheOutermostIsOne) {
  EXPECT_TRUE(parse_exact("[[[[[[[[1]]]]]]]]"));
  const auto deep = parse_exact("[[[[[[[[[1]]]]]]]]]");
  ASSERT_FALSE(deep);
  EXPECT_NE(deep.error().message.find("deeper than 8"), std::string::npos);
}

TEST(ParseInput, SurvivesAHundredThousandLevels) {
  const std::string deep(100'000, '[');
  const auto refused = parse_input(deep);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kMalformed);
  const std::string objects = [] {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "{\"a\":";
    return text;
  }();
  EXPECT_FALSE(parse_input(objects));
}

TEST(ParseInput, IsFreeWithWhiteSpaceAndEscapesOnly) {
  EXPECT_TRUE(parse_input(" { \"a\" : [ 1 , \"\\u00e9\" ] }\n"));
  for (const char* bad :
       {"{\"a\":1,\"a\":1}", "1.5", "1e2", "[1,]", "{\"a\":1} x", "9007199254740992"})
    EXPECT_FALSE(parse_input(bad)) << bad;
}

TEST(ParseInput, NamesTheMemberThatAppearsTwice) {
  const auto refused = parse_input(R"({"kind":"block","kind":"slab"})");
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("\"kind\" appears twice"), std::string::npos);
}

TEST(ParseInput, RefusesMoreBytesThanAllowed) {
  const auto refused = parse_input("[1,2,3]", Limits{8, 6});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kTooLarge);
}

}  // namespace
}  // namespace quarrymark::json
