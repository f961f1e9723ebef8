// Σ out + waste + stock ≤ Σ in × 1.02 over a time. DOMAIN §3.
#include "ledger/balance/node_balance.h"

#include "tests/unit/balance/doubted.h"

namespace quarrymark::custody {
namespace {

struct Works : Cast {
  Output weighed(Output thing, std::int64_t grams) {
    thing.measure.mass = grams;
    return thing;
  }
  StateRef stone_at_f1(std::string_view date, std::int64_t grams) {
    const Recorded made = extract("OPK", khm, weighed(block("B"), grams));
    const Recorded sent = dispatch("OPK", {made.out()}, "F1");
    Recorded got = receive("F1", {sent.out()});
    got.on(date);
    return got.out();
  }
  NodeBalance balance(std::string_view from, std::string_view until,
                      std::string_view of = "F1") const {
    const Evidence evidence = this->evidence();
    const Graph graph(evidence);
    return balance_of(graph, log(of), *parse_date(from), *parse_date(until));
  }
};

bool is(Wide value, std::int64_t expected) { return value == expected; }

TEST(NodeBalance, CountsWhatCameInWentOutWasWasteAndIsLeft) {
  Works works;
  const StateRef old = works.stone_at_f1("2025-01-10", 5'000'000);
  const StateRef stone = works.stone_at_f1("2025-02-10", 10'000'000);
  Recorded sawn = works.split(
      "F1", {stone},
      {works.weighed(tiles("T", 100), 6'000'000), works.weighed(tiles("U", 100), 2'000'000)});
  sawn.on("2025-02-11");
  sawn.event().waste = Shown<Waste>::of({1'900'000, {}});
  works.dispatch("F1", {sawn.out(0)}, "IA").on("2025-02-12");
  const NodeBalance balance = works.balance("2025-02-01", "2025-03-01");
  EXPECT_TRUE(is(balance.opening, 5'000'000));
  EXPECT_TRUE(is(balance.in, 10'000'000));
  EXPECT_TRUE(is(balance.out, 6'000'000));
  EXPECT_TRUE(is(balance.waste, 1'900'000));
  EXPECT_TRUE(is(balance.closing, 7'000'000));
  EXPECT_TRUE(balance.is_checked());
  EXPECT_FALSE(balance.over());
  EXPECT_EQ(node_balance_words(balance),
            "5 t in stock and 10 t in; 6 t out, 1.9 t waste, 7 t in stock");
  (void)old;
}

TEST(NodeBalance, TwoPerCentMoreIsAllowedAndAGramBeyondIsNot) {
  for (const std::int64_t made : {10'200'000, 10'200'001}) {
    Works works;
    const StateRef stone = works.stone_at_f1("2025-02-10", 10'000'000);
    Recorded sawn = works.split("F1", {stone}, {works.weighed(tiles("T", 100), made)});
    sawn.on("2025-02-11");
    EXPECT_EQ(works.balance("2025-02-01", "2025-03-01").over(), made > 10'200'000);
  }
}

// Each step stays within its two per cent; together they do not.
TEST(NodeBalance, FindsWhatManySmallStepsHide) {
  Works works;
  StateRef state = works.stone_at_f1("2025-02-10", 10'000'000);
  std::int64_t grams = 10'000'000;
  for (int step = 0; step < 5; ++step) {
    grams = grams * 1015 / 1000;
    Recorded sawn = works.split("F1", {state}, {works.weighed(tiles(cat("T", step), 100), grams)});
    sawn.on("2025-02-12");
    EXPECT_EQ(codes_about(works, sawn), Codes{});
    state = sawn.out();
  }
  EXPECT_TRUE(works.balance("2025-02-01", "2025-03-01").over());
}

TEST(NodeBalance, WhatIsNotWeighedIsNotGuessed) {
  Works works;
  const StateRef stone = works.khm_block_at("F1");  // nobody weighed it
  works.split("F1", {stone}, {works.weighed(tiles("T", 100), 99'000'000)});
  const NodeBalance balance = works.balance("2025-01-01", "2026-01-01");
  EXPECT_FALSE(balance.is_checked());
  EXPECT_FALSE(balance.over());
  EXPECT_NE(node_balance_words(balance).find("not checked: 1 of what was there or came in has no"),
            std::string::npos);
}

TEST(NodeBalance, WhatWasTakenBackNeverLeftAndACrateWeighsWhatItHolds) {
  Works works;
  const StateRef stone = works.stone_at_f1("2025-02-10", 10'000'000);
  Recorded made = works.split("F1", {stone}, {works.weighed(tiles("T", 100), 9'000'000)});
  made.on("2025-02-11");
  Recorded packed = works.pack("F1", {made.out()}, {crate("C", {{100, 0}})});
  packed.on("2025-02-12");
  Recorded sent = works.dispatch("F1", packed.outs(), "IA");
  sent.on("2025-02-13");
  EXPECT_TRUE(is(works.balance("2025-02-01", "2025-03-01").out, 9'000'000));
  Recorded undone = works.void_of(sent);
  undone.on("2025-02-14");
  const NodeBalance balance = works.balance("2025-02-01", "2025-03-01");
  EXPECT_TRUE(is(balance.out, 0));
  EXPECT_TRUE(is(balance.closing, 9'000'000));
}

}  // namespace
}  // namespace quarrymark::custody
