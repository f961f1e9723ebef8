#include "ledger/passport/sealed.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/crypto/hpke.h"
#include "ledger/passport/completing.h"
#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

namespace quarrymark::passport {
namespace {

using crypto::ReadingKey;
using support::StoneChain;

const ReadingKey& reader() {
  static const ReadingKey key = *ReadingKey::from_bytes(as_bytes(std::string(32, '\x42')));
  return key;
}

// The full passport, a copy without the factory's name, and what the copy lacks.
struct Story {
  StoneChain chain;
  Passport full = chain.passport();
  Passport copy =
      withhold(full, {.fields = {}, .parties = {{std::string(support::kFactoryName), {}}}})
          ->passport;
  std::vector<SealedDisclosure> lacking = *withheld_from(full, copy);
};

// A letter that holds any text.
Letter sealed_text(std::string_view plaintext, std::string_view info = "quarrymark/sealed/v1") {
  auto sender = crypto::HpkeSender::make(reader().public_key(), info, crypto::HpkeAead::kAes256Gcm);
  return {reader().public_key(), sender->enc, *sender->context.seal({}, plaintext)};
}

TEST(Letter, OpensToWhatWasSealedInOrder) {
  const Story story;
  ASSERT_EQ(story.lacking.size(), 5u);
  std::vector<SealedDisclosure> shuffled(story.lacking.rbegin(), story.lacking.rend());
  shuffled.push_back(shuffled.front());
  const auto letter = seal_letter(shuffled, reader().public_key());
  ASSERT_TRUE(letter) << to_string(letter.error());
  const auto opened = open_letter(*letter, reader());
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(*opened, story.lacking);
  EXPECT_TRUE(std::is_sorted(opened->begin(), opened->end()));
}

TEST(Letter, HasOneSpelling) {
  const Story story;
  const Letter letter = *seal_letter(story.lacking, reader().public_key());
  const std::string bytes = write_letter(letter);
  EXPECT_TRUE(bytes.starts_with("{\"v\":1,\"to\":\""));
  EXPECT_EQ(*parse_letter(bytes), letter);
  EXPECT_EQ(bytes.find("party"), std::string::npos);
  EXPECT_EQ(write_letter(*parse_letter(bytes)), bytes);
}

TEST(Letter, OfAnotherSpellingIsRefused) {
  const Story story;
  const std::string good = write_letter(*seal_letter(story.lacking, reader().public_key()));
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    return text;
  };
  for (const std::string& bad :
       {std::string(), std::string("{}"), good + "\n", " " + good, with("\"v\":1", "\"v\":2"),
        with("\"v\":1,", ""), with("{", "{ "), with("\"to\":", "\"enc\":"),
        with("\"enc\":\"", "\"enc\":\"A"), with("\"ct\":\"", "\"ct\":\"="),
        with("\"ct\":\"", "\"ct\":\"+"), with("}", ",\"from\":\"x\"}"), good.substr(0, 60),
        with("\"v\":1", "\"v\":1.0"), std::string("[1]"), std::string("null")})
    EXPECT_EQ(parse_letter(bad).error().code, Errc::kMalformed) << bad.substr(0, 80);
  EXPECT_EQ(parse_letter(std::string(kMaxLetterBytes + 1, ' ')).error().code, Errc::kTooLarge);
}

TEST(Letter, DoesNotOpenWithAnotherKeyOrWhenAltered) {
  const Story story;
  const Letter letter = *seal_letter(story.lacking, reader().public_key());
  const auto other = ReadingKey::generate();
  EXPECT_EQ(open_letter(letter, *other).error().code, Errc::kUnauthorized);
  Letter altered = letter;
  altered.to = other->public_key();  // addressed anew: the seal does not follow
  EXPECT_EQ(open_letter(altered, *other).error().code, Errc::kUnauthorized);
  for (std::size_t i = 0; i < letter.ct.size(); i += 7) {
    altered = letter;
    altered.ct[i] = static_cast<char>(altered.ct[i] ^ 0x20);
    EXPECT_EQ(open_letter(altered, reader()).error().code, Errc::kUnauthorized);
  }
  altered = letter;
  altered.enc[0] ^= 1;
  EXPECT_FALSE(open_letter(altered, reader()));
  altered.enc = {};
  EXPECT_EQ(open_letter(altered, reader()).error().field.substr(0, 3), "enc");
  EXPECT_FALSE(open_letter(sealed_text("[[\"x\",\"y\"]]", "quarrymark/sealed/v2"), reader()));
}

TEST(Letter, WithAnythingButAscendingPairsInsideIsRefused) {
  const Story story;
  const std::string id = story.lacking[0].event.text(), low = std::string(42, '-') + "A";
  const auto pair = [](const std::string& event, const std::string& text) {
    return cat("[\"", event, "\",\"", text, "\"]");
  };
  ASSERT_TRUE(
      open_letter(sealed_text(cat("[", pair(low, "AA"), ",", pair(id, "AA"), "]")), reader()));
  for (const std::string& inside :
       {std::string(), std::string("[]"), std::string("{}"), std::string("[1]"),
        std::string("[[]]"), cat("[", pair("short", "AA"), "]"), cat("[[\"", id, "\"]]"),
        cat("[[\"", id, "\",\"AA\",\"AA\"]]"), cat("[[\"", id, "\",1]]"),
        cat("[", pair(id, "AA"), ",", pair(id, "AA"), "]"),
        cat("[", pair(id, "AB"), ",", pair(id, "AA"), "]"),
        cat("[", pair(id, "AA"), ",", pair(low, "AA"), "]"), cat("[", pair(id, "AA"), ",]"),
        cat("[ ", pair(id, "AA"), "]")}) {
    const auto opened = open_letter(sealed_text(inside), reader());
    ASSERT_FALSE(opened) << inside;
    EXPECT_EQ(opened.error().code, Errc::kMalformed) << inside;
    EXPECT_TRUE(opened.error().field.starts_with("ct")) << inside;
  }
}

TEST(Letter, WithNothingInItIsNotMade) {
  EXPECT_EQ(seal_letter({}, reader().public_key()).error().code, Errc::kInvalidArgument);
  const Story story;
  EXPECT_EQ(seal_letter(story.lacking, crypto::ReaderKey{}).error().code, Errc::kMalformed);
}

TEST(ReaderKeyText, IsReadBackAndMisspellingsAreNoticed) {
  const std::string text = reader_key_text(reader().public_key());
  EXPECT_TRUE(text.starts_with("quarrymark-reader+"));
  EXPECT_EQ(*parse_reader_key(text), reader().public_key());
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string altered = text;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(parse_reader_key(altered)) << i;
    EXPECT_FALSE(parse_reader_key(text.substr(0, i)));
  }
  EXPECT_FALSE(parse_reader_key(text + "A"));
  EXPECT_FALSE(parse_reader_key(" " + text));
}

