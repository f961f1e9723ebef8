#include "ledger/note/checkpoint.h"

#include "ledger/note/signed_note.h"
#include "tests/unit/note/keys.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark::note {
namespace {

// From the specification's text.
const std::string kExample =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

void refused(const std::string& text) {
  const auto checkpoint = parse_checkpoint(text);
  ASSERT_FALSE(checkpoint) << text;
  EXPECT_EQ(checkpoint.error().code, Errc::kMalformed);
}

TEST(Checkpoint, OfTheSpecificationIsReadAndWrittenAgain) {
  const auto checkpoint = parse_checkpoint(kExample);
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->origin, "example.com/behind-the-sofa");
  EXPECT_EQ(checkpoint->size, 20852163U);
  EXPECT_TRUE(checkpoint->extensions.empty());
  EXPECT_EQ(write_checkpoint(*checkpoint), kExample);
}

TEST(Checkpoint, KeepsExtensionLines) {
  const auto checkpoint = parse_checkpoint(kExample + "one\n two \n");
  ASSERT_TRUE(checkpoint);
  EXPECT_EQ(checkpoint->extensions, (std::vector<std::string>{"one", " two "}));
  EXPECT_EQ(write_checkpoint(*checkpoint), kExample + "one\n two \n");
}

TEST(Checkpoint, IsRefusedWithEmptyLines) {
  refused(kExample + "\n");
  refused(kExample + "one\n\ntwo\n");
  refused("\n" + kExample);
  refused(with(kExample, "example.com/behind-the-sofa", ""));
}

TEST(Checkpoint, IsRefusedWithoutTheFinalNewline) {
  refused(kExample.substr(0, kExample.size() - 1));
  refused("");
}

TEST(Checkpoint, IsRefusedWithFewerThanThreeLines) {
  refused("example.com\n");
  refused("example.com\n1\n");
  refused("\n");
}

TEST(Checkpoint, TakesASizeInOneSpellingOnly) {
  for (const char* bad : {"020852163", "00", "+1", "-1", " 1", "1 ", "1.0", "0x1", "1e3", "1\r", "",
                          "１", "18446744073709551616", "99999999999999999999999"})
    refused(with(kExample, "20852163", bad));
  for (const char* good : {"0", "1", "18446744073709551615"})
    EXPECT_TRUE(parse_checkpoint(with(kExample, "20852163", good))) << good;
}

TEST(Checkpoint, TakesARootInOneSpellingOnly) {
  const std::string_view root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
  refused(with(kExample, root, root.substr(0, 43)));                               // no padding
  refused(with(kExample, root, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J="));   // spare bits
  refused(with(kExample, root, "CsUYapGGPo4dkMgIAUqom_Xajj7h2fB2MPA3j2jxq2I="));   // base64url
  refused(with(kExample, root, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I= "));  // space
  refused(with(kExample, root, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw=="));   // 31 bytes
  refused(with(kExample, root, "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2IA"));   // 33 bytes
  refused(with(kExample, root, "0ac5186a91863e8e1d90c808014aa89bf5da8e3ee1d9f07630f0378f68f1ab62"));
}

TEST(Checkpoint, IsSignedUnderItsOriginAsKeyName) {
  const auto key = test_key(1);
  const std::string origin = origin_for_key(key.public_key());
  const auto signed_note = sign_checkpoint(origin, 5, Hash{1}, key);
  ASSERT_TRUE(signed_note);
  const auto note = parse_note(*signed_note);
  const VerifierKey vkey = *make_vkey(origin, kEd25519, key.public_key());
  EXPECT_TRUE(verify_note(*note, std::span(&vkey, 1)));
  EXPECT_EQ(*parse_checkpoint(note->text), (Checkpoint{origin, 5, Hash{1}, {}}));
}

TEST(Checkpoint, IsNotSignedForAnOriginThatIsNoKeyName) {
  EXPECT_FALSE(sign_checkpoint("go.sum database tree", 5, Hash{}, test_key(1)));
  EXPECT_FALSE(sign_checkpoint("", 5, Hash{}, test_key(1)));
  EXPECT_FALSE(sign_checkpoint("a\nb", 5, Hash{}, test_key(1)));
}

RC_GTEST_PROP(Checkpoint, ReadingAndWritingAreInverse, ()) {
  Checkpoint checkpoint{"o", *rc::gen::arbitrary<std::uint64_t>(), *rc::gen::arbitrary<Hash>(), {}};
  RC_ASSERT(*parse_checkpoint(write_checkpoint(checkpoint)) == checkpoint);
}

}  // namespace
}  // namespace quarrymark::note
