#include "ledger/note/vkey.h"

#include "ledger/crypto/hash.h"
#include "tests/unit/note/keys.h"

#include <gtest/gtest.h>

namespace quarrymark::note {
namespace {

// From the specification's text.
constexpr std::string_view kExample =
    "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

std::string vkey_of(std::string_view name, std::uint8_t type, std::string_view material) {
  const std::uint32_t id = key_id(name, type, as_bytes(material));
  std::string id_bytes;
  for (int shift = 24; shift >= 0; shift -= 8) id_bytes += static_cast<char>(id >> shift & 0xff);
  return std::string(name) + '+' + hex_encode(as_bytes(id_bytes)) + '+' +
         base64_encode(as_bytes(std::string(1, static_cast<char>(type)) + std::string(material)));
}

TEST(Vkey, OfTheSpecificationIsReadAndWrittenAgain) {
  const auto key = parse_vkey(kExample);
  ASSERT_TRUE(key);
  EXPECT_EQ(key->name, "example.com/foo");
  EXPECT_EQ(key->id, 0x530d903aU);
  EXPECT_EQ(key->type, kEd25519);
  EXPECT_EQ(key->text(), kExample);
}

TEST(Vkey, OfAKeyWithPlusSignsInItsBase64IsReadWhole) {
  for (int number = 0; number < 60; ++number) {
    const VerifierKey key = test_vkey("n", kEd25519, static_cast<std::uint8_t>(number));
    const auto again = parse_vkey(key.text());
    ASSERT_TRUE(again) << key.text();
    EXPECT_EQ(*again, key);
  }
}

TEST(Vkey, OfAWitnessHasAnotherIdThanOfALog) {
  const VerifierKey log = test_vkey("n", kEd25519, 1);
  const VerifierKey witness = test_vkey("n", kEd25519Cosignature, 1);
  EXPECT_EQ(log.key, witness.key);
  EXPECT_NE(log.id, witness.id);
  EXPECT_EQ(*parse_vkey(witness.text()), witness);
}

TEST(Vkey, KeepsAnIdWithLeadingZeros) {
  EXPECT_TRUE(parse_vkey("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"));
}

TEST(Vkey, IsRefusedWhenItsIdIsOfAnotherKey) {
  const auto key = parse_vkey(with(std::string(kExample), "530d903a", "530d903b"));
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, Errc::kMalformed);
  EXPECT_NE(key.error().message.find("expected key id 530d903a, got 530d903b"), std::string::npos);
  EXPECT_FALSE(parse_vkey(with(std::string(kExample), "example.com/foo", "example.com/bar")));
}

class VkeySpelling : public testing::TestWithParam<std::pair<std::string_view, std::string_view>> {
};

TEST_P(VkeySpelling, IsRefused) {
  const auto& [from, to] = GetParam();
  const std::string text = with(std::string(kExample), from, to);
  const auto key = parse_vkey(text);
  ASSERT_FALSE(key) << text;
  EXPECT_EQ(key.error().code, Errc::kMalformed);
}

INSTANTIATE_TEST_SUITE_P(
    OfEveryWrongKind, VkeySpelling,
    testing::Values(std::pair{"530d903a", "530D903A"},      // upper case
                    std::pair{"530d903a", "530d903"},       // seven digits
                    std::pair{"530d903a", "0530d903a"},     // nine digits
                    std::pair{"530d903a", "530d903g"},      // not hex
                    std::pair{"530d903a", ""},              // no id
                    std::pair{"+530d903a+", "-530d903a-"},  // no plus signs
                    std::pair{"530d903a+", ""},             // one plus sign
                    std::pair{"example.com/foo", ""},       // no name
                    std::pair{"example.com/foo", "a b"},    // space in the name
                    std::pair{"example.com/foo", "a\nb"},   // newline in the name
                    std::pair{"AekyeRrm", "AekyeRrm\n"},    // newline in the key
                    std::pair{"AekyeRrm", "AekyeRr"},       // a character short
                    std::pair{"AekyeRrm", "AekyeRrm56hA"},  // too long a key
                    std::pair{"AekyeRrm56hA", "AekyeRrm"},  // too short a key
                    std::pair{"v3U2k", "v3U2k="},           // padding that does not belong
                    std::pair{"v3U2k", "v3U2k "},           // trailing space
                    std::pair{"AekyeRrm", "Aeky_Rrm"},      // base64url
                    std::pair{"AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "AQ=="},
                    std::pair{"AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", ""}));

TEST(Vkey, OfAnUnknownTypeIsTakenApartButNotUsed) {
  const std::string text = vkey_of("ct.example", 0x05, "some other kind of key");
  const auto parts = parse_vkey_parts(text);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->type, 0x05);
  EXPECT_EQ(parts->material, "some other kind of key");
  const auto key = parse_vkey(text);
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, Errc::kMalformed);
  EXPECT_NE(key.error().message.find("unknown signature type 5"), std::string::npos);
}

TEST(Vkey, OfAnMlDsaCosignerIsTakenApart) {
  const std::string material(1312, 'k');
  EXPECT_TRUE(parse_vkey_parts(vkey_of("w.example", kMlDsaCosignature, material)));
  EXPECT_FALSE(parse_vkey_parts(vkey_of("w.example", kMlDsaCosignature, material + 'k')));
  EXPECT_FALSE(parse_vkey(vkey_of("w.example", kMlDsaCosignature, material)));
}

TEST(Vkey, IsMadeOnlyForNamesAndTypesThatCanBeUsed) {
  const auto key = test_key(1).public_key();
  EXPECT_EQ(make_vkey("a b", kEd25519, key).error().code, Errc::kMalformed);
  EXPECT_EQ(make_vkey("", kEd25519, key).error().code, Errc::kMalformed);
  EXPECT_EQ(make_vkey("a", kMlDsaCosignature, key).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(make_vkey("a", 0, key).error().code, Errc::kInvalidArgument);
}

TEST(KeyName, MayBeAnythingButSpacesPlusSignsAndControls) {
  for (const char* good : {"a", "quarrymark/x-_9", "例え.example", "é", "\xe2\x80\x94",
                           "\xe2\x80\x8b", "\xf0\x9f\xaa\xa8", "a=b", "\xef\xbb\xbfx"})
    EXPECT_TRUE(check_key_name(good)) << good;
  for (const char* bad :
       {"", " ", "a b", "a+b", "a\tb", "a\nb", "a\x01z", "a\xc2\xa0z", "a\xc2\x85z",
        "a\xe1\x9a\x80z", "a\xe2\x80\x80z", "a\xe2\x80\x8az", "a\xe2\x80\xa8z", "a\xe2\x80\xa9z",
        "a\xe2\x80\xafz", "a\xe2\x81\x9fz", "a\xe3\x80\x80z", "a\xffz", "a\xc3"})
    EXPECT_FALSE(check_key_name(bad)) << bad;
  EXPECT_TRUE(check_key_name(std::string(kMaxKeyName, 'a')));
  EXPECT_FALSE(check_key_name(std::string(kMaxKeyName + 1, 'a')));
}

TEST(Origin, IsTheHashOfTheRawKeyAndAKeyName) {
  const auto key = test_key(7).public_key();
  const std::string origin = origin_for_key(key);
  EXPECT_EQ(origin, "quarrymark/" + base64url_encode(crypto::sha256(ByteSpan(key))));
  EXPECT_EQ(origin.size(), 11U + 43U);
  EXPECT_TRUE(check_key_name(origin));
}

}  // namespace
}  // namespace quarrymark::note
