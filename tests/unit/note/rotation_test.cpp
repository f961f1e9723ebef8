#include "ledger/note/rotation.h"

#include "tests/unit/note/keys.h"

#include <gtest/gtest.h>

namespace quarrymark::note {
namespace {

class Rotation : public testing::Test {
 protected:
  const crypto::SigningKey first_ = test_key(1), second_ = test_key(2), third_ = test_key(3);
  const std::string origin_ = origin_for_key(first_.public_key());
  const VerifierKey first_vkey_ = test_vkey(origin_, kEd25519, 1);
  const VerifierKey second_vkey_ = test_vkey(origin_, kEd25519, 2);
  const std::string note_ = *make_rotation(origin_, first_, second_);

  // A note with that text, signed as `name` by each of `keys`.
  static std::string signed_by(const std::string& text, std::string_view name,
                               const std::vector<crypto::SigningKey>& keys) {
    Note note{text, {}};
    for (const auto& key : keys) note.signatures.push_back(*make_signature(text, name, key));
    return write_note(note);
  }
  void refused(const std::string& note, Errc code) const {
    const auto key = verify_rotation(first_vkey_, note);
    ASSERT_FALSE(key) << note;
    EXPECT_EQ(key.error().code, code) << key.error().message;
  }
};

TEST_F(Rotation, LeadsFromTheOldKeyToTheNew) {
  EXPECT_EQ(parse_note(note_)->text,
            "quarrymark/rotate/v1\n" + origin_ + "\n" + second_vkey_.text() + "\n");
  EXPECT_EQ(*verify_rotation(first_vkey_, note_), second_vkey_);
}

TEST_F(Rotation, CanBeFollowedByAnother) {
  const auto next = verify_rotation(second_vkey_, *make_rotation(origin_, second_, third_));
  ASSERT_TRUE(next);
  EXPECT_EQ(next->key, third_.public_key());
  EXPECT_EQ(next->name, origin_);
}

TEST_F(Rotation, NeedsBothSignatures) {
  const std::string text = rotation_text(origin_, second_vkey_);
  refused(signed_by(text, origin_, {first_}), Errc::kUnauthorized);
  refused(signed_by(text, origin_, {second_}), Errc::kUnauthorized);
  refused(signed_by(text, origin_, {third_}), Errc::kUnauthorized);
  refused(signed_by(text, origin_, {first_, first_}), Errc::kUnauthorized);
  EXPECT_TRUE(verify_rotation(first_vkey_, signed_by(text, origin_, {second_, first_})));
  EXPECT_TRUE(verify_rotation(first_vkey_, signed_by(text, origin_, {third_, first_, second_})));
}

TEST_F(Rotation, IsRefusedWhenASignatureIsForged) {
  auto note = *parse_note(note_);
  note.signatures[1].bytes[5] ^= 1;
  refused(write_note(note), Errc::kUnauthorized);
}

TEST_F(Rotation, IsRefusedForAnotherOldKey) {
  EXPECT_FALSE(verify_rotation(second_vkey_, note_));
  EXPECT_FALSE(verify_rotation(test_vkey(origin_, kEd25519, 3), note_));
}

TEST_F(Rotation, IsRefusedForAnotherLog) {
  const std::string other = origin_for_key(third_.public_key());
  refused(*make_rotation(other, first_, second_), Errc::kMalformed);
  // The origin is right, but the new vkey is another log's.
  refused(
      signed_by(rotation_text(origin_, test_vkey(other, kEd25519, 2)), origin_, {first_, second_}),
      Errc::kMalformed);
}

TEST_F(Rotation, IsRefusedToAKeyOfAnotherType) {
  refused(signed_by(rotation_text(origin_, test_vkey(origin_, kEd25519Cosignature, 2)), origin_,
                    {first_, second_}),
          Errc::kMalformed);
  EXPECT_FALSE(verify_rotation(test_vkey(origin_, kEd25519Cosignature, 1), note_));
}

TEST_F(Rotation, IsRefusedToTheSameKey) {
  EXPECT_EQ(make_rotation(origin_, first_, first_).error().code, Errc::kInvalidArgument);
  refused(signed_by(rotation_text(origin_, first_vkey_), origin_, {first_}), Errc::kMalformed);
}

TEST_F(Rotation, IsRefusedInAnyOtherForm) {
  const std::string text = rotation_text(origin_, second_vkey_);
  for (const std::string& wrong :
       {with(text, "rotate/v1", "rotate/v2"), with(text, "rotate", "Rotate"), text + "more\n",
        text + "\n", "\n" + text, with(text, origin_, " " + origin_),
        with(text, second_vkey_.text(), second_vkey_.text() + " "),
        std::string("quarrymark/rotate/v1\n"), with(text, "v1\n", "v1\n\n")})
    refused(signed_by(wrong, origin_, {first_, second_}), Errc::kMalformed);
  refused("nonsense", Errc::kMalformed);
}

}  // namespace
}  // namespace quarrymark::note
