#include "ledger/json/object_reader.h"

#include <gtest/gtest.h>

namespace quarrymark::json {
namespace {

using Order = ObjectReader::Order;

TEST(ObjectReader, ExactOrderIsDemanded) {
  const Value value = Object{{"a", 1}, {"b", "x"}};
  auto reader = ObjectReader::open(value, Order::kExact);
  EXPECT_EQ(*reader->integer("a"), 1);
  EXPECT_EQ(*reader->string("b"), "x");
  EXPECT_TRUE(reader->finish());

  auto swapped = ObjectReader::open(value, Order::kExact);
  const auto refused = swapped->string("b");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "b");
  EXPECT_NE(refused.error().message.find("got \"a\""), std::string::npos);
}

TEST(ObjectReader, UnknownMembersAreRefusedInBothOrders) {
  const Value value = Object{{"a", 1}, {"extra", 2}};
  for (const Order order : {Order::kExact, Order::kAny}) {
    auto reader = ObjectReader::open(value, order);
    ASSERT_TRUE(reader->integer("a"));
    const auto refused = reader->finish();
    ASSERT_FALSE(refused);
    EXPECT_NE(to_string(refused.error()).find("extra"), std::string::npos);
  }
}

TEST(ObjectReader, SaysWhatWasExpectedAndGot) {
  const Value value = Object{{"a", "x"}, {"n", 7}};
  auto reader = ObjectReader::open(value, Order::kAny);
  EXPECT_EQ(reader->integer("a").error().message, "expected a whole number, got string");
  EXPECT_EQ(reader->integer("n", 0, 5).error().message, "expected 0 to 5, got 7");
  EXPECT_EQ(reader->boolean("n").error().message, "expected true or false, got integer");
  EXPECT_EQ(reader->array("n").error().message, "expected an array, got integer");
  EXPECT_EQ(reader->object("n").error().message, "expected an object, got integer");
  EXPECT_EQ(reader->string("missing").error().message, "missing");
  EXPECT_EQ(reader->string("a", 0).error().code, Errc::kTooLarge);
}

TEST(ObjectReader, OptionalMembersMayBeLeftOutButNotBeWrong) {
  const Value value = Object{{"a", "x"}};
  auto reader = ObjectReader::open(value, Order::kAny);
  EXPECT_FALSE(*reader->optional_integer("b"));
  EXPECT_FALSE(reader->optional_integer("a"));
  EXPECT_EQ(**reader->optional_string("a"), "x");
  EXPECT_EQ(*reader->optional_array("c"), nullptr);
}

TEST(ObjectReader, OpensObjectsOnly) {
  EXPECT_FALSE(ObjectReader::open(Value(Array{}), Order::kAny));
  EXPECT_FALSE(ObjectReader::open(Value("x"), Order::kExact));
}

}  // namespace
}  // namespace quarrymark::json
