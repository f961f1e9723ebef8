#include "ledger/base/text.h"

#include <gtest/gtest.h>

namespace quarrymark {
namespace {

TEST(Names, CompareAfterComposingAndTrimming) {
  EXPECT_TRUE(same_name("Soignies", "  Soignies\t"));
  EXPECT_TRUE(
      same_name("Voorbe\xcc\x88"
                "eld",
                "Voorb\xc3\xab"
                "eld"));                                 // e + diaeresis, ë
  EXPECT_TRUE(same_name("\xc2\xa0X\xe3\x80\x80", "X"));  // no-break and ideographic space
}

TEST(Names, CompareExactlyOtherwise) {
  EXPECT_FALSE(same_name("soignies", "Soignies"));
  EXPECT_FALSE(same_name("BUD-02", "BUD-2"));
  EXPECT_FALSE(same_name("A  B", "A B"));
  EXPECT_FALSE(same_name("ﬁ", "fi"));  // compatibility forms stay apart when names are compared
}

TEST(Names, AreSearchedWithoutCaseSpacingAndCompatibilityForms) {
  EXPECT_EQ(searchable_name("Example  XIAMEN\nTrading"), "example xiamen trading");
  EXPECT_EQ(searchable_name("ﬁrm"), searchable_name("FIRM"));
  EXPECT_EQ(searchable_name("Ｆ１"), "f1");
}

TEST(Text, NotUtf8IsLeftAlone) {
  const std::string bad =
      "a\xff"
      "b";
  EXPECT_FALSE(is_valid_utf8(bad));
  EXPECT_EQ(comparable_name(bad), bad);
  EXPECT_FALSE(is_valid_utf8("\xed\xa0\x80"));  // a lone surrogate
  EXPECT_FALSE(is_valid_utf8("\xc0\xaf"));      // an overlong slash
  EXPECT_TRUE(is_valid_utf8("石材 पत्थर"));
}

TEST(Text, ForeignTextInMessagesIsShortAndVisible) {
  EXPECT_EQ(quoted_for_message("a\nb\x1b[31m"), "\"a\\x0ab\\x1b[31m\"");
  EXPECT_EQ(quoted_for_message(std::string(100, 'x'), 3), "\"xxx…\"");
  EXPECT_TRUE(is_valid_utf8(quoted_for_message("石石石石", 4)));
  EXPECT_EQ(quoted_for_message("a\xff\xe7\x9f"), "\"a\\xff\\xe7\\x9f\"");
}

TEST(Text, CatPutsTextAndNumbersTogether) {
  EXPECT_EQ(cat("line ", 3, ':', std::string(" x"), std::size_t{7}), "line 3: x7");
}

}  // namespace
}  // namespace quarrymark
