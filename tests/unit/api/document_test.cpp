#include "api/document/document.h"

#include "api/document/make_document.h"
#include "api/document/signs.h"
#include "api/words/catalogue.h"
#include "ledger/base/text.h"
#include "ledger/json/reader.h"
#include "scanner/carrier/carrier.h"
#include "scanner/paper/pdf.h"
#include "scanner/paper/shapes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace quarrymark::document {
namespace {

using custody::Verdict;
using words::Language;
using words::Words;

const std::string kPassport = R"({"v":1,"items":[],"packets":[],"clear":null})";

custody::Finding finding(std::string code, std::optional<Verdict> verdict) {
  return {std::move(code), verdict, "the records lead to Works 2",
          "a factory in CN (name withheld)",
          json::Object{
              {"amount", 64}, {"criterion", "quarry"}, {"named", "Hill"}, {"recorded", "Dale"}}};
}

custody::Report report_of(std::optional<Verdict> verdict) {
  custody::Report report;
  report.verdict = verdict;
  report.contract = "K1";
  report.date = "2025-06-02";
  report.amount = 160;
  report.covered = 64;
  custody::CriterionLine line;
  line.criterion = "quarry";
  line.named = "Hill";
  line.supported = 96;
  line.contradicted = 64;
  report.criteria.push_back(line);
  report.quantity.push_back({"supported", 160, 150, 5, custody::Unit::kPiece, "160 of 150"});
  report.documents = "unchecked";
  custody::UnitLine unit;
  unit.item = "0123456789ABCDEFG";
  unit.aliases = {"C-1"};
  unit.amount = 160;
  unit.verdict = verdict;
  custody::ShareLine half;
  half.per_mille = 500;
  half.amount = 80;
  half.quarry = "Hill";
  half.stated_by = "a factory in CN (name withheld)";
  unit.shares = {half, custody::ShareLine{}};
  report.units = {unit};
  custody::StepLine step;
  step.type = "extract";
  step.by = "a factory in CN (name withheld)";
  step.role = "factory";
  step.country = "CN";
  step.at = "2025-02-03T08:00:00+01:00";
  step.date_known_by = "not witnessed";
  step.independence = "self";
  step.name_withheld = true;
  report.steps = {step};
  if (verdict && *verdict != Verdict::kMatch)
    report.findings.push_back(finding("origin_contradicted", verdict));
  report.findings.push_back(finding("late", std::nullopt));
  report.slack = {"10 more could come from elsewhere unseen"};
  report.does_not_show = "Everything else.";
  return report;
}

std::vector<std::optional<Verdict>> all_verdicts() {
  std::vector<std::optional<Verdict>> all(custody::kAllVerdicts.begin(),
                                          custody::kAllVerdicts.end());
  all.push_back(std::nullopt);
  return all;
}

Presentation presented(Language language) {
  return {language, "Voorbeeld Import", "LABEL.EXAMPLE", false};
}

std::string html(const custody::Report& report, Language language = Language::kEnglish) {
  return html_of(report, presented(language), kPassport).value();
}

TEST(Document, OpensWithTheVerdictAndSaysWhoStatesIt) {
  for (const Language language : words::kAllLanguages)
    for (const auto verdict : all_verdicts()) {
      const auto document = make_document(report_of(verdict), presented(language), kPassport);
      const Words& words = Words::of(language);
      EXPECT_EQ(document.banner.heading,
                words.text(cat("verdict.", words::verdict_key(verdict), ".heading")));
      EXPECT_EQ(document.banner.stated_by,
                words.text("document.stated_by", {{"presenter", "Voorbeeld Import"}}));
      EXPECT_FALSE(document.banner.sentence.empty());
      EXPECT_EQ(document.banner.sentence.find('{'), std::string::npos);
      EXPECT_EQ(document.banner.below.back().text.find('{'), std::string::npos);
      EXPECT_EQ(document.notice.front().text, words.text("document.not_a_check"));
      EXPECT_EQ(document.language, words::language_code(language));
    }
}

TEST(Document, SaysWhatItDoesNotShowInEveryLanguage) {
  for (const Language language : words::kAllLanguages) {
    const std::string text = html(report_of(Verdict::kMatch), language);
    EXPECT_NE(text.find(Words::of(language).text("document.limits")), std::string::npos);
    EXPECT_NE(text.find(Words::of(language).text("limits.text")), std::string::npos);
  }
}

TEST(Document, SaysItsSentenceWithAmountsAndNames) {
  const auto sentence = [](std::optional<Verdict> verdict, Language language) {
    return make_document(report_of(verdict), presented(language), kPassport).banner.sentence;
  };
  EXPECT_EQ(sentence(Verdict::kMismatch, Language::kEnglish),
            "The contract names quarry Hill; the records lead to Dale, for 64 of 160 pieces.");
  EXPECT_EQ(sentence(Verdict::kPartial, Language::kDutch),
            "De gegevens ondersteunen groeve Hill voor 96 van 160 stuks.");
  EXPECT_EQ(sentence(std::nullopt, Language::kEnglish),
            "Recorded origin of 160 pieces: Hill, stated by factory in CN (name withheld) and an "
            "unknown origin.");
}

TEST(Document, WordsAPartyWhoseNameIsWithheldInItsLanguage) {
  const std::string text = html(report_of(Verdict::kGap), Language::kDutch);
  EXPECT_NE(text.find("fabriek in CN (naam niet getoond)"), std::string::npos);
  EXPECT_EQ(text.find("name withheld"), std::string::npos);
}

TEST(Document, MarksWhatIsEnglishInAnotherLanguage) {
  EXPECT_NE(html(report_of(Verdict::kGap), Language::kHindi)
                .find("lang=\"en\">the records lead to Works 2<"),
            std::string::npos);
  EXPECT_EQ(html(report_of(Verdict::kGap)).find(" lang=\"en\">the records"), std::string::npos);
}

TEST(Document, CarriesThePassportByteForByte) {
  EXPECT_EQ(carrier::take_out(html(report_of(Verdict::kMatch))).value(), kPassport);
  const std::string pdf =
      pdf_of(report_of(Verdict::kMatch), presented(Language::kChinese), kPassport).value();
  EXPECT_EQ(carrier::take_out(pdf).value(), kPassport);
}

TEST(Document, IsTheSameTwice) {
  for (const Language language : words::kAllLanguages) {
    const auto report = report_of(Verdict::kMixed);
    EXPECT_EQ(html(report, language), html(report, language));
    EXPECT_EQ(pdf_of(report, presented(language), kPassport).value(),
              pdf_of(report, presented(language), kPassport).value());
  }
}

TEST(Document, EscapesNamesFromAnybodysFile) {
  custody::Report report = report_of(Verdict::kMatch);
  const std::string evil = "</p><script>x</script>\x01\n\"";
  report.contract = report.criteria[0].named = report.units[0].aliases[0] = evil;
  report.units[0].shares[0].quarry = report.steps[0].by = report.findings[0].sentence = evil;
  Presentation presentation = presented(Language::kEnglish);
  presentation.presenter = evil;
  const std::string text = html_of(report, presentation, kPassport).value();
  EXPECT_EQ(text.find("<script>"), std::string::npos);
  EXPECT_EQ(text.find('\x01'), std::string::npos);
  EXPECT_EQ(carrier::take_out(text).value(), kPassport);
  EXPECT_TRUE(pdf_of(report, presentation, kPassport));
}

TEST(Document, EndsTextsAndTablesThatNeverEnd) {
  custody::Report report = report_of(Verdict::kMatch);
  report.units.assign(kMaxItemRows + 5, report.units.front());
  report.criteria[0].named = std::string(100'000, 'x');
  const std::string text = html(report);
  EXPECT_NE(text.find("and 5 more"), std::string::npos);
  EXPECT_EQ(text.find(std::string(10'000, 'x')), std::string::npos);
}

TEST(Document, PrintsCodesOfItemsThatHaveALabel) {
  custody::Report report = report_of(Verdict::kMatch);
  EXPECT_EQ(html(report).find("class=\"codes\""), std::string::npos);
  report.units[0].serial = "not a serial";
  EXPECT_EQ(html(report).find("class=\"codes\""), std::string::npos);
}

// --- signs

std::string name_of(paper::Shape shape) {
  constexpr const char* names[] = {
      "none",        "broken_seal",  "cross_octagon",      "overlapping_squares", "scale",
      "broken_line", "split_circle", "half_filled_circle", "question_square",     "outline_circle",
      "tick_circle"};
  return names[static_cast<std::size_t>(shape)];
}

TEST(Signs, AreThoseOfTheListOfVerdicts) {
  std::ifstream file(std::string(QUARRYMARK_SCHEMAS_DIR) + "/verdicts.json");
  std::ostringstream text;
  text << file.rdbuf();
  const json::Value list = json::parse_input(text.str()).value();
  const json::Array& verdicts = *list.find("verdicts")->if_array();
  ASSERT_EQ(verdicts.size(), custody::kAllVerdicts.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const paper::Sign sign = sign_of(custody::kAllVerdicts[i]);
    std::string colour(paper::colour_name(sign.colour));
    std::replace(colour.begin(), colour.end(), '-', '_');
    EXPECT_EQ(*verdicts[i].find("shape")->if_string(), name_of(sign.shape));
    EXPECT_EQ(*verdicts[i].find("colour")->if_string(), colour);
  }
}

// --- every word there is can be printed

TEST(Words, AreAllShapedWithoutAnUnknownGlyph) {
  for (const Language language : words::kAllLanguages) {
    std::ifstream file(
        cat(QUARRYMARK_SCHEMAS_DIR, "/words/", words::language_code(language), ".json"));
    std::ostringstream text;
    text << file.rdbuf();
    const auto catalogue = words::parse_catalogue(text.str()).value();
    paper::Lines lines;
    for (const auto& [key, words] : catalogue.texts)
      lines.push_back({words, paper::Weight::kPlain, {}, {}});
    for (const std::string& month : catalogue.months)
      lines.push_back({month, paper::Weight::kStrong, {}, {}});
    paper::Document document;
    document.language = words::language_code(language);
    document.title = "words";
    document.date = "2025-06-02";
    document.sections = {{"words", {lines}}};
    const auto pdf = paper::to_pdf(document);
    EXPECT_TRUE(pdf) << words::language_code(language) << ": " << (pdf ? "" : pdf.error().message);
  }
}

}  // namespace
}  // namespace quarrymark::document
