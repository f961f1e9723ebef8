#include "scanner/label/item_number.h"

#include "tests/unit/scanner/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>

namespace quarrymark::label {
namespace {

using testing::HasSubstr;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::string generated(std::uint64_t seed) {
  return make_item_number(samples::repeatable_random(seed));
}

// Expected characters from a calculation of the remainder by arbitrary-precision integers.
TEST(CheckCharacter, IsTheNumberModulo37) {
  EXPECT_EQ(check_character("0000000000000000"), '0');
  EXPECT_EQ(check_character("0123456789ABCDEF"), 'K');
  EXPECT_EQ(check_character("GHJKMNPQRSTVWXYZ"), '5');
  EXPECT_EQ(check_character("8BQ2M7KDXN4TGC9W"), 'V');
  EXPECT_EQ(check_character("7K3M9P2RTVWX4Y6Z"), 'Y');
}

TEST(CheckCharacter, IsMissingForDigitsThatAreNone) {
  for (const std::string_view digits : {"", "012345678", "0123456789ABCDEFK", "0123456789abcdef",
                                        "0123456789ABCDEU", "0123 456789ABCDE"})
    EXPECT_FALSE(check_character(digits)) << digits;
  EXPECT_FALSE(check_character("ZZZZZZZZZZZZZZZZ"));  // remainder 33
}

TEST(MakeItemNumber, DrawsAgainUntilTheCheckIsInTheAlphabet) {
  // 32 modulo 37 is 32, the symbol '*': that draw is thrown away, the next one (33) as well.
  int draws = 0;
  const auto counting = [&draws](std::span<std::uint8_t> out) {
    for (auto& byte : out) byte = 0;
    out.back() = static_cast<std::uint8_t>(32 + draws);
    ++draws;
  };
  EXPECT_EQ(make_item_number(counting), "00000000000000150");
  EXPECT_EQ(draws, 6);
}

TEST(MakeItemNumber, WritesTheMostSignificantBitsFirst) {
  const auto first_bit = [](std::span<std::uint8_t> out) {
    for (auto& byte : out) byte = 0;
    out.front() = 0x80;
  };
  EXPECT_EQ(make_item_number(first_bit).substr(0, 16), "G000000000000000");
}

TEST(MakeItemNumberDeathTest, StopsWhenTheRandomSourceIsStuck) {
  const auto stuck = [](std::span<std::uint8_t> out) {
    for (auto& byte : out) byte = 0;
    out.back() = 32;
  };
  EXPECT_DEATH(make_item_number(stuck), "random source repeats itself");
}

TEST(MakeSerial, HasEightCharactersOfTheAlphabet) {
  std::set<std::string> seen;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const std::string serial = make_serial(samples::repeatable_random(seed));
    EXPECT_TRUE(is_serial(serial)) << serial;
    seen.insert(serial);
  }
  EXPECT_EQ(seen.size(), 200u);
}

TEST(IsSerial, RefusesOtherLengthsAndCharacters) {
  EXPECT_TRUE(is_serial("0123WXYZ"));
  for (const std::string_view text : {"", "0123WXY", "0123WXYZ0", "0123WXYU", "0123WXYI",
                                      "0123WXYL", "0123WXYO", "0123wxyz", "0123 XYZ"})
    EXPECT_FALSE(is_serial(text)) << text;
}

TEST(IsItemNumber, IsStrict) {
  EXPECT_TRUE(is_item_number(samples::kKnownItem));
  for (const std::string_view text :
       {"", "0123456789ABCDEF", "0123456789ABCDEFKB", "0123456789abcdefk", "0123456789ABCDEFk",
        "O123456789ABCDEFK", "0I23456789ABCDEFK", "0123 4567 89AB CDEF K", "0123456789ABCDEFC",
        "1023456789ABCDEFK", " 0123456789ABCDEFK"})
    EXPECT_FALSE(is_item_number(text)) << text;
}

TEST(IsItemNumber, RefusesCheckSymbolsBeyondTheAlphabet) {
  // 32 to 36: right by Crockford's rule, never used here.
  const std::string digits[] = {"0000000000000010", "0000000000000011", "0000000000000012",
                                "0000000000000013", "0000000000000014"};
  constexpr std::string_view symbols = "*~$=U";
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    EXPECT_FALSE(check_character(digits[i]));
    EXPECT_FALSE(is_item_number(digits[i] + symbols[i]));
  }
}

TEST(ParseItemNumber, TakesWhatPeopleType) {
  for (const std::string_view typed :
       {"0123456789ABCDEFK", "0123 4567 89AB CDEF K", "0123-4567-89ab-cdef-k",
        "  o123 4567 89ab cdef k ", "oi23456789abcdefk", "Ol23456789ABCDEFK", "OL23456789ABCDEFK",
        "OI23456789ABCDEFK", "0123\t4567 89AB-CDEFK"}) {
    const auto number = parse_item_number(typed);
    ASSERT_TRUE(number) << typed << ": " << to_string(number.error());
    EXPECT_EQ(*number, samples::kKnownItem);
  }
}