TEST(Completing, GivesTheFullPassportBack) {
  const Story story;
  ASSERT_NE(story.copy, story.full);
  const auto completed = complete(story.copy, story.lacking);
  ASSERT_TRUE(completed) << to_string(completed.error());
  EXPECT_EQ(completed->passport, story.full);
  EXPECT_EQ(completed->added, 5u);
  EXPECT_EQ(completed->known, 0u);
  const auto again = complete(completed->passport, story.lacking);
  EXPECT_EQ(again->passport, story.full);
  EXPECT_EQ(again->added, 0u);
  EXPECT_EQ(again->known, 5u);
}

TEST(Completing, PutsEveryKindOfDisclosureInItsPlace) {
  const StoneChain chain;
  const Passport full = chain.passport();
  WithholdRequest everything;
  for (const char* field : {"party", "site", "stone", "transport", "remarks", "member", "enrol",
                            "device", "to", "out.0"})
    everything.fields.emplace_back(field);
  const auto withheld = withhold(full, everything);
  ASSERT_TRUE(withheld) << to_string(withheld.error());
  const auto disclosures = disclosures_of(withheld->dropped);
  EXPECT_EQ(complete(withheld->passport, disclosures)->passport, full);
  // One at a time, in any order, gives the same.
  Passport step = withheld->passport;
  for (auto one = disclosures.rbegin(); one != disclosures.rend(); ++one)
    step = complete(step, {*one})->passport;
  EXPECT_EQ(step, full);
}

TEST(Completing, GoesToEveryPacketThatShowsTheHead) {
  const Story story;
  Passport twice = story.copy;
  twice.packets.push_back(story.chain.factory.packet({0}, 2));
  twice.packets.back().disclosures[0].resize(1);
  const auto completed = complete(twice, story.lacking);
  ASSERT_TRUE(completed) << to_string(completed.error());
  EXPECT_EQ(completed->added, 5u);
  EXPECT_EQ(completed->passport.packets.back().disclosures[0].size(), 2u);
  EXPECT_EQ(described(check(completed->passport, story.chain.trust())), "");
}

class NotBound : public ::testing::Test {
 protected:
  void expect_refused(const std::vector<SealedDisclosure>& disclosures, std::string_view word,
                      Errc code = Errc::kRefused) {
    const auto refused = complete(story_.copy, disclosures);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, code);
    EXPECT_NE(to_string(refused.error()).find(word), std::string::npos)
        << to_string(refused.error());
  }
  Story story_;
};

