// Every byte of a passport is covered by something, but for the few named here.
#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace quarrymark::passport {
namespace {

using support::StoneChain;

// A small passport of which every part counts: one dispatch with one output, a rotated key, a
// device, a proof, and a cosignature by a witness the reader knows.
struct SmallPassport {
  StoneChain chain;
  std::string bytes;
  Trust trust;

  SmallPassport() {
    chain.quarry.rotate(60);
    bytes = write_passport(support::make_passport({chain.extract.ref(0)},
                                                  {chain.quarry.packet({0}, 2, {chain.witness})}));
    trust = support::make_trust({}, {chain.witness}, 1);
  }
};

// What no signature covers: which state the file is about is the presenter's choice (with one
// output to choose from, its number cannot be changed in one byte), and whose cosignature a line
// is: with another name or key id it is a stranger's, and the quorum is no longer met.
bool is_noticed(const Checked& checked) {
  const auto& logs = checked.evidence.logs;
  return !checked.findings.empty() || std::any_of(logs.begin(), logs.end(), [](const auto& log) {
    return !log.second.quorum_met;
  });
}

TEST(CheckPassports, NoBitOfAPassportCanBeFlippedUnnoticed) {
  const SmallPassport small;
  ASSERT_EQ(described(check(std::vector{small.bytes}, small.trust)), "");
  for (std::size_t at = 0; at < small.bytes.size(); ++at) {
    for (const int bit : {0, 5}) {
      std::string flipped = small.bytes;
      flipped[at] = static_cast<char>(flipped[at] ^ (1 << bit));
      EXPECT_TRUE(is_noticed(check(std::vector{flipped}, small.trust)))
          << "byte " << at << ", bit " << bit << ": "
          << small.bytes.substr(at < 40 ? 0 : at - 40, 80);
    }
  }
}

// A cosignature of a witness the reader does not know is covered by nothing, and says nothing.
TEST(CheckPassports, OnlyAnUnknownWitnessCanBeAltered) {
  const SmallPassport small;
  const std::size_t begin = small.bytes.find("\u2014 witness.example");
  const std::size_t end = small.bytes.find("\\n", begin);
  ASSERT_NE(end, std::string::npos);
  for (std::size_t at = 0; at < small.bytes.size(); at += 3) {
    std::string flipped = small.bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 1);
    const Checked checked = check(std::vector{flipped}, Trust());
    if (at < begin || at >= end) {
      EXPECT_NE(first_code(checked), "") << "byte " << at;
    }
  }
}

TEST(CheckPassports, NoBeginningOfAPassportPasses) {
  const SmallPassport small;
  for (std::size_t size = 0; size < small.bytes.size(); size += 7)
    EXPECT_EQ(first_code(check(std::vector{small.bytes.substr(0, size)}, small.trust)),
              "malformed");
}

}  // namespace
}  // namespace quarrymark::passport
