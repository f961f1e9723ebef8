#include "api/exit_codes.h"

#include "ledger/json/reader.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <utility>
#include <vector>

namespace quarrymark::api {
namespace {

json::Value verdict_list() {
  std::ifstream file(std::string(QUARRYMARK_SCHEMAS_DIR) + "/verdicts.json");
  std::ostringstream text;
  text << file.rdbuf();
  auto value = json::parse_input(text.str());
  return value ? *value : json::Value();
}

TEST(ExitCodes, AgreeWithTheListOfVerdicts) {
  const json::Value list = verdict_list();
  ASSERT_NE(list.find("verdicts"), nullptr);
  const json::Array& verdicts = *list.find("verdicts")->if_array();
  ASSERT_EQ(verdicts.size(), custody::kAllVerdicts.size());
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const custody::Verdict verdict = custody::kAllVerdicts[i];
    EXPECT_EQ(*verdicts[i].find("value")->if_string(), custody::verdict_name(verdict));
    EXPECT_EQ(*verdicts[i].find("exit_code")->if_integer(), exit_code(verdict));
  }
}

TEST(ExitCodes, AreThoseOfTheDesign) {
  using custody::Verdict;
  for (const auto& [verdict, code] :
       std::vector<std::pair<Verdict, int>>{{Verdict::kMatch, 0},
                                            {Verdict::kInvalid, 3},
                                            {Verdict::kMismatch, 3},
                                            {Verdict::kDuplicate, 3},
                                            {Verdict::kOverYield, 3},
                                            {Verdict::kGap, 4},
                                            {Verdict::kMixed, 4},
                                            {Verdict::kPartial, 4},
                                            {Verdict::kDeclared, 4},
                                            {Verdict::kNotVerifiable, 5}})
    EXPECT_EQ(exit_code(verdict), code) << custody::verdict_name(verdict);
}

TEST(ExitCodes, AreZeroWithoutAVerdict) {
  EXPECT_EQ(*verdict_list().find("no_verdict_exit_code")->if_integer(), exit_code(std::nullopt));
}

TEST(ExitCodes, AreNeverSuccessForAnError) {
  EXPECT_EQ(exit_code(Errc::kRefused), kExitFailure);
  EXPECT_EQ(exit_code(Errc::kInternal), kExitFailure);
}

}  // namespace
}  // namespace quarrymark::api
