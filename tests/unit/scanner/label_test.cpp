#include "scanner/label/label.h"

#include "tests/unit/scanner/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace quarrymark::label {
namespace {

using testing::HasSubstr;

const std::string kItem = samples::kKnownItem;
const std::string kGood = "HTTPS://TRACE.EXAMPLE.ORG/Q/" + kItem + "/7K3M9P2R";

void expect_refused(const std::string& text, const std::string& why) {
  const auto label = parse_label(text);
  ASSERT_FALSE(label) << text;
  EXPECT_EQ(label.error().code, Errc::kMalformed) << text;
  EXPECT_THAT(label.error().message, HasSubstr(why)) << text;
}

TEST(ParseLabel, TakesHostItemAndSerialApart) {
  const auto label = parse_label(kGood);
  ASSERT_TRUE(label) << to_string(label.error());
  EXPECT_EQ(label->host, "TRACE.EXAMPLE.ORG");
  EXPECT_EQ(label->item, kItem);
  EXPECT_EQ(label->serial, "7K3M9P2R");
}

TEST(ParseLabel, ReadsWhatWriteLabelWrote) {
  for (const std::string host : {"A", "X-1.NL", "LOCALHOST:8080", "ABCDEFGHIJKLM.OPQRSTUVWX.EU"}) {
    const Label label = samples::label(7, host);
    const auto text = write_label(label);
    ASSERT_TRUE(text) << host;
    const auto back = parse_label(*text);
    ASSERT_TRUE(back) << to_string(back.error());
    EXPECT_EQ(*back, label);
  }
}

TEST(ParseLabel, ReportsSomebodyElsesCodeAsText) {
  expect_refused("http://example.org/phishing", "got \"http://example.org/phishing\"");
  expect_refused("HTTPS://EXAMPLE.ORG/01/09506000134352/21/1234", "not a Quarrymark label");
  expect_refused("BEGIN:VCARD", "not a Quarrymark label");
  expect_refused("", "not a Quarrymark label");
  expect_refused(std::string(1 << 20, 'A'), "not a Quarrymark label");
}

TEST(ParseLabel, ShowsControlCharactersOfStrangersAsEscapes) {
  expect_refused("\x1b[2Jowned", "\\x1b[2Jowned");
}

TEST(ParseLabel, RefusesEveryOtherSpellingOfTheAddress) {
  expect_refused("HTTP://TRACE.EXAMPLE.ORG/Q/" + kItem + "/7K3M9P2R", "expected HTTPS://<host>");
  expect_refused("HTTPS:/TRACE.EXAMPLE.ORG/Q/" + kItem + "/7K3M9P2R", "expected HTTPS://<host>");
  expect_refused(" " + kGood, "expected HTTPS://<host>");
  expect_refused("HTTPS://TRACE.EXAMPLE.ORG/P/" + kItem + "/7K3M9P2R", "expected HTTPS://<host>");
  expect_refused("HTTPS://TRACE.EXAMPLE.ORG/A/Q/" + kItem + "/7K3M9P2R", "expected HTTPS://");
  expect_refused("HTTPS://TRACE.EXAMPLE.ORG/Q/" + kItem, "expected HTTPS://<host>");
  expect_refused("HTTPS://TRACE.EXAMPLE.ORG", "expected HTTPS://<host>");
}

TEST(ParseLabel, RefusesLowerCaseAndSaysSo) {
  expect_refused("https://trace.example.org/q/" + kItem + "/7K3M9P2R", "upper case throughout");
  expect_refused("HTTPS://TRACE.EXAMPLE.ORG/q/" + kItem + "/7K3M9P2R", "upper case throughout");
  expect_refused("HTTPS://trace.EXAMPLE.ORG/Q/" + kItem + "/7K3M9P2R", "host");
}

TEST(ParseLabel, RefusesWrongHosts) {
  const std::string rest = "/Q/" + kItem + "/7K3M9P2R";
  expect_refused("HTTPS://" + rest, "host");
  expect_refused("HTTPS://" + std::string(28, 'A') + rest, "expected 1 to 27 characters, got 28");
  for (const std::string host :
       {"A..B",     ".A",   "A.",    "-A",          "A-",    "A B",     "A_B",
        "USER@A",   "A%20", "A:",    "A:0",         "A:080", "A:65536", "A:99999",
        "A:123456", "A:8X", "A:1:2", "\xc3\x84.DE", ":80",   "A$",      "A*B"})
    expect_refused("HTTPS://" + host + rest, "host");
}

TEST(ParseLabel, RefusesWrongSerials) {
  const std::string start = "HTTPS://TRACE.EXAMPLE.ORG/Q/" + kItem + "/";
  for (const std::string serial : {"", "7K3M9P2", "7K3M9P2RX", "7K3M9P2U", "7K3M9P2O", "7K3M9P2r",
                                   "7K3M9P2R/", "7K3M9P2R?", "7K3M9P2R ", "7K3M/P2R", "7K3M9P2R\n"})
    expect_refused(start + serial, "serial of 8 characters");
}

TEST(ParseLabel, RefusesNumbersOfAnotherLengthOrAlphabet) {
  const auto with = [](const std::string& item) {
    return "HTTPS://TRACE.EXAMPLE.ORG/Q/" + item + "/7K3M9P2R";
  };
  expect_refused(with(""), "expected 17 characters, got 0");
  expect_refused(with(kItem.substr(1)), "expected 17 characters, got 16");
  expect_refused(with("0" + kItem), "expected 17 characters, got 18");
  // What a person may type, a printed label never holds.
  expect_refused(with("O" + kItem.substr(1)), "never part of a number");
  expect_refused(with("0123-4567-89AB-CDEF-K"), "never part of a number");
  expect_refused(with("0123456789ABCDEFU"), "perhaps it is V");
  expect_refused(with("0123456789ABCDEF*"), "never part of a number");
}

TEST(ParseLabel, SaysCheckTheCodeAndNamesTheNumberWhenTheCheckIsWrong) {
  expect_refused(
      "HTTPS://TRACE.EXAMPLE.ORG/Q/0123456789ABCDEFC/7K3M9P2R",
      "check the code: the check character does not fit the number 0123 4567 89AB CDEF C");
}

TEST(WriteLabel, RefusesWhatParseLabelWouldRefuse) {
  const Label good = samples::label(1);
  ASSERT_TRUE(write_label(good));
  for (const auto spoil :
       {+[](Label& l) { l.host = ""; }, +[](Label& l) { l.host = "lower.org"; },
        +[](Label& l) { l.host = std::string(28, 'A'); }, +[](Label& l) { l.host = "A/B"; },
        +[](Label& l) { l.item = ""; }, +[](Label& l) { l.item[3] = 'U'; },
        +[](Label& l) { l.item[16] = l.item[16] == '0' ? '1' : '0'; },
        +[](Label& l) { l.serial = "SHORT"; }, +[](Label& l) { l.serial = "7K3M9P2I"; }}) {
    Label bad = good;
    spoil(bad);
    const auto text = write_label(bad);
    ASSERT_FALSE(text) << *text;
    EXPECT_EQ(text.error().code, Errc::kInvalidArgument);
  }
}

}  // namespace
}  // namespace quarrymark::label
