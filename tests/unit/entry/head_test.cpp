#include "ledger/entry/head.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"

#include <gtest/gtest.h>

namespace quarrymark::entry {
namespace {

const std::string kDigest = std::string(42, 'A') + "E";
const std::string kOther = std::string(42, 'A') + "I";

std::string good_head() {
  return cat(R"({"type":"split","log":"quarrymark/x","at":"2026-03-02T14:44:03+05:30","n":0,)",
             R"("inputs":[{"event":")", kDigest, R"(","out":0,"amount":1}],"outputs":2,)",
             R"("fields":{"out.0":")", kDigest, R"(","out.1":")", kOther, R"(","saw":")", kDigest,
             R"("}})");
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

Result<Head> parsed(const std::string& text) {
  const auto value = json::parse_exact(text);
  if (!value) return fail(Errc::kMalformed, "not exact JSON");
  return parse_head(*value);
}

TEST(Head, ComesBackByteForByte) {
  const auto head = parsed(good_head());
  ASSERT_TRUE(head) << to_string(head.error());
  EXPECT_EQ(head->type, "split");
  EXPECT_EQ(head->inputs.size(), 1U);
  EXPECT_EQ(json::write(head_value(*head)), good_head());
  EXPECT_NE(head->field("saw"), nullptr);
  EXPECT_EQ(head->field("sax"), nullptr);
}

TEST(Head, RefusesWhatTheRulesForbid) {
  const std::string in = cat(R"({"event":")", kDigest, R"(","out":0,"amount":1})");
  struct Bad {
    const char* why;
    std::string from, to;
  };
  const std::vector<Bad> bad = {
      {"unknown type", "\"split\"", "\"steal\""},
      {"missing n", "\"n\":0,", ""},
      {"negative n", "\"n\":0", "\"n\":-1"},
      {"members swapped", "\"n\":0,\"inputs\":[" + in + "]", "\"inputs\":[" + in + "],\"n\":0"},
      {"unknown member", "\"n\":0,", "\"n\":0,\"x\":1,"},
      {"time with Z", "2026-03-02T14:44:03+05:30", "2026-03-02T14:44:03Z"},
      {"record state with an amount", "\"out\":0,\"amount\":1", "\"out\":-1,\"amount\":1"},
      {"item state without an amount", "\"out\":0,\"amount\":1", "\"out\":0,\"amount\":0"},
      {"out below the record", "\"out\":0", "\"out\":-2"},
      {"out beyond 999", "\"out\":0", "\"out\":1000"},
      {"state named twice", in, in + "," + in},
      {"input member order", "\"event\":\"" + kDigest + "\",\"out\":0",
       "\"out\":0,\"event\":\"" + kDigest + "\""},
      {"output missing", "\"outputs\":2", "\"outputs\":3"},
      {"output too many", "\"outputs\":2", "\"outputs\":1"},
      {"too many outputs", "\"outputs\":2", "\"outputs\":1001"},
      {"names descend", "\"out.0\"", "\"zz\""},
      {"reserved name", "\"saw\"", "\"event\""},
      {"reserved device", "\"saw\"", "\"device\""},
      {"capital in a name", "\"saw\"", "\"sAw\""},
      {"output with leading zero", "\"out.1\"", "\"out.01\""},
      {"short digest", "\"saw\":\"" + kDigest, "\"saw\":\"" + kDigest.substr(1)},
      {"spare bits in a digest", "\"saw\":\"" + kDigest, "\"saw\":\"" + std::string(42, 'A') + "B"},
  };
  for (const Bad& test : bad)
    EXPECT_FALSE(parsed(replaced(good_head(), test.from, test.to))) << test.why;
}

TEST(Head, OutputNamesHaveOneForm) {
  EXPECT_EQ(output_number("out.0"), 0);
  EXPECT_EQ(output_number("out.999"), 999);
  for (const char* bad : {"out.", "out.00", "out.1000", "out.-1", "out.x", "out1", "out.1x", ""})
    EXPECT_EQ(output_number(bad), -1) << bad;
}

TEST(Head, SortsOut10BeforeOut2) {
  std::string fields;
  for (const char* name : {"out.0", "out.1", "out.10", "out.2", "out.3", "out.4", "out.5", "out.6",
                           "out.7", "out.8", "out.9"})
    fields += cat(fields.empty() ? "" : ",", "\"", name, "\":\"", kDigest, "\"");
  const std::string head =
      cat(R"({"type":"extract","log":"l","at":"2026-03-02T14:44:03+05:30","n":0,"inputs":[],)",
          R"("outputs":11,"fields":{)", fields, "}}");
  EXPECT_TRUE(parsed(head));
}

TEST(Head, AtMostAThousandInputs) {
  std::string inputs;
  for (int i = 0; i < 1001; ++i)
    inputs += cat(i == 0 ? "" : ",", R"({"event":")", kDigest, R"(","out":)", i % 1000,
                  R"(,"amount":1})");
  const std::string head =
      cat(R"({"type":"split","log":"l","at":"2026-03-02T14:44:03+05:30","n":0,"inputs":[)", inputs,
          R"(],"outputs":0,"fields":{}})");
  EXPECT_FALSE(parsed(head));
}

}  // namespace
}  // namespace quarrymark::entry
