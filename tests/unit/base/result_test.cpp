#include "ledger/base/result.h"

#include <gtest/gtest.h>

#include <set>

namespace quarrymark {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(Errc::kInvalidArgument, "expected an even number", "number");
  return number / 2;
}

Result<int> quarter(int number) {
  QM_TRY(const int once, half(number));
  return half(once);
}

Status check(int number) {
  QM_TRY_VOID(quarter(number));
  return {};
}

TEST(Result, HandsValuesAndErrorsOn) {
  EXPECT_EQ(*quarter(8), 2);
  EXPECT_EQ(quarter(6).error().message, "expected an even number");
  EXPECT_TRUE(check(8));
  EXPECT_EQ(check(7).error().code, Errc::kInvalidArgument);
}

TEST(Result, PlacesNestFromTheOutsideIn) {
  const auto outer = fail_at("line 3", fail_at("outputs[0]", half(1).error()).value());
  EXPECT_EQ(outer.value().field, "line 3.outputs[0].number");
  EXPECT_EQ(to_string(fail_at("sites", Error{Errc::kMalformed, "m", "[2]"}).value()),
            "sites[2]: m");
}

TEST(Result, EveryCodeHasItsOwnName) {
  std::set<std::string_view> names;
  for (int code = 0; code <= static_cast<int>(Errc::kInternal); ++code)
    EXPECT_TRUE(names.insert(errc_name(static_cast<Errc>(code))).second) << code;
}

TEST(CheckDeathTest, ABugStopsTheProgramInReleaseToo) {
  EXPECT_DEATH(QM_CHECK(1 + 1 == 3, "arithmetic"), "internal error.*arithmetic");
}

}  // namespace
}  // namespace quarrymark
