#include "ledger/entry/device.h"

#include <gtest/gtest.h>

namespace quarrymark::entry {
namespace {

TEST(Device, SignsItsEventAndNoOther) {
  const auto key = crypto::SigningKey::generate();
  EventId event, other;
  other.hash[3] = 9;
  const auto device = parse_device_disclosure(make_device_disclosure(*key, event));
  ASSERT_TRUE(device);
  EXPECT_TRUE(verify_device_signature(*device, event));
  EXPECT_FALSE(verify_device_signature(*device, other));
}

TEST(Device, SignsTextThatOpensWithItsContext) {
  EXPECT_EQ(device_message(EventId{}), "quarrymark/device/v1\n" + EventId{}.text() + "\n");
}

TEST(Device, RefusesUnknownMissingAndWrongMembers) {
  const auto key = crypto::SigningKey::generate();
  const Disclosure good = make_device_disclosure(*key, EventId{});
  const auto with = [&](json::Object members) {
    return make_disclosure(kDeviceName, std::move(members));
  };
  const json::Object& members = *good.value.if_object();
  EXPECT_FALSE(parse_device_disclosure(with({members[0]})));
  EXPECT_FALSE(parse_device_disclosure(with({members[1]})));
  EXPECT_FALSE(parse_device_disclosure(with({members[1], members[0]})));
  EXPECT_FALSE(parse_device_disclosure(with({members[0], members[1], {"x", 1}})));
  EXPECT_FALSE(parse_device_disclosure(with({{"key", "AAAA"}, members[1]})));
  EXPECT_FALSE(parse_device_disclosure(with({members[0], {"sig", "AAAA"}})));
  EXPECT_FALSE(parse_device_disclosure(make_disclosure("other", good.value)));
}

}  // namespace
}  // namespace quarrymark::entry
