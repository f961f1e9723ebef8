#include "ledger/crypto/hpke.h"

#include "ledger/crypto/key.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <sys/stat.h>

namespace quarrymark::crypto {
namespace {

std::string hex(std::string_view text) { return *hex_decode(text); }
ReaderKey key_of(std::string_view text) {
  ReaderKey key{};
  const std::string bytes = hex(text);
  std::copy(bytes.begin(), bytes.end(), key.begin());
  return key;
}
ReadingKey private_key(std::string_view text) {
  return *ReadingKey::from_bytes(as_bytes(hex(text)));
}

const std::string kInfo = "Ode on a Grecian Urn";
const std::string kPlain = "Beauty is truth, truth beauty";

// RFC 9180, appendix A.1.1: base mode, X25519, HKDF-SHA256, AES-128-GCM.
constexpr std::string_view kEphemeral =
    "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736";
constexpr std::string_view kEnc =
    "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431";
constexpr std::string_view kReader =
    "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8";
constexpr std::string_view kReaderPublic =
    "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d";
// By sequence number; the additional data is "Count-<number>".
const std::map<int, std::string> kSealed = {
    {0,
     "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512"
     "a"},
    {1,
     "af2d7e9ac9ae7e270f46ba1f975be53c09f8d875bdc8535458c2494e8a6eab251c03d0c22a56b8ca42c2063b8"
     "4"},
    {2,
     "498dfcabd92e8acedc281e85af1cb4e3e31c7dc394a1ca20e173cb72516491588d96a19ad4a683518973dcc18"
     "0"},
    {4,
     "583bd32bc67a5994bb8ceaca813d369bca7b2a42408cddef5e22f880b631215a09fc0012bc69fccaa251c0246"
     "d"},
    {255,
     "7175db9717964058640a3a11fb9007941a5d1757fda1a6935c805c21af32505bf106deefec4a49ac38d71c9"
     "e0a"},
    {256,
     "957f9800542b0b8891badb026d79cc54597cb2d225b54c00c5238c25d05c30e3fbeda97d2e0e1aba483a2df"
     "9f2"}};

HpkeSender vector_sender() {
  return std::move(*HpkeSender::make(key_of(kReaderPublic), kInfo, HpkeAead::kAes128Gcm,
                                     private_key(kEphemeral)));
}
HpkeContext vector_reader() {
  return std::move(
      *HpkeContext::for_reader(private_key(kReader), key_of(kEnc), kInfo, HpkeAead::kAes128Gcm));
}

TEST(Hpke, SealsTheMessagesOfRfc9180A1) {
  HpkeSender sender = vector_sender();
  EXPECT_EQ(hex_encode(sender.enc), kEnc);
  for (int number = 0; number <= 256; ++number) {
    const auto sealed = sender.context.seal("Count-" + std::to_string(number), kPlain);
    ASSERT_TRUE(sealed);
    const auto expected = kSealed.find(number);
    if (expected != kSealed.end()) {
      EXPECT_EQ(hex_encode(as_bytes(*sealed)), expected->second);
    }
  }
}

TEST(Hpke, OpensTheMessagesOfRfc9180A1) {
  HpkeSender sender = vector_sender();
  HpkeContext reader = vector_reader();
  for (int number = 0; number <= 256; ++number) {
    const std::string aad = "Count-" + std::to_string(number);
    const auto expected = kSealed.find(number);
    const std::string own = *sender.context.seal(aad, kPlain);
    const auto opened = reader.open(aad, expected == kSealed.end() ? own : hex(expected->second));
    ASSERT_TRUE(opened) << number;
    EXPECT_EQ(*opened, kPlain);
  }
}

TEST(Hpke, ExportsTheSecretsOfRfc9180A1) {
  const std::map<std::string, std::string> expected = {
      {"", "3853fe2b4035195a573ffc53856e77058e15d9ea064de3e59f4961d0095250ee"},
      {"00", "2e8f0b54673c7029649d4eb9d5e33bf1872cf76d623ff164ac185da9e88c21a5"},
      {"54657374436f6e74657874",
       "e9e43065102c3836401bed8c3c3c75ae46be1639869391d62c61f1ec7af54931"}};
  const HpkeSender sender = vector_sender();
  const HpkeContext reader = vector_reader();
  for (const auto& [context, secret] : expected) {
    EXPECT_EQ(hex_encode(as_bytes(*sender.context.export_secret(hex(context), 32))), secret);
    EXPECT_EQ(hex_encode(as_bytes(*reader.export_secret(hex(context), 32))), secret);
  }
  EXPECT_EQ(sender.context.export_secret("x", 0).error().code, Errc::kInvalidArgument);
  EXPECT_EQ(sender.context.export_secret("x", 8161).error().code, Errc::kInvalidArgument);
}

// The set of vectors that RFC 9180 refers to, its case for AES-256-GCM.
TEST(Hpke, SealsThePublishedMessageUnderAes256Gcm) {
  auto sender = HpkeSender::make(
      key_of("ac66bae9ffa270cf4a89ed9f274e30c0456babae2572aaaf002ff0d8884ab018"), kInfo,
      HpkeAead::kAes256Gcm,
      private_key("28e212563a8b6f068af7ff17400ff1baf23612b7a738bbaf5dfb321b2b5b431a"));
  ASSERT_TRUE(sender);
  EXPECT_EQ(hex_encode(as_bytes(*sender->context.seal("Count-0", kPlain))),
            "23ded2d5d90ea89d975dac4792b297240f194952d7421aacbff0474100052b6bb8aa58d18ef6c42b6960e2"
            "e28f");
}

TEST(Hpke, WhatIsSealedToAKeyOpensWithIt) {
  const auto key = ReadingKey::generate();
  for (const HpkeAead aead : {HpkeAead::kAes128Gcm, HpkeAead::kAes256Gcm})
    for (const std::string& plain : {std::string(), std::string("x"), std::string(100'000, 'y')}) {
      auto sender = HpkeSender::make(key->public_key(), "info", aead);
      auto reader = HpkeContext::for_reader(*key, sender->enc, "info", aead);
      EXPECT_EQ(*reader->open("", *sender->context.seal("", plain)), plain);
    }
}

TEST(Hpke, TwoLettersOfOneTextDiffer) {
  const auto key = ReadingKey::generate();
  auto one = HpkeSender::make(key->public_key(), "info", HpkeAead::kAes256Gcm);
  auto two = HpkeSender::make(key->public_key(), "info", HpkeAead::kAes256Gcm);
  EXPECT_NE(one->enc, two->enc);
  EXPECT_NE(*one->context.seal("", "same"), *two->context.seal("", "same"));
}

class Refused : public ::testing::Test {
 protected:
  Refused() : key_(*ReadingKey::generate()), other_(*ReadingKey::generate()) {
    auto sender = HpkeSender::make(key_.public_key(), "info", HpkeAead::kAes256Gcm);
    enc_ = sender->enc;
    sealed_ = *sender->context.seal("aad", "message");
  }
  Result<std::string> open(const ReadingKey& key, const ReaderKey& enc, std::string_view info,
                           HpkeAead aead, std::string_view aad, std::string_view sealed) {
    auto reader = HpkeContext::for_reader(key, enc, info, aead);
    if (!reader) return tl::unexpected<Error>(reader.error());
    return reader->open(aad, sealed);
  }
  ReadingKey key_, other_;
  ReaderKey enc_;
  std::string sealed_;
};

TEST_F(Refused, AnotherKeyContextOrDataDoesNotOpenIt) {
  const auto aead = HpkeAead::kAes256Gcm;
  ASSERT_TRUE(open(key_, enc_, "info", aead, "aad", sealed_));
  EXPECT_EQ(open(other_, enc_, "info", aead, "aad", sealed_).error().code, Errc::kUnauthorized);
  EXPECT_EQ(open(key_, other_.public_key(), "info", aead, "aad", sealed_).error().code,
            Errc::kUnauthorized);
  EXPECT_FALSE(open(key_, enc_, "inf", aead, "aad", sealed_));
  EXPECT_FALSE(open(key_, enc_, "info", aead, "aae", sealed_));
  EXPECT_FALSE(open(key_, enc_, "info", HpkeAead::kAes128Gcm, "aad", sealed_));
}

TEST_F(Refused, EveryAlteredOrMissingByteIsNoticed) {
  for (std::size_t i = 0; i < sealed_.size(); ++i) {
    std::string altered = sealed_;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    EXPECT_FALSE(open(key_, enc_, "info", HpkeAead::kAes256Gcm, "aad", altered)) << i;
    EXPECT_FALSE(open(key_, enc_, "info", HpkeAead::kAes256Gcm, "aad", sealed_.substr(0, i))) << i;
  }
  EXPECT_FALSE(open(key_, enc_, "info", HpkeAead::kAes256Gcm, "aad", sealed_ + "x"));
}

TEST_F(Refused, MessagesOutOfOrderDoNotOpenAndDoNotAdvance) {
  auto sender = HpkeSender::make(key_.public_key(), "info", HpkeAead::kAes256Gcm);
  const std::string first = *sender->context.seal("", "one"),
                    second = *sender->context.seal("", "two");
  auto reader = HpkeContext::for_reader(key_, sender->enc, "info", HpkeAead::kAes256Gcm);
  EXPECT_FALSE(reader->open("", second));
  EXPECT_EQ(*reader->open("", first), "one");
  EXPECT_FALSE(reader->open("", first));
  EXPECT_EQ(*reader->open("", second), "two");
}

// The points of order 1, 2, 4 and 8, also in encodings beyond the prime (RFC 7748 §7).
TEST_F(Refused, PointsOfLowOrderAreNoKeys) {
  for (const std::string_view point :
       {"0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    EXPECT_EQ(HpkeSender::make(key_of(point), "info", HpkeAead::kAes256Gcm).error().code,
              Errc::kMalformed)
        << point;
    EXPECT_EQ(
        HpkeContext::for_reader(key_, key_of(point), "info", HpkeAead::kAes256Gcm).error().code,
        Errc::kMalformed)
        << point;
  }
}

// RFC 7748 §6.1.
TEST(ReadingKey, AgreesWithRfc7748) {
  const ReadingKey alice =
      private_key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
  const ReadingKey bob =
      private_key("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
  EXPECT_EQ(hex_encode(alice.public_key()),
            "8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");
  EXPECT_EQ(hex_encode(*alice.agree(bob.public_key())),
            "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
  EXPECT_EQ(*bob.agree(alice.public_key()), *alice.agree(bob.public_key()));
}

TEST(ReadingKey, IsKeptInAFileThatOnlyItsOwnerReads) {
  std::string pattern = (std::filesystem::temp_directory_path() / "quarrymark-XXXXXX").string();
  const std::filesystem::path directory = ::mkdtemp(pattern.data());
  const std::string path = (directory / "reader.pem").string();
  const auto key = ReadingKey::generate();
  ASSERT_TRUE(key->save(path));
  EXPECT_EQ(ReadingKey::load(path)->public_key(), key->public_key());
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(key->save(path).error().code, Errc::kAlreadyExists);
  EXPECT_EQ(ReadingKey::load(path + "x").error().code, Errc::kIo);
  // A signing key reads nothing, and the other way round.
  const std::string signing = (directory / "signing.pem").string();
  ASSERT_TRUE(SigningKey::generate()->save(signing));
  EXPECT_EQ(ReadingKey::load(signing).error().code, Errc::kMalformed);
  EXPECT_EQ(SigningKey::load(path).error().code, Errc::kMalformed);
  std::filesystem::remove_all(directory);
}

TEST(ReadingKey, HasThirtyTwoBytes) {
  EXPECT_EQ(ReadingKey::from_bytes(as_bytes(std::string(31, 'x'))).error().code,
            Errc::kInvalidArgument);
  EXPECT_EQ(ReadingKey::from_bytes(as_bytes(std::string(33, 'x'))).error().code,
            Errc::kInvalidArgument);
}

}  // namespace
}  // namespace quarrymark::crypto