TEST_F(NotBound, AnotherValueOfTheFieldIsRefusedByName) {
  const std::string forged =
      entry::make_disclosure("party", json::Object{{"name", "Somebody Else"}}).text;
  expect_refused({{story_.chain.saw.id, forged}}, "\"party\"");
}

TEST_F(NotBound, AFieldOfAnotherEventIsRefused) {
  expect_refused({{story_.chain.saw.id, story_.chain.pack.disclosure("party")}}, "\"party\"");
  expect_refused({{story_.chain.to_buyer.id, story_.chain.receive.disclosure("remarks")}},
                 "\"remarks\"");
}

TEST_F(NotBound, AFieldTheHeadDoesNotListIsRefused) {
  const std::string extra = entry::make_disclosure("waste", json::Object{{"mass", 1}}).text;
  expect_refused({{story_.chain.saw.id, extra}}, "\"waste\"");
}

TEST_F(NotBound, AnEventThatIsNotInThePassportIsRefused) {
  support::TestLog other(77);
  const auto event = other.append({.type = "attest", .fields = {{"kind", "confirm"}}});
  expect_refused({{event.id, event.disclosure("kind")}}, event.id.text());
}

TEST_F(NotBound, AHeadIsRefused) {
  expect_refused({{story_.chain.saw.id, story_.chain.saw.disclosures[0]}}, "head");
}

TEST_F(NotBound, AnotherDevicesSignatureIsRefused) {
  expect_refused({{story_.chain.saw.id, story_.chain.extract.disclosure("device")}}, "device");
}

TEST_F(NotBound, WhatIsNoDisclosureIsRefused) {
  expect_refused({{story_.chain.saw.id, "!"}}, "[0]", Errc::kMalformed);
  expect_refused({{story_.chain.saw.id, ""}}, "[0]", Errc::kMalformed);
}

TEST_F(NotBound, OneBadDisclosureLeavesThePassportAsItWas) {
  auto disclosures = story_.lacking;
  disclosures.push_back({story_.chain.saw.id, story_.chain.pack.disclosure("party")});
  const Passport before = story_.copy;
  EXPECT_FALSE(complete(story_.copy, disclosures));
  EXPECT_EQ(story_.copy, before);
}

std::string example(const std::string& name) {
  std::ifstream file(QUARRYMARK_SOURCE_DIR "/schemas/examples/sealed/" + name, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  EXPECT_FALSE(text.str().empty()) << name;
  return text.str();
}

// Made by another program from the text of docs/sealed.md; the second verifier tests it as well.
TEST(SealedExample, OpensToTheFullPassport) {
  const auto key = ReadingKey::load(QUARRYMARK_SOURCE_DIR "/schemas/examples/sealed/reader.pem");
  ASSERT_TRUE(key) << to_string(key.error());
  EXPECT_EQ(example("reader.key.txt"), reader_key_text(key->public_key()) + "\n");
  const auto letter = parse_letter(example("letter.json"));
  ASSERT_TRUE(letter) << to_string(letter.error());
  const auto opened = open_letter(*letter, *key);
  ASSERT_TRUE(opened) << to_string(opened.error());
  EXPECT_EQ(opened->size(), 6u);
  const auto completed = complete(*parse_passport(example("shown.json")), *opened);
  ASSERT_TRUE(completed) << to_string(completed.error());
  EXPECT_EQ(write_passport(completed->passport), example("delivery.json"));
}

// The same bytes when this program seals with the same ephemeral key.
TEST(SealedExample, IsWhatThisProgramWouldHaveWritten) {
  const Hash ephemeral = crypto::sha256("quarrymark example ephemeral");
  const auto lacking = withheld_from(*parse_passport(example("delivery.json")),
                                     *parse_passport(example("shown.json")));
  ASSERT_TRUE(lacking) << to_string(lacking.error());
  std::string text = example("reader.key.txt");
  text.pop_back();
  const auto letter =
      seal_letter(*lacking, *parse_reader_key(text), *ReadingKey::from_bytes(ephemeral));
  ASSERT_TRUE(letter) << to_string(letter.error());
  EXPECT_EQ(write_letter(*letter), example("letter.json"));
}

TEST(WithheldFrom, IsNothingBetweenEqualPassports) {
  const Story story;
  EXPECT_TRUE(withheld_from(story.full, story.full)->empty());
  EXPECT_TRUE(withheld_from(story.copy, story.full)->empty());
}

TEST(WithheldFrom, LeavesOutEventsThatTheCopyDoesNotShow) {
  const Story story;
  Passport shorter = story.copy;
  shorter.packets.pop_back();  // the factory's
  const auto lacking = withheld_from(story.full, shorter);
  ASSERT_EQ(lacking->size(), 1u);  // the factory's admission
  EXPECT_EQ((*lacking)[0].event, story.chain.admit_factory.id);
}

}  // namespace
}  // namespace quarrymark::passport
