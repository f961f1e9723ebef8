#include "ledger/json/writer.h"

#include "ledger/json/reader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark::json {
namespace {

TEST(Writer, WritesStringsAsRfc8785) {
  EXPECT_EQ(write(Value("\b\f\n\r\t\"\\/\x01\x1f\x7f é石")),
            "\"\\b\\f\\n\\r\\t\\\"\\\\/\\u0001\\u001f\x7f é石\"");
}

TEST(Writer, KeepsTheOrderOfMembers) {
  EXPECT_EQ(write(Object{{"b", 1}, {"a", Array{nullptr, true, "x"}}}),
            R"({"b":1,"a":[null,true,"x"]})");
}

TEST(Writer, IndentsForPeople) {
  EXPECT_EQ(write_indented(Object{{"a", Array{1, 2}}, {"b", Object{}}}),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {}\n}\n");
}

RC_GTEST_PROP(Writer, AnyTextComesBack, (const std::vector<std::uint8_t>& bytes)) {
  std::string text;  // ASCII only, all of it, controls included
  for (const std::uint8_t byte : bytes) text += static_cast<char>(byte & 0x7f);
  const auto back = parse_exact(write(Value(text)));
  RC_ASSERT(back.has_value());
  RC_ASSERT(*back->if_string() == text);
}

TEST(Members, AscendAtEveryDepthOrNot) {
  EXPECT_TRUE(members_ascend(Object{{"a", Object{{"x", 1}, {"y", 2}}}, {"b", 1}}));
  EXPECT_FALSE(members_ascend(Object{{"b", 1}, {"a", 1}}));
  EXPECT_FALSE(members_ascend(Object{{"a", 1}, {"a", 1}}));
  EXPECT_FALSE(members_ascend(Array{Object{{"b", 1}, {"a", 1}}}));
  const Value sorted = with_ascending_members(Object{{"b", Object{{"d", 1}, {"c", 2}}}, {"a", 3}});
  EXPECT_EQ(write(sorted), R"({"a":3,"b":{"c":2,"d":1}})");
}

}  // namespace
}  // namespace quarrymark::json
