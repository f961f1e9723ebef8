#include "ledger/crypto/key.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>

namespace quarrymark::crypto {
namespace {

class KeyFile : public ::testing::Test {
 protected:
  KeyFile() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "quarrymark-key-XXXXXX").string();
    directory_ = ::mkdtemp(pattern.data());
  }
  ~KeyFile() override { std::filesystem::remove_all(directory_); }
  std::string path() const { return (directory_ / "key.pem").string(); }
  std::filesystem::path directory_;
};

// RFC 8032 §7.1, test 2.
TEST(SigningKey, AgreesWithRfc8032) {
  const auto seed = hex_decode("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
  const auto key = SigningKey::from_seed(as_bytes(*seed));
  ASSERT_TRUE(key);
  EXPECT_EQ(hex_encode(key->public_key()),
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  EXPECT_EQ(hex_encode(key->sign("\x72")),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}

TEST(SigningKey, SignaturesHoldForTheirMessageAndKeyOnly) {
  const auto key = SigningKey::generate(), other = SigningKey::generate();
  const Signature signature = key->sign("message");
  EXPECT_TRUE(verify(key->public_key(), "message", signature));
  EXPECT_FALSE(verify(key->public_key(), "messagf", signature));
  EXPECT_FALSE(verify(other->public_key(), "message", signature));
  EXPECT_FALSE(verify(key->public_key(), "message", ByteSpan(signature).first(63)));
  EXPECT_FALSE(verify(key->public_key(), "message", {}));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    Signature changed = signature;
    changed[i] ^= 1;
    EXPECT_FALSE(verify(key->public_key(), "message", changed)) << i;
  }
}

TEST(SigningKey, SeedsHave32Bytes) { EXPECT_FALSE(SigningKey::from_seed(as_bytes("short"))); }

TEST_F(KeyFile, ComesBackAndIsNobodyElsesToRead) {
  const auto key = SigningKey::generate();
  ASSERT_TRUE(key->save(path()));
  struct stat status {};
  ASSERT_EQ(::stat(path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  const auto loaded = SigningKey::load(path());
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->public_key(), key->public_key());
  EXPECT_EQ(loaded->sign("x"), key->sign("x"));
}

TEST_F(KeyFile, IsNeverOverwritten) {
  ASSERT_TRUE(SigningKey::generate()->save(path()));
  const auto refused = SigningKey::generate()->save(path());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kAlreadyExists);
}

TEST_F(KeyFile, RefusesWhatIsNoKey) {
  EXPECT_EQ(SigningKey::load(path()).error().code, Errc::kIo);
  std::ofstream(path()) << "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
  EXPECT_EQ(SigningKey::load(path()).error().code, Errc::kMalformed);
}

TEST(Random, DoesNotRepeat) {
  std::array<std::uint8_t, 32> a{}, b{};
  random_bytes(a);
  random_bytes(b);
  EXPECT_NE(a, b);
  EXPECT_TRUE(std::any_of(a.begin(), a.end(), [](auto byte) { return byte != 0; }));
}

}  // namespace
}  // namespace quarrymark::crypto
