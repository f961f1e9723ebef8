#include "ledger/note/signed_note.h"

#include "tests/unit/note/keys.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark::note {
namespace {

const std::string kDash = "\xe2\x80\x94 ";

class SignedNote : public testing::Test {
 protected:
  const crypto::SigningKey key_ = test_key(1);
  const VerifierKey vkey_ = test_vkey("example.com/foo", kEd25519, 1);
  const std::string note_ = *sign_note("line one\nline two\n", "example.com/foo", key_);

  static void refused(std::string_view note, std::string_view part_of_message) {
    const auto parsed = parse_note(note);
    ASSERT_FALSE(parsed) << note;
    EXPECT_EQ(parsed.error().code, Errc::kMalformed);
    EXPECT_NE(parsed.error().message.find(part_of_message), std::string::npos)
        << parsed.error().message;
  }
};

TEST_F(SignedNote, IsReadAndVerified) {
  const auto note = parse_note(note_);
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, "line one\nline two\n");
  ASSERT_EQ(note->signatures.size(), 1U);
  EXPECT_EQ(note->signatures[0].name, "example.com/foo");
  EXPECT_EQ(note->signatures[0].id, vkey_.id);
  EXPECT_EQ(note->signatures[0].bytes.size(), 64U);
  const auto verified = verify_note(*note, std::span(&vkey_, 1));
  ASSERT_TRUE(verified);
  ASSERT_EQ(verified->size(), 1U);
  EXPECT_EQ(verified->front().key, vkey_);
  EXPECT_EQ(verified->front().timestamp, 0U);
}

TEST_F(SignedNote, IsSplitAtItsLastEmptyLine) {
  const std::string note = *sign_note("one\n\ntwo\n\n", "n", key_);
  EXPECT_EQ(parse_note(note)->text, "one\n\ntwo\n\n");
  EXPECT_EQ(parse_note(*sign_note("\n", "n", key_))->text, "\n");
}

// What looks like a signature inside the text is text.
TEST_F(SignedNote, KeepsAnotherNoteInsideItsText) {
  const auto note = parse_note(*sign_note(note_, "outer", key_));
  ASSERT_TRUE(note);
  EXPECT_EQ(note->text, note_);
  EXPECT_EQ(note->signatures.size(), 1U);
}

TEST_F(SignedNote, IsRefusedWithCarriageReturns) {
  std::string crlf;
  for (const char c : note_) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  refused(crlf, "carriage return");
  refused(with(note_, "one\n", "one\r\n"), "carriage return");
}

TEST_F(SignedNote, IsRefusedWithControlCharacters) {
  refused(with(note_, "line one", "line\tone"), "control character");
  refused(with(note_, "line one", std::string_view("line\0one", 8)), "control character");
  refused(with(note_, "line one", "line\x1bone"), "control character");
}

TEST_F(SignedNote, IsRefusedWhenItIsNotUtf8) {
  refused(with(note_, "one", "on\xe9"), "not UTF-8");
  refused(with(note_, "one", "\xed\xa0\x80"), "not UTF-8");  // a surrogate
  refused(with(note_, "one", "\xc0\xaf"), "not UTF-8");      // too long a form
}

TEST_F(SignedNote, IsRefusedWithoutTheEmptyLine) {
  refused(with(note_, "two\n\n", "two\n"), "no empty line");
  refused("\n" + kDash + "n AAAAAAA=\n", "no empty line");
  refused("\n", "no empty line");
}

TEST_F(SignedNote, IsRefusedWithoutTheFinalNewline) {
  refused(note_.substr(0, note_.size() - 1), "does not end with a newline");
  refused("", "does not end with a newline");
}

TEST_F(SignedNote, IsRefusedWithoutSignatureLines) {
  refused("line one\n\n", "no signature line");
  refused(note_ + "\n", "no signature line");
}

TEST_F(SignedNote, IsRefusedWithAnythingButAnEmDash) {
  refused(with(note_, kDash, "- "), "em dash");
  refused(with(note_, kDash, "-- "), "em dash");
  refused(with(note_, kDash, "\xe2\x80\x93 "), "em dash");         // en dash
  refused(with(note_, kDash, "\xe2\x80\x94"), "em dash");          // no space
  refused(with(note_, kDash, "\xe2\x80\x94\xc2\xa0"), "em dash");  // no-break space
  refused(with(note_, kDash, " " + kDash), "em dash");
  refused(with(note_, kDash, "\xef\xbb\xbf" + kDash), "em dash");  // a byte order mark
}

