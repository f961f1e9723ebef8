#include "ledger/log/tree_state.h"

#include "ledger/crypto/hash.h"
#include "ledger/merkle/tree_hash.h"
#include "tests/unit/log/ledger.h"

#include <cstring>

namespace quarrymark::log {
namespace {

std::vector<Hash> numbered_leaves(std::uint64_t begin, std::uint64_t end) {
  std::vector<Hash> leaves;
  for (; begin < end; ++begin) {
    Hash hash{};
    std::memcpy(hash.data(), &begin, sizeof begin);
    leaves.push_back(hash);
  }
  return leaves;
}

// Large enough for a full tile of the second level (65,536 entries), which a test of the whole
// log would take too long to reach.
TEST(TreeState, GivesEveryCompleteSubtreeAcrossTileLevels) {
  TestLedger ledger;
  TreeState state;
  merkle::CompactTree reference;
  constexpr std::uint64_t kSize = 65'536 + 3 * 256 + 77;
  std::vector<std::pair<merkle::NodeId, Hash>> nodes;
  const auto leaves = numbered_leaves(0, kSize);
  store::Batch batch(ledger.store());
  for (std::size_t at = 0; at < leaves.size(); at += 1000)
    state.append(std::span(leaves).subspan(at, std::min<std::size_t>(1000, leaves.size() - at)), 5,
                 batch);
  ASSERT_TRUE(ledger.store().write(batch, false));
  for (const Hash& leaf : leaves)
    reference.append(leaf, [&](unsigned level, std::uint64_t index, const Hash& hash) {
      if (level > 6 || index % 509 == 0) nodes.emplace_back(merkle::NodeId{level, index}, hash);
    });
  EXPECT_EQ(state.tree().root(), reference.root());
  bool second_level = false;
  for (const auto& [id, hash] : nodes) {
    const auto found = state.node(ledger.store(), 5, id.level, id.index);
    ASSERT_TRUE(found) << id.level << "/" << id.index << ": " << found.error().message;
    EXPECT_EQ(*found, hash) << id.level << "/" << id.index;
    second_level |= id.level == 16;
  }
  EXPECT_TRUE(second_level);
  EXPECT_FALSE(state.node(ledger.store(), 5, 0, kSize));
  EXPECT_FALSE(state.node(ledger.store(), 5, 17, 0));
  EXPECT_FALSE(state.node(ledger.store(), 5, 3, kSize >> 3));
}

TEST(TreeState, IsTheSameAfterLoadingAtEverySizeAroundATile) {
  TestLedger ledger;
  ledger.append_many(254);
  for (std::uint64_t size = 254; size < 260; ++size, ledger.append_many(1)) {
    ASSERT_TRUE(ledger.reopen());
    EXPECT_EQ(ledger.log().size(), size);
    merkle::CompactTree tree;
    for (std::uint64_t seq = 0; seq < size; ++seq)
      tree.append(merkle::leaf_hash(as_bytes(*ledger.log().entry(seq))));
    EXPECT_EQ(*ledger.log().root(size), tree.root()) << size;
  }
}

}  // namespace
}  // namespace quarrymark::log
