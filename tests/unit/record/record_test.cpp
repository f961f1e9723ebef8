// From a request to an appended event: what is found, made, remade and refused.
#include "ledger/base/text.h"
#include "ledger/record/numbers.h"
#include "ledger/record/resolver.h"
#include "node_fixture.h"

#include <sstream>

namespace quarrymark::record {
namespace {

using testing::Test;

TEST(Record, DrawsNumbersAndSerials) {
  TestNode node;
  const Recorded recorded = node.must_record(quarry_events());
  ASSERT_EQ(recorded.events.size(), 3U);
  const custody::Output& block = recorded.events[1].outputs.at(0);
  EXPECT_TRUE(is_item_number(block.item));
  EXPECT_TRUE(is_serial(block.serial));
  EXPECT_EQ(recorded.events[1].receipt.index, 1U);
}

TEST(Record, FindsAnItemByNumberLabelAndAlias) {
  TestNode node;
  const auto block = node.must_record(quarry_events()).events[1].outputs.at(0);
  for (const std::string& name :
       {block.item, std::string("B-1"), cat("HTTPS://Q.EXAMPLE/Q/", block.item, "/", block.serial)})
    EXPECT_EQ(current(node, name).item, block.item);
}

TEST(Record, NamesItselfAsParty) {
  TestNode node("Pedreira Serra");
  node.must_record(quarry_events());
  const std::string passport = node.passport_of("extract-1");
  EXPECT_FALSE(passport.empty());
  const auto trace = trace::trace_back(node.node(), "B-1");
  ASSERT_TRUE(trace);
  EXPECT_EQ(trace->steps.at(0).event.log_name, "Pedreira Serra");
  EXPECT_EQ(trace->steps.at(0).event.site, "Serra");
}

TEST(Record, CountsAliases) {
  TestNode node;
  node.must_record(quarry_events());
  node.must_record(event(
      "split", R"("inputs":["B-1"],"outputs":[{"kind":"slab","aliases":["1/{n}"],"count":3}])"));
  for (const std::string_view name : {"1/1", "1/2", "1/3"})
    EXPECT_EQ(current(node, name).amount, 1);
  EXPECT_FALSE(trace::show_item(node.node(), "1/4"));
}

TEST(Record, LeavesTheRemainderOfABatch) {
  TestNode node;
  node.must_record(batch_event("T", 264));
  const std::string item = current(node, "T").item;
  node.must_record(event(
      "pack",
      R"("inputs":[{"item":"T","amount":44}],"outputs":[{"kind":"crate","aliases":["C"],"contents":[{"in":0,"amount":44}]}])"));
  EXPECT_EQ(current(node, "T").amount, 220);
  EXPECT_EQ(current(node, "T").item, item);
}

TEST(Record, EachLineSeesTheLinesBefore) {
  TestNode node;
  node.must_record(
      quarry_events() +
      event("split", R"("inputs":["B-1"],"outputs":[{"kind":"slab","aliases":["S"]}])") +
      event("dispose", R"("inputs":["S"],"fields":{"reason":{"text":"broken"}})"));
  EXPECT_TRUE(contains(
      node.refusal(event("dispose", R"("inputs":["S"],"fields":{"reason":{"text":"again"}})")),
      "was spent by dispose of 2025-03-25, entry 4"));
}

TEST(Record, AFileIsRecordedWhollyOrNotAtAll) {
  TestNode node;
  EXPECT_TRUE(
      contains(node.refusal(quarry_events() +
                            event("split", R"("inputs":["B-9"],"outputs":[{"kind":"slab"}])")),
               "line 4: inputs[0]: nothing known here answers to"));
  EXPECT_EQ(node.size(), 0U);
  EXPECT_FALSE(trace::show_item(node.node(), "B-1"));
}

TEST(Record, RefusesWhatWasSpentNamingTheSpender) {
  TestNode node;
  node.must_record(batch_event("T", 10));
  node.must_record(event(
      "pack", R"("inputs":["T"],"outputs":[{"kind":"crate","contents":[{"in":0,"amount":10}]}])"));
  EXPECT_TRUE(contains(
      node.refusal(event("dispose", R"("inputs":["T"],"fields":{"reason":{"text":"lost"}})")),
      "\"T\" was spent by pack of 2025-03-25, entry 1"));
}

TEST(Record, RefusesAnAmbiguousAlias) {
  TestNode node;
  node.must_record(batch_event("T", 10) + batch_event("T", 20));
  EXPECT_TRUE(contains(
      node.refusal(event("dispose", R"("inputs":["T"],"fields":{"reason":{"text":"lost"}})")),
      "stands for 2 items held here"));
}

TEST(Record, RefusesDrawingMoreThanThereIs) {
  TestNode node;
  node.must_record(batch_event("T", 10));
  EXPECT_TRUE(contains(
      node.refusal(event(
          "pack",
          R"("inputs":[{"item":"T","amount":11}],"outputs":[{"kind":"crate","contents":[{"in":0,"amount":11}]}])")),
      "line 1: inputs[0].amount: expected at most the 10 piece"));
}

TEST(Record, RefusesContentsThatAreNotWhatWasDrawn) {
  TestNode node;
  node.must_record(batch_event("T", 10));
  EXPECT_TRUE(contains(
      node.refusal(
          event("pack",
                R"("inputs":["T"],"outputs":[{"kind":"crate","contents":[{"in":0,"amount":9}]}])")),
      "contents add up to 9"));
  EXPECT_TRUE(contains(
      node.refusal(event(
          "pack",
          R"("inputs":["T"],"outputs":[{"kind":"crate","contents":[{"in":3,"amount":10}]}])")),
      "expected an input from 0 to 0, got 3"));
}

TEST(Record, RefusesTheSameInputTwice) {
  TestNode node;
  node.must_record(batch_event("T", 10));
  const std::string item = current(node, "T").item;
  EXPECT_TRUE(
      contains(node.refusal(event(
                   "split", cat(R"("inputs":[{"item":"T","amount":2},{"item":")", item,
                                R"(","amount":3}],"outputs":[{"kind":"batch","amount":5}])"))),
               "is the same item as inputs[0]"));
}

TEST(Record, RefusesAnItemNumberThatIsInUse) {
  TestNode node;
  const std::string item = draw_item_number();
  const std::string text = cat(R"({"type":"acquire","outputs":[{"kind":"block","item":")", item,
                               R"("}],"fields":{"source":{"seller":"a yard"}}})");
  node.must_record(text);
  EXPECT_EQ(current(node, item).item, item);
  EXPECT_TRUE(contains(node.refusal(text), "there is an item"));
}

