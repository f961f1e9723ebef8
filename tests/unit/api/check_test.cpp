#include "api/check.h"

#include <gtest/gtest.h>

namespace quarrymark::api {
namespace {

constexpr const char* kNobody =
    R"({"v":1,"registrars":[],"monitors":[],"verifiers":[],"pinned":[],"policy":""})";

CheckRequest request() {
  CheckRequest made;
  made.trust = {"trust.json", kNobody};
  made.passports.push_back({"delivery.json", "{"});
  made.contract =
      NamedBytes{"K1.json", R"({"id":"K1","criteria":{},"lines":[{"amount":1,"unit":"piece"}]})"};
  return made;
}

std::string field_of(const CheckRequest& wrong) {
  const auto outcome = run_check(wrong);
  return outcome ? std::string("no error") : outcome.error().field;
}

TEST(RunCheck, TakesAPassportThatCannotBeReadForInvalid) {
  const auto report = run_check(request());
  ASSERT_TRUE(report);
  EXPECT_EQ(report->verdict, custody::Verdict::kInvalid);
  ASSERT_FALSE(report->findings.empty());
  EXPECT_EQ(report->findings.front().code, "malformed");
}

TEST(RunCheck, NamesTheReadersOwnFileThatIsWrong) {
  CheckRequest wrong = request();
  wrong.trust.bytes = "[]";
  EXPECT_TRUE(field_of(wrong).starts_with("trust.json"));
  wrong = request();
  wrong.contract->bytes = R"({"id":"K1"})";
  EXPECT_TRUE(field_of(wrong).starts_with("K1.json"));
  wrong = request();
  wrong.scans = NamedBytes{"scans.json", "[1]"};
  EXPECT_TRUE(field_of(wrong).starts_with("scans.json"));
  wrong = request();
  wrong.sightings = NamedBytes{"sightings.json", "[{}]"};
  EXPECT_TRUE(field_of(wrong).starts_with("sightings.json"));
}

}  // namespace
}  // namespace quarrymark::api