TEST_F(SignedNote, IsRefusedWithMoreOrFewerSpacesInASignatureLine) {
  refused(with(note_, kDash, kDash + " "), "key name");
  refused(with(note_, "/foo ", "/foo  "), "base64");
  refused(with(note_, "/foo ", "/foo"), "expected <key name> <base64>");
  std::string trailing = note_;
  refused(trailing.insert(note_.size() - 1, " "), "base64");
}

TEST_F(SignedNote, IsRefusedWithASpaceOrPlusInAKeyName) {
  refused(with(note_, kDash + "example", kDash + "exa+mple"), "plus sign");
  refused(with(note_, kDash + "example", kDash + "exa\xe3\x80\x80mple"), "space");
}

TEST_F(SignedNote, IsRefusedWhenItsBase64HasAnotherSpelling) {
  refused("t\n\n" + kDash + "n AAAAAAE\n", "base64");   // no padding
  refused("t\n\n" + kDash + "n AAAAAAF=\n", "base64");  // spare bits
  refused("t\n\n" + kDash + "n AAAA_AA=\n", "base64");  // base64url
  refused("t\n\n" + kDash + "n AAAAAAE=====\n", "base64");
  EXPECT_TRUE(parse_note("t\n\n" + kDash + "n AAAAAAE=\n"));
}

TEST_F(SignedNote, IsRefusedWhenASignatureHasNothingAfterItsKeyId) {
  refused("t\n\n" + kDash + "n AAAAAA==\n", "more than 4 bytes, got 4");
  refused("t\n\n" + kDash + "n \n", "more than 4 bytes, got 0");
}

TEST_F(SignedNote, IsRefusedWithTextAfterASignature) { refused(note_ + "more\n", "em dash"); }

TEST_F(SignedNote, MayHaveUpToSixtyFourSignatureLines) {
  auto note = *parse_note(note_);
  while (note.signatures.size() < 64) note.signatures.push_back({"other", 1, "x"});
  EXPECT_TRUE(parse_note(write_note(note)));
  note.signatures.push_back({"other", 1, "x"});
  EXPECT_EQ(parse_note(write_note(note)).error().code, Errc::kTooLarge);
  EXPECT_TRUE(parse_note(write_note(note), 65));
  EXPECT_EQ(parse_note(note_, 0).error().code, Errc::kTooLarge);
}

TEST_F(SignedNote, MayBeOneMebibyteLong) {
  const std::string lines = note_.substr(note_.find("\n\n"));
  const std::string longest = std::string(kMaxNoteSize - lines.size(), 'a') + lines;
  EXPECT_TRUE(parse_note(longest));
  EXPECT_EQ(parse_note("a" + longest).error().code, Errc::kTooLarge);
}

TEST_F(SignedNote, IsWrittenAsItWasRead) {
  EXPECT_EQ(write_note(*parse_note(note_)), note_);
  const std::string line = note_.substr(note_.find(kDash));
  EXPECT_EQ(write_signature_line(*parse_signature_line(line)), line);
  EXPECT_FALSE(parse_signature_line(line + line));
  EXPECT_FALSE(parse_signature_line(line.substr(0, line.size() - 1)));
  EXPECT_FALSE(parse_signature_line(""));
}

TEST_F(SignedNote, DoesNotVerifyWithAnotherText) {
  const auto note = parse_note(with(note_, "line one", "line 0ne"));
  ASSERT_TRUE(note);
  EXPECT_EQ(verify_note(*note, std::span(&vkey_, 1)).error().code, Errc::kUnauthorized);
}

TEST_F(SignedNote, DoesNotVerifyWithAByteOrderMarkPutBeforeIt) {
  const auto note = parse_note("\xef\xbb\xbf" + note_);
  ASSERT_TRUE(note);
  EXPECT_FALSE(verify_note(*note, std::span(&vkey_, 1)));
}

TEST_F(SignedNote, DoesNotVerifyWithoutAKnownKey) {
  const auto note = *parse_note(note_);
  EXPECT_EQ(verify_note(note, {}).error().code, Errc::kUnauthorized);
  const VerifierKey same_key_other_name = test_vkey("example.com/bar", kEd25519, 1);
  const VerifierKey same_name_other_key = test_vkey("example.com/foo", kEd25519, 2);
  EXPECT_FALSE(verify_note(note, std::vector{same_key_other_name, same_name_other_key}));
}