TEST(ParseItemNumber, RefusesEverythingElseWithAReason) {
  const auto expect_refused = [](std::string_view typed, const std::string& why) {
    const auto number = parse_item_number(typed);
    ASSERT_FALSE(number) << typed;
    EXPECT_EQ(number.error().code, Errc::kInvalidArgument);
    EXPECT_THAT(number.error().message, HasSubstr(why)) << typed;
  };
  expect_refused("", "nothing was given");
  expect_refused(" - ", "nothing was given");
  expect_refused("0123 4567 89AB CDEF", "expected 17 characters, got 16");
  expect_refused("0123 4567 89AB CDEF KK", "expected 17 characters, got 18");
  expect_refused("0123 4567 89AB CDEU K", "perhaps it is V");
  expect_refused("0123.4567.89AB.CDEF.K", "never part of a number");
  expect_refused("0123_4567_89AB_CDEF_K", "never part of a number");
  expect_refused(
      "\xef\xbc\x90"
      "123456789ABCDEFK",
      "never part of a number");
  expect_refused("0123 4567 89AB CDEF C", "check the code");
  expect_refused(std::string(1 << 20, '0'), "expected 17 characters");
}

TEST(WrongCheck, NamesTheOneLikelyMisreading) {
  // Every number that one look-alike explains gets a hint, and the hint is a valid number.
  int named = 0, right = 0;
  constexpr int kNumbers = 300;
  for (std::uint64_t seed = 0; seed < kNumbers; ++seed) {
    const std::string number = generated(seed);
    std::string misread = number;
    const std::size_t at = misread.find_first_of("8B");
    if (at == std::string::npos) continue;
    misread[at] = misread[at] == '8' ? 'B' : '8';
    const auto status = check_item_number(misread);
    ASSERT_FALSE(status) << misread;
    if (status.error().message.find("perhaps") == std::string::npos) continue;
    ++named;
    if (status.error().message.find(in_groups_of_four(number)) != std::string::npos) ++right;
  }
  // A hint is left out only where another misreading would explain it as well.
  EXPECT_GT(named, 80);
  EXPECT_EQ(right, named);
}

void expect_reason(std::string_view number, const std::string& reason) {
  const auto status = check_item_number(number);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().message,
            "check the code: the check character does not fit the number " + reason);
}

TEST(WrongCheck, NamesASubstitution) {
  expect_reason("BBQ2M7KDXN4TGC9WV",
                "BBQ2 M7KD XN4T GC9W V; perhaps it is 8BQ2 M7KD XN4T GC9W V, with 8 and not B as "
                "character 1");
  expect_reason("8BQ2M7KDXN4TGC9WW",
                "8BQ2 M7KD XN4T GC9W W; perhaps it is 8BQ2 M7KD XN4T GC9W V, with V and not W as "
                "character 17");
}

TEST(WrongCheck, NamesATransposition) {
  expect_reason("B8Q2M7KDXN4TGC9WV",
                "B8Q2 M7KD XN4T GC9W V; perhaps it is 8BQ2 M7KD XN4T GC9W V, with 8B and not B8 "
                "as characters 1 and 2");
}

TEST(WrongCheck, NamesNoneWhereSeveralMisreadingsExplainIt) {
  // Both 8BQ2… and 3B02… are one look-alike away.
  expect_reason("3BQ2M7KDXN4TGC9WV", "3BQ2 M7KD XN4T GC9W V");
}

TEST(WrongCheck, SeldomHintsWhereNoLookAlikeIsToBlame) {
  // H and X look like nothing else here. Where chance still gives a hint, it is a valid number.
  int hints = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    std::string wrong = generated(seed);
    wrong[4] = wrong[4] == 'H' ? 'X' : 'H';
    if (is_item_number(wrong)) continue;
    const auto status = check_item_number(wrong);
    ASSERT_FALSE(status);
    const std::string& message = status.error().message;
    const std::size_t hint = message.find("perhaps it is ");
    if (hint == std::string::npos) continue;
    ++hints;
    EXPECT_TRUE(parse_item_number(message.substr(hint + 14, 21))) << message;
  }
  EXPECT_LT(hints, 150);
}

TEST(InGroupsOfFour, SeparatesGroupsBySpaces) {
  EXPECT_EQ(in_groups_of_four("0123456789ABCDEFK"), "0123 4567 89AB CDEF K");
  EXPECT_EQ(in_groups_of_four("7K3M9P2R"), "7K3M 9P2R");
  EXPECT_EQ(in_groups_of_four("7K3"), "7K3");
  EXPECT_EQ(in_groups_of_four(""), "");
}

RC_GTEST_PROP(ItemNumber, EveryGeneratedNumberParses, (std::uint64_t seed)) {
  const std::string number = generated(seed);
  RC_ASSERT(is_item_number(number));
  RC_ASSERT(parse_item_number(in_groups_of_four(number)).value_or("") == number);
}

RC_GTEST_PROP(ItemNumber, EverySingleSubstitutionIsDetected, (std::uint64_t seed)) {
  const std::string number = generated(seed);
  for (std::size_t i = 0; i < number.size(); ++i) {
    std::string wrong = number;
    for (const char c : kAlphabet) {
      if (c == number[i]) continue;
      wrong[i] = c;
      RC_ASSERT_FALSE(is_item_number(wrong));
      RC_ASSERT_FALSE(parse_item_number(wrong).has_value());
    }
  }
}

RC_GTEST_PROP(ItemNumber, EveryTranspositionOfNeighboursIsDetected, (std::uint64_t seed)) {
  const std::string number = generated(seed);
  for (std::size_t i = 0; i + 1 < number.size(); ++i) {
    std::string wrong = number;
    std::swap(wrong[i], wrong[i + 1]);
    if (wrong != number) RC_ASSERT_FALSE(is_item_number(wrong));
  }
}

}  // namespace
}  // namespace quarrymark::label
