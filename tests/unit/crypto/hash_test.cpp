#include "ledger/crypto/hash.h"

#include <gtest/gtest.h>

namespace quarrymark::crypto {
namespace {

// FIPS 180-4 examples.
TEST(Sha256, AgreesWithPublishedValues) {
  EXPECT_EQ(hex_encode(sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hex_encode(sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex_encode(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

TEST(Sha256, PartsAreConcatenated) {
  EXPECT_EQ(sha256({as_bytes("ab"), as_bytes(""), as_bytes("c")}), sha256("abc"));
}

TEST(Sha256, AContextCanBeUsedAgain) {
  Sha256 context;
  EXPECT_EQ(context(as_bytes("x")), sha256("x"));
  EXPECT_EQ(context(as_bytes("abc")), sha256("abc"));
  EXPECT_EQ(context({as_bytes("a"), as_bytes("bc")}), sha256("abc"));
}

}  // namespace
}  // namespace quarrymark::crypto
