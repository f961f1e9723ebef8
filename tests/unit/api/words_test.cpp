#include "api/words/words.h"

#include "api/words/catalogue.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace quarrymark::words {
namespace {

using custody::Unit;

std::string catalogue_text(std::string_view code) {
  std::ifstream file(cat(QUARRYMARK_SCHEMAS_DIR, "/words/", code, ".json"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(Words, AreThoseOfTheFilesByteForByte) {
  for (const Language language : kAllLanguages) {
    const auto catalogue = parse_catalogue(catalogue_text(language_code(language)));
    ASSERT_TRUE(catalogue) << language_code(language);
    EXPECT_GT(catalogue->texts.size(), 250u);
    for (const auto& [key, text] : catalogue->texts)
      EXPECT_EQ(Words::of(language).view(key), text) << key;
  }
}

TEST(Words, KnowTheirLanguages) {
  for (const Language language : kAllLanguages) {
    EXPECT_EQ(Words::of(language).code(), language_code(language));
    EXPECT_EQ(language_from(language_code(language)), language);
  }
  for (const char* none : {"", "EN", "de", "en-GB", "zh-Hans"}) EXPECT_FALSE(language_from(none));
}

TEST(Words, HaveEveryVerdictInEveryLanguage) {
  for (const Language language : kAllLanguages)
    for (const custody::Verdict verdict : custody::kAllVerdicts)
      for (const char* part : {"heading", "meaning", "sentence", "next"})
        EXPECT_TRUE(Words::of(language).has(cat("verdict.", verdict_key(verdict), ".", part)));
  EXPECT_EQ(verdict_key(std::nullopt), "none");
}

TEST(Words, NeverLookForPlacesInWhatIsPutIn) {
  const Words& words = Words::of(Language::kEnglish);
  EXPECT_EQ(words.text("phrase.named", {{"criterion", "{name}"}, {"name", "{criterion}{x}"}}),
            "{name} {criterion}{x}");
}

TEST(WordsDeathTest, StopAtAKeyOrPlaceThatIsNotThere) {
  const Words& words = Words::of(Language::kEnglish);
  EXPECT_DEATH(words.text("phrase.nowhere"), "each key");
  EXPECT_DEATH(words.text("phrase.block"), "each place");
  EXPECT_FALSE(words.has("phrase.nowhere"));
}

TEST(Words, TakeTheFormOfTheNumber) {
  const auto pieces = [](Language language, std::int64_t n) {
    return Words::of(language).amount(n, Unit::kPiece);
  };
  EXPECT_EQ(pieces(Language::kEnglish, 1), "1 piece");
  EXPECT_EQ(pieces(Language::kEnglish, 0), "0 pieces");
  EXPECT_EQ(pieces(Language::kDutch, 1), "1 stuk");
  EXPECT_EQ(pieces(Language::kDutch, 2), "2 stuks");
  EXPECT_EQ(pieces(Language::kChinese, 1), "1件");
  EXPECT_EQ(pieces(Language::kTelugu, 2), "2 ముక్కలు");
  EXPECT_EQ(Words::of(Language::kHindi).counted("phrase.units", 0), "0 इकाई");
}

TEST(Words, GroupDigitsAsTheirLanguageDoes) {
  const auto number = [](Language language, std::int64_t n) {
    return Words::of(language).number(n);
  };
  EXPECT_EQ(number(Language::kEnglish, 999), "999");
  EXPECT_EQ(number(Language::kEnglish, 1000), "1,000");
  EXPECT_EQ(number(Language::kEnglish, -1234567), "-1,234,567");
  EXPECT_EQ(number(Language::kDutch, 1234567), "1.234.567");
  EXPECT_EQ(number(Language::kHindi, 1234567), "12,34,567");
  EXPECT_EQ(number(Language::kTelugu, 100000), "1,00,000");
}

// The same amount must not read one way in the terminal and another on paper.
TEST(Words, SayAmountsInEnglishAsReportsDo) {
  const Words& words = Words::of(Language::kEnglish);
  for (const Unit unit : {Unit::kGram, Unit::kMillimetre, Unit::kSquareMillimetre,
                          Unit::kCubicMillimetre, Unit::kPiece})
    for (const std::int64_t amount :
         {std::int64_t{0}, std::int64_t{1}, std::int64_t{4999}, std::int64_t{5000},
          std::int64_t{9'994'999}, std::int64_t{9'995'000}, std::int64_t{63'360'000},
          std::int64_t{999'999'999}, std::int64_t{25'960'000}, std::int64_t{123'456'789'012}}) {
      std::string without_groups = words.amount(amount, unit);
      std::erase(without_groups, ',');
      EXPECT_EQ(without_groups, custody::amount_text(amount, unit)) << amount;
    }
  EXPECT_EQ(Words::of(Language::kDutch).amount(63'360'000, Unit::kSquareMillimetre), "63,36 m²");
}

TEST(Words, WriteDatesAndLeaveOtherTextAlone) {
  EXPECT_EQ(Words::of(Language::kEnglish).date("2026-03-02T09:14:03+01:00"), "2 March 2026");
  EXPECT_EQ(Words::of(Language::kDutch).date("2026-12-31"), "31 december 2026");
  EXPECT_EQ(Words::of(Language::kChinese).date("2026-03-02"), "2026年3月2日");
  for (const char* none : {"", "today", "2026-13-01", "2026-00-01", "2026/03/02", "20x6-03-02"})
    EXPECT_EQ(Words::of(Language::kEnglish).date(none), none);
}

TEST(Words, JoinListsAndPercentages) {
  const Words& words = Words::of(Language::kEnglish);
  EXPECT_EQ(words.list({}), "");
  EXPECT_EQ(words.list({"a"}), "a");
  EXPECT_EQ(words.list({"a", "b", "c"}), "a, b and c");
  EXPECT_EQ(Words::of(Language::kChinese).list({"a", "b", "c"}), "a、b和c");
  EXPECT_EQ(words.percent(750), "75 %");
  EXPECT_EQ(Words::of(Language::kDutch).percent(333), "33,3 %");
}

TEST(Catalogue, RefusesWhatIsNoFileOfWords) {
  for (const char* text :
       {"", "{", "[]", "{}", R"({"one":[1]})", R"({"one":1,"number":{"groups":[3]}})",
        R"({"one":[],"number":{"groups":[0]},"date":{"months":[1,2,3,4,5,6,7,8,9,10,11,12]}})",
        R"({"one":[],"number":{"groups":[3]},"date":{"months":["x"]}})"})
    EXPECT_FALSE(parse_catalogue(text)) << text;
}

}  // namespace
}  // namespace quarrymark::words
