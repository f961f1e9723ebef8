#include "ledger/record/numbers.h"

#include <gtest/gtest.h>

#include <set>

namespace quarrymark::record {
namespace {

TEST(Numbers, EveryDrawnItemNumberChecks) {
  std::set<std::string> drawn;
  for (int i = 0; i < 1000; ++i) {
    const std::string number = draw_item_number();
    EXPECT_TRUE(is_item_number(number)) << number;
    EXPECT_TRUE(drawn.insert(number).second) << number;
  }
}

TEST(Numbers, EveryDrawnSerialIsOne) {
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(is_serial(draw_serial()));
}

// 63 = 1·32 + 31 leaves 26, the letter T; 32 leaves 32, which is outside the alphabet.
TEST(Numbers, TheCheckCharacterIsTheNumberModulo37) {
  EXPECT_TRUE(is_item_number("00000000000000000"));
  EXPECT_TRUE(is_item_number("00000000000000011"));
  EXPECT_TRUE(
      is_item_number("00000000000000"
                     "1ZT"));
  EXPECT_FALSE(
      is_item_number("00000000000000"
                     "1ZS"));
  EXPECT_FALSE(is_item_number("00000000000000010"));
  for (const char check : std::string("0123456789ABCDEFGHJKMNPQRSTVWXYZ*~$=U"))
    EXPECT_FALSE(
        is_item_number("00000000000000"
                       "10" +
                       std::string(1, check)));
}

TEST(Numbers, RefusesWhatIsNoItemNumber) {
  EXPECT_FALSE(is_item_number(""));
  EXPECT_FALSE(is_item_number("0000000000000000"));
  EXPECT_FALSE(is_item_number("000000000000000000"));
  EXPECT_FALSE(is_item_number("0000000000000000O"));
  EXPECT_FALSE(is_item_number("I0000000000000000"));
  EXPECT_FALSE(is_item_number("0000000000000000*"));
}

TEST(Numbers, OneWrongCharacterIsNoticed) {
  const std::string number = draw_item_number();
  for (std::size_t i = 0; i + 1 < number.size(); ++i) {
    std::string wrong = number;
    wrong[i] = wrong[i] == '7' ? '8' : '7';
    EXPECT_FALSE(is_item_number(wrong)) << wrong;
  }
}

TEST(Numbers, ReadsLabelsAsPeopleTypeThem) {
  const std::string item = draw_item_number();
  for (const std::string& text :
       {item, "https://q.example/q/" + item, "HTTPS://Q.EXAMPLE/Q/" + item + "/7H3KQ2ZD",
        item + "/7H3KQ2ZD", item.substr(0, 4) + "-" + item.substr(4, 4) + " " + item.substr(8)}) {
    const auto label = read_label_text(text);
    ASSERT_TRUE(label) << text;
    EXPECT_EQ(label->item, item);
  }
  EXPECT_EQ(read_label_text(item + "/7h3kq2zd")->serial, "7H3KQ2ZD");
}

TEST(Numbers, RefusesLabelsOfAnotherForm) {
  const std::string item = draw_item_number();
  EXPECT_FALSE(read_label_text("KHM-0417"));
  EXPECT_FALSE(read_label_text("https://q.example/" + item));
  EXPECT_FALSE(read_label_text(item + "/short"));
  EXPECT_FALSE(read_label_text("http://q.example/Q/" + item));
}

}  // namespace
}  // namespace quarrymark::record