TEST(Record, RefusesNamesThatNobodyAnswersTo) {
  TestNode node;
  node.must_record(quarry_events());
  EXPECT_TRUE(contains(
      node.refusal(event("dispatch", R"("inputs":["B-1"],"fields":{"to":{"log":"Nobody"}})")),
      "fields.to.log: no log known here is called"));
  EXPECT_TRUE(contains(
      node.refusal(event(
          "acquire",
          R"("outputs":[{"kind":"slab"}],"fields":{"source":{"seller":"S"},"site":{"site":"Elsewhere"}})")),
      "fields.site.site: no site known here"));
  EXPECT_TRUE(contains(
      node.refusal(event("attest", R"("fields":{"kind":"confirm","about":{"event":"key:none"}})")),
      "fields.about.event: nothing was recorded in this log under the key"));
  EXPECT_TRUE(
      contains(node.refusal(event("attest", R"("fields":{"kind":"confirm","about":{"item":"X"}})")),
               "fields.about.item"));
  EXPECT_TRUE(
      contains(node.refusal(event(
                   "attest", R"("fields":{"kind":"hold","about":{"sightings":["sighting:x"]}})")),
               "no sighting known here"));
}

TEST(Record, RefusesASiteNameThatTwoSitesBear) {
  TestNode node;
  const std::string site =
      event("site", R"("fields":{"site":{"kind":"yard","name":"Yard","country":"NL"}})");
  node.must_record(site + site);
  EXPECT_TRUE(contains(
      node.refusal(event(
          "acquire",
          R"("outputs":[{"kind":"slab"}],"fields":{"source":{"seller":"S"},"site":{"site":"Yard"}})")),
      "2 sites known here are called"));
}

class Words final : public NameSource {
 public:
  Result<std::vector<std::string>> find(NameKind kind, std::string_view name) const override {
    if (kind == NameKind::kSighting && name == "sighting:here")
      return std::vector{std::string(43, 'A')};
    if (kind == NameKind::kDevice && name == "device:X") return std::vector{std::string(43, 'A')};
    return std::vector<std::string>();
  }
};

TEST(Record, AsksACallersSourceForSightingsAndDevices) {
  TestNode node;
  const Words words;
  node.must_record(
      event("attest", R"("fields":{"kind":"hold","about":{"sightings":["sighting:here"]}})") +
          event("device", R"("fields":{"enrol":"device:X"})"),
      &words);
  EXPECT_TRUE(contains(node.refusal(event("device", R"("fields":{"enrol":"device:Y"})"), &words),
                       "fields.enrol: no device known here"));
}

TEST(Idempotency, TheSameKeyGivesTheFirstReceipt) {
  TestNode node;
  const Recorded first = node.must_record(quarry_events());
  const Recorded again = node.must_record(quarry_events());
  EXPECT_EQ(node.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_TRUE(again.events[i].receipt.replayed);
    EXPECT_EQ(again.events[i].receipt.event, first.events[i].receipt.event);
    EXPECT_EQ(again.events[i].receipt.index, i);
  }
}

TEST(Idempotency, AKeyStandsForOneContent) {
  TestNode node;
  node.must_record(
      event("site", R"("key":"k","fields":{"site":{"kind":"yard","name":"A","country":"NL"}})"));
  const std::string other =
      event("site", R"("key":"k","fields":{"site":{"kind":"yard","name":"B","country":"NL"}})");
  EXPECT_TRUE(contains(node.refusal(other), "other content"));
  const std::string fresh =
      event("site", R"("key":"k2","fields":{"site":{"kind":"yard","name":"A","country":"NL"}})");
  EXPECT_TRUE(contains(
      node.refusal(
          fresh +
          event("site",
                R"("key":"k2","fields":{"site":{"kind":"yard","name":"B","country":"NL"}})")),
      "line 2: key"));
}

TEST(Idempotency, AKeyTwiceInOneFileIsOneEvent) {
  TestNode node;
  const std::string line =
      event("site", R"("key":"k","fields":{"site":{"kind":"yard","name":"A","country":"NL"}})");
  const Recorded recorded = node.must_record(line + line);
  EXPECT_EQ(node.size(), 1U);
  EXPECT_EQ(recorded.events[0].receipt.event, recorded.events[1].receipt.event);
}

TEST(Idempotency, AFileHalfRecordedBeforeIsCompleted) {
  TestNode node;
  node.must_record(quarry_events());
  const std::string more =
      event("split", R"("key":"saw","inputs":["B-1"],"outputs":[{"kind":"slab","aliases":["S"]}])");
  node.must_record(quarry_events() + more);
  EXPECT_EQ(node.size(), 4U);
  node.must_record(quarry_events() + more);
  EXPECT_EQ(node.size(), 4U);
}

}  // namespace
}  // namespace quarrymark::record
