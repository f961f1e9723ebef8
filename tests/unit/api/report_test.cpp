#include "api/report_json.h"
#include "api/report_text.h"
#include "api/standing.h"

#include <gtest/gtest.h>

namespace quarrymark::api {
namespace {

using custody::Standing;

custody::Report partial_report() {
  custody::Report report;
  report.verdict = custody::Verdict::kPartial;
  report.sentence = "96 of 160 pieces.";
  report.amount = 160;
  report.covered = 64;
  report.amount_text = "160 pieces";
  report.covered_text = "64 pieces";
  custody::CriterionLine factory;
  factory.criterion = "factory";
  factory.named = "Works 1";
  factory.supported = 96;
  factory.contradicted = 64;
  report.criteria.push_back(factory);
  custody::UnitLine unit;
  unit.item = "X";
  unit.findings.push_back({"factory_contradicted",
                           custody::Verdict::kPartial,
                           "the records lead to Works 2",
                           "Works 2",
                           {}});
  report.units = {unit, unit};
  report.does_not_show = "Everything else.";
  return report;
}

TEST(Standing, IsTheWorstThatHoldsForAnyAmount) {
  custody::CriterionLine line;
  EXPECT_EQ(worst_standing(line), Standing::kUnknown);
  line.supported = 5;
  EXPECT_EQ(worst_standing(line), Standing::kSupported);
  line.declared = 1;
  EXPECT_EQ(worst_standing(line), Standing::kDeclared);
  line.unchecked = 1;
  EXPECT_EQ(worst_standing(line), Standing::kUnchecked);
  line.unknown = 1;
  EXPECT_EQ(worst_standing(line), Standing::kUnknown);
  line.contradicted = 1;
  EXPECT_EQ(worst_standing(line), Standing::kContradicted);
}

TEST(ReportJson, HasNullWhereNothingIsKnown) {
  custody::Report report = partial_report();
  report.units.front().shares.emplace_back();
  const json::Value value = report_json(report);
  EXPECT_TRUE(value.find("contract")->is_null());
  EXPECT_TRUE(value.find("custody_model")->is_null());
  const json::Value& unit = value.find("units")->if_array()->front();
  EXPECT_TRUE(unit.find("verdict")->is_null());
  EXPECT_TRUE(unit.find("shares")->if_array()->front().find("quarry")->is_null());
}

TEST(ReportJson, HasANullVerdictWithoutAFinding) {
  EXPECT_TRUE(report_json(custody::Report{}).find("verdict")->is_null());
}

TEST(ReportText, BeginsWithTheSentenceAndEndsWithTheLimits) {
  const std::string text = report_text(partial_report());
  EXPECT_TRUE(text.starts_with("Partly supported: 96 of 160 pieces.\n"));
  EXPECT_TRUE(text.ends_with("What this does not show: Everything else.\n"));
}

TEST(ReportText, SaysAFindingOfSeveralUnitsOnce) {
  const std::string text = report_text(partial_report());
  const std::string line = "the records lead to Works 2; ask: Works 2 (2 units)";
  const std::size_t first = text.find(line);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(text.find("the records lead to", first + 1), std::string::npos);
}

TEST(ReportText, HasNoColourUnlessAsked) {
  EXPECT_EQ(report_text(partial_report()).find('\x1b'), std::string::npos);
  EXPECT_NE(report_text(partial_report(), {.colour = true}).find('\x1b'), std::string::npos);
}

TEST(ReportText, NeverPromisesWhatRecordsCannot) {
  for (const custody::Verdict verdict : custody::kAllVerdicts) {
    custody::Report report = partial_report();
    report.verdict = verdict;
    const std::string text = report_text(report);
    for (const char* word : {"guaranteed", "risk-free", "certified", "authentic", "100 %"})
      EXPECT_EQ(text.find(word), std::string::npos) << word;
  }
}

}  // namespace
}  // namespace quarrymark::api
