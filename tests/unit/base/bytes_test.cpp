#include "ledger/base/bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark {
namespace {

struct Rfc4648 {
  std::string_view plain, padded, url;
};
// RFC 4648 §10.
constexpr Rfc4648 kVectors[] = {{"", "", ""},
                                {"f", "Zg==", "Zg"},
                                {"fo", "Zm8=", "Zm8"},
                                {"foo", "Zm9v", "Zm9v"},
                                {"foob", "Zm9vYg==", "Zm9vYg"},
                                {"fooba", "Zm9vYmE=", "Zm9vYmE"},
                                {"foobar", "Zm9vYmFy", "Zm9vYmFy"}};

TEST(Base64, AgreesWithTheVectorsOfRfc4648) {
  for (const auto& v : kVectors) {
    EXPECT_EQ(base64_encode(as_bytes(v.plain)), v.padded);
    EXPECT_EQ(base64url_encode(as_bytes(v.plain)), v.url);
    EXPECT_EQ(*base64_decode(v.padded), v.plain);
    EXPECT_EQ(*base64url_decode(v.url), v.plain);
  }
}

TEST(Base64, UsesTheTwoAlphabets) {
  const std::string bytes = "\xfb\xff\xfe";
  EXPECT_EQ(base64_encode(as_bytes(bytes)), "+//+");
  EXPECT_EQ(base64url_encode(as_bytes(bytes)), "-__-");
  EXPECT_FALSE(base64url_decode("+//+"));
  EXPECT_FALSE(base64_decode("-__-"));
}

TEST(Base64, RefusesEverythingButTheOneEncoding) {
  for (const char* bad : {"Zg==", "Zg=", "Z", "Zh", "Zm9", "Zm9v ", " Zm9v", "Zm9\n", "Zm-9v="})
    EXPECT_FALSE(base64url_decode(bad)) << bad;
  for (const char* bad : {"Zg", "Zg=", "Zh==", "Zm9=", "====", "Zg===", "Z===", "=Zg=", "Zm9v\n"})
    EXPECT_FALSE(base64_decode(bad)) << bad;
}

RC_GTEST_PROP(Base64, DecodesWhatItEncoded, (const std::string& bytes)) {
  RC_ASSERT(*base64url_decode(base64url_encode(as_bytes(bytes))) == bytes);
  RC_ASSERT(*base64_decode(base64_encode(as_bytes(bytes))) == bytes);
}

RC_GTEST_PROP(Base64, AcceptedTextIsTheOneEncoding, (const std::string& text)) {
  if (const auto bytes = base64url_decode(text))
    RC_ASSERT(base64url_encode(as_bytes(*bytes)) == text);
  if (const auto bytes = base64_decode(text)) RC_ASSERT(base64_encode(as_bytes(*bytes)) == text);
}

TEST(Digest32, ReadsAndWrites43Characters) {
  const std::string text = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
  const auto id = EventId::parse(text);
  ASSERT_TRUE(id);
  EXPECT_EQ(id->hash[31], 31);
  EXPECT_EQ(id->text(), text);
}

TEST(Digest32, RefusesOtherLengthsAndSpareBits) {
  EXPECT_FALSE(EventId::parse(""));
  EXPECT_FALSE(EventId::parse(std::string(42, 'A')));
  EXPECT_FALSE(EventId::parse(std::string(44, 'A')));
  EXPECT_FALSE(EventId::parse(std::string(42, 'A') + "B"));  // the last two bits must be zero
  EXPECT_FALSE(EventId::parse(std::string(42, 'A') + "="));
}

TEST(Hex, IsLowerCaseAndEven) {
  EXPECT_EQ(hex_encode(as_bytes(std::string("\x00\xab\xff", 3))), "00abff");
  EXPECT_EQ(*hex_decode("00abff"), std::string("\x00\xab\xff", 3));
  for (const char* bad : {"0", "0A", "zz", "0x"}) EXPECT_FALSE(hex_decode(bad)) << bad;
}

}  // namespace
}  // namespace quarrymark
