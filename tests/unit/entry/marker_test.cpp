#include "ledger/entry/marker.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

#include <gtest/gtest.h>

namespace quarrymark::entry {
namespace {

TEST(Marker, HashesContextEventAndDisclosureWithZerosBetween) {
  EventId event;
  event.hash.fill(7);
  std::string plain = "quarrymark/spend/v1";
  plain += '\0';
  plain += event.text();
  plain += '\0';
  plain += "WyJ4Il0";
  EXPECT_EQ(spend_marker(event, "WyJ4Il0").hash, crypto::sha256(plain));
}

TEST(Marker, DiffersByEventAndByDisclosure) {
  EventId a, b;
  b.hash[0] = 1;
  EXPECT_NE(spend_marker(a, "x"), spend_marker(b, "x"));
  EXPECT_NE(spend_marker(a, "x"), spend_marker(a, "y"));
}

}  // namespace
}  // namespace quarrymark::entry
