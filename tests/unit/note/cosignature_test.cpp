#include "ledger/note/cosignature.h"

#include "ledger/note/checkpoint.h"
#include "tests/unit/note/keys.h"

#include <gtest/gtest.h>

#include <limits>

namespace quarrymark::note {
namespace {

class Cosignature : public testing::Test {
 protected:
  static constexpr std::uint64_t kTime = 1'679'315'147;
  const std::string text_ = write_checkpoint({"log.example", 12, Hash{3}, {}});
  const VerifierKey witness_ = test_vkey("w.example/w1", kEd25519Cosignature, 9);
  const NoteSignature signature_ = *make_cosignature(text_, kTime, "w.example/w1", test_key(9));
};

TEST_F(Cosignature, StatesItsTime) {
  EXPECT_EQ(*verify_cosignature(text_, witness_, signature_), kTime);
  EXPECT_EQ(signature_.bytes.size(), 72U);
  EXPECT_EQ(signature_.bytes.substr(0, 8), std::string_view("\0\0\0\0\x64\x18\x50\xcb", 8));
}

// The message written out, so that a change of its form is noticed.
TEST_F(Cosignature, SignsHeaderTimeAndWholeText) {
  const std::string message = "cosignature/v1\ntime 1679315147\n" + text_;
  EXPECT_TRUE(crypto::verify(witness_.key, message, as_bytes(signature_.bytes).subspan(8)));
}

TEST_F(Cosignature, DoesNotVerifyWithAnotherTime) {
  auto later = signature_;
  later.bytes[7] = static_cast<char>(later.bytes[7] + 1);
  EXPECT_EQ(verify_cosignature(text_, witness_, later).error().code, Errc::kUnauthorized);
}

TEST_F(Cosignature, DoesNotVerifyOverAnotherCheckpoint) {
  EXPECT_FALSE(verify_cosignature(with(text_, "12", "13"), witness_, signature_));
  EXPECT_FALSE(verify_cosignature(text_ + "extension\n", witness_, signature_));
}

TEST_F(Cosignature, DoesNotVerifyUnderAnotherKey) {
  EXPECT_FALSE(
      verify_cosignature(text_, test_vkey("w.example/w1", kEd25519Cosignature, 8), signature_));
  EXPECT_FALSE(verify_cosignature(text_, test_vkey("w.example/w1", kEd25519, 9), signature_));
  auto impostor = test_vkey("w.example/w1", kEd25519Cosignature, 8);
  impostor.id = signature_.id;
  EXPECT_EQ(verify_cosignature(text_, impostor, signature_).error().code, Errc::kUnauthorized);
}

TEST_F(Cosignature, IsRefusedWithAnotherLength) {
  auto wrong = signature_;
  wrong.bytes.pop_back();
  EXPECT_EQ(verify_cosignature(text_, witness_, wrong).error().code, Errc::kMalformed);
  wrong.bytes += "xx";
  EXPECT_FALSE(verify_cosignature(text_, witness_, wrong));
  wrong.bytes = signature_.bytes.substr(8);  // a plain Ed25519 signature
  EXPECT_FALSE(verify_cosignature(text_, witness_, wrong));
}

TEST_F(Cosignature, IsRefusedWithATimeBeyondTheFormat) {
  auto wrong = signature_;
  wrong.bytes[0] = '\x80';
  const auto verified = verify_cosignature(text_, witness_, wrong);
  ASSERT_FALSE(verified);
  EXPECT_EQ(verified.error().code, Errc::kMalformed);
}

TEST_F(Cosignature, IsMadeOnlyOverACheckpointAndWithATime) {
  EXPECT_FALSE(make_cosignature("not a checkpoint\n", kTime, "w", test_key(9)));
  EXPECT_FALSE(make_cosignature(text_, kTime, "w w", test_key(9)));
  EXPECT_FALSE(make_cosignature(text_, 0, "w", test_key(9)));
  EXPECT_FALSE(make_cosignature(text_, kMaxCosignatureTime + 1, "w", test_key(9)));
  EXPECT_TRUE(make_cosignature(text_, kMaxCosignatureTime, "w", test_key(9)));
}

class CosignedNote : public Cosignature {
 protected:
  CosignedNote() {
    note_ = *parse_note(*sign_note(text_, "log.example", test_key(1)));
    note_.signatures.push_back(signature_);
  }
  Note note_;
  const VerifierKey log_ = test_vkey("log.example", kEd25519, 1);
};

TEST_F(CosignedNote, GivesTheTimesOfItsWitnessesInTheOrderOfTheLines) {
  note_.signatures.push_back(*make_cosignature(text_, kTime + 60, "w.example/w1", test_key(9)));
  const auto verified = verify_note(*parse_note(write_note(note_)), std::vector{log_, witness_});
  ASSERT_TRUE(verified);
  ASSERT_EQ(verified->size(), 3U);
  EXPECT_EQ((*verified)[0].timestamp, 0U);
  EXPECT_EQ((*verified)[1].timestamp, kTime);
  EXPECT_EQ((*verified)[2].timestamp, kTime + 60);
  EXPECT_EQ((*verified)[2].key, witness_);
}

// FORMATS.md, rule 23.
TEST_F(CosignedNote, IsRefusedWhenAKnownWitnessFails) {
  note_.signatures.back().bytes.back() ^= 1;
  EXPECT_FALSE(verify_note(note_, std::vector{log_, witness_}));
  EXPECT_TRUE(verify_note(note_, std::vector{log_}));
}

TEST_F(CosignedNote, IsRefusedWhenAKnownWitnessSignedThePlainText) {
  note_.signatures.back().bytes = std::string(as_text(test_key(9).sign(text_)));
  EXPECT_FALSE(verify_note(note_, std::vector{log_, witness_}));
}

TEST(PosixTime, BecomesAPointInTimeWithoutOverflow) {
  EXPECT_EQ(time_from_posix(1'679'315'147).ms, 1'679'315'147'000);
  EXPECT_EQ(time_from_posix(0).ms, 0);
  EXPECT_EQ(time_from_posix(kMaxCosignatureTime).ms, std::numeric_limits<std::int64_t>::max());
}

}  // namespace
}  // namespace quarrymark::note
