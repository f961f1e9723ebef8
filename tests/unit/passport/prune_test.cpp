#include "ledger/passport/prune.h"

#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace quarrymark::passport {
namespace {

using support::StoneChain;
using support::TestLog;

TEST(PrunePacket, GivesWhatTheLogWouldHaveMade) {
  const StoneChain chain;
  const auto cut = prune_packet(chain.factory.packet(), {0, 3, 99});
  ASSERT_TRUE(cut.has_value()) << to_string(cut.error());
  EXPECT_EQ(*cut, chain.factory.packet({0, 3}, 4));
}

RC_GTEST_PROP(PrunePacket, AnyPartOfAnyPartIsWhatTheLogWouldHaveMade, ()) {
  static const TestLog log = [] {
    TestLog made(20);
    for (int i = 0; i < 23; ++i) made.append({.type = "attest"});
    return made;
  }();
  const auto size = *rc::gen::inRange<std::uint64_t>(1, 24);
  SeqSet shown, keep;
  for (std::uint64_t seq = 0; seq < size; ++seq) {
    const int place = *rc::gen::inRange(0, 3);  // left out, shown, shown and kept
    if (place > 0) shown.insert(seq);
    if (place > 1) keep.insert(seq);
  }
  const auto sure = *rc::gen::inRange<std::uint64_t>(0, size);
  shown.insert(sure);
  keep.insert(sure);
  const auto whole = log.packet(std::vector(shown.begin(), shown.end()), size);
  const auto cut = prune_packet(whole, keep);
  RC_ASSERT(cut.has_value());
  RC_ASSERT(*cut == log.packet(std::vector(keep.begin(), keep.end()), size));
}

TEST(PrunePacket, RefusesToKeepNothing) {
  const StoneChain chain;
  const auto cut = prune_packet(chain.factory.packet(), {7});
  ASSERT_FALSE(cut.has_value());
  EXPECT_EQ(cut.error().code, Errc::kInvalidArgument);
}

TEST(PrunePacket, RefusesAPacketThatDoesNotFitTogether) {
  const StoneChain chain;
  Packet wrong_proof = chain.factory.packet({0, 3}, 4);
  wrong_proof.proof[0][0] ^= 1;
  Packet no_note = chain.factory.packet();
  no_note.checkpoint = "none";
  Packet no_entry = chain.factory.packet();
  no_entry.entries[1] = "{}";
  Packet no_lists = chain.factory.packet();
  no_lists.disclosures.clear();
  for (const Packet& packet : {wrong_proof, no_note, no_entry, no_lists}) {
    const auto cut = prune_packet(packet, {0});
    ASSERT_FALSE(cut.has_value());
    EXPECT_EQ(cut.error().code, Errc::kMalformed);
  }
}

TEST(PrunePassport, KeepsWhatItsItemsNeedAndStillVerifies) {
  const StoneChain chain;
  const auto cut = prune_passport(
      chain.passport(), {{chain.factory.origin(), {1, 2, 3}}, {chain.registrar.origin(), {9}}});
  ASSERT_TRUE(cut.has_value()) << to_string(cut.error());
  EXPECT_EQ(cut->packets.size(), 1u);
  const Checked checked = check(*cut, chain.trust());
  EXPECT_EQ(described(checked), "");
  EXPECT_EQ(checked.evidence.events.size(), 3u);
}

TEST(MergePassports, JoinsItemsAndPacketsEachOnce) {
  const StoneChain chain;
  Passport one = chain.passport(), two = chain.passport();
  two.items = {chain.extract.ref(0), chain.to_buyer.ref(0)};
  two.packets[1] = chain.quarry.packet({0}, 1);
  const auto merged = merge_passports(std::vector{one, two});
  ASSERT_TRUE(merged.has_value()) << to_string(merged.error());
  EXPECT_EQ(merged->items.size(), 2u);
  EXPECT_EQ(merged->packets.size(), 4u);
  EXPECT_EQ(described(check(*merged, chain.trust())), "");
}

TEST(MergePassports, RefusesAClearNoteThatIsNone) {
  const StoneChain chain;
  Passport passport = chain.passport();
  passport.clear = "clear";
  EXPECT_FALSE(merge_passports(std::vector{passport}).has_value());
}

}  // namespace
}  // namespace quarrymark::passport