TEST_F(SignedNote, IgnoresSignaturesOfUnknownKeys) {
  auto note = *parse_note(note_);
  note.signatures.insert(note.signatures.begin(), {"stranger", 7, "no signature at all"});
  note.signatures.push_back({vkey_.name, vkey_.id + 1, "same name only"});
  note.signatures.push_back({"stranger", vkey_.id, "same id only"});
  const auto verified = verify_note(note, std::span(&vkey_, 1));
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->size(), 1U);
}

TEST_F(SignedNote, IsRefusedWhenOneKnownKeyFailsThoughAnotherVerifies) {
  auto note = *parse_note(note_);
  const VerifierKey other = test_vkey("other", kEd25519, 2);
  note.signatures.push_back({"other", other.id, std::string(64, 's')});
  EXPECT_EQ(verify_note(note, std::vector{vkey_, other}).error().code, Errc::kUnauthorized);
  EXPECT_TRUE(verify_note(note, std::span(&vkey_, 1)));
  // Also when it is the same key that verifies once and fails once.
  note.signatures.back() = {vkey_.name, vkey_.id, std::string(64, 's')};
  EXPECT_FALSE(verify_note(note, std::span(&vkey_, 1)));
}

TEST_F(SignedNote, DoesNotVerifyWithASignatureOfAnotherLength) {
  auto note = *parse_note(note_);
  note.signatures[0].bytes += 'x';
  EXPECT_FALSE(verify_note(note, std::span(&vkey_, 1)));
  note.signatures[0].bytes.resize(63);
  EXPECT_FALSE(verify_note(note, std::span(&vkey_, 1)));
}

TEST_F(SignedNote, IsNotJudgedWithTwoKeysUnderOneNameAndId) {
  VerifierKey collision = test_vkey("example.com/foo", kEd25519, 2);
  collision.id = vkey_.id;
  EXPECT_EQ(verify_note(*parse_note(note_), std::vector{vkey_, collision}).error().code,
            Errc::kInvalidArgument);
  EXPECT_TRUE(verify_note(*parse_note(note_), std::vector{vkey_, vkey_}));
}

TEST_F(SignedNote, IsNotMadeOfTextThatCannotStandInIt) {
  EXPECT_FALSE(sign_note("no newline", "n", key_));
  EXPECT_FALSE(sign_note("", "n", key_));
  EXPECT_FALSE(sign_note("a\r\n", "n", key_));
  EXPECT_FALSE(sign_note("a\xff\n", "n", key_));
  EXPECT_FALSE(sign_note("a\n", "n n", key_));
  EXPECT_FALSE(sign_note("a\n", "", key_));
}

RC_GTEST_PROP(SignedNoteProperty, AnyByteChangedIsRefusedOrDoesNotVerify, ()) {
  const VerifierKey vkey = test_vkey("n", kEd25519, 1);
  std::string note = *sign_note("some text\nof two lines\n", "n", test_key(1));
  const auto place = *rc::gen::inRange<std::size_t>(0, note.size());
  note[place] = static_cast<char>(note[place] ^ *rc::gen::inRange(1, 256));
  const auto parsed = parse_note(note);
  // Not inside RC_ASSERT, which evaluates both sides of its expression.
  const bool accepted = parsed && verify_note(*parsed, std::span(&vkey, 1));
  RC_ASSERT(!accepted);
}

RC_GTEST_PROP(SignedNoteProperty, ReadingAndWritingAreInverse, ()) {
  const auto line = rc::gen::container<std::string>(rc::gen::inRange<char>(' ', '~'));
  std::string text;
  for (const std::string& one :
       *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(line)))
    text += one + "\n";
  Note note{text, {}};
  const auto count = *rc::gen::inRange(1, 10);
  for (int i = 0; i < count; ++i)
    note.signatures.push_back({"n" + std::to_string(i), *rc::gen::arbitrary<std::uint32_t>(),
                               *rc::gen::nonEmpty<std::string>()});
  RC_ASSERT(*parse_note(write_note(note)) == note);
}

}  // namespace
}  // namespace quarrymark::note
