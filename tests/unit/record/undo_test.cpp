// What takes back, replaces or undoes an event, and what the guard lets through.
#include "ledger/base/text.h"
#include "ledger/record/numbers.h"
#include "ledger/record/resolver.h"
#include "node_fixture.h"

#include <sstream>

namespace quarrymark::record {
namespace {

using testing::Test;

TEST(Correct, RemakesTheOutputsHeldAndCanBeRepeated) {
  TestNode node;
  node.must_record(quarry_events());
  const std::string correct = event(
      "correct",
      R"("outputs":[{"measure":{"mass":19000000}}],"fields":{"corrects":{"event":"key:extract-1"},"reason":{"text":"weighed again"}})");
  const std::string item = current(node, "B-1").item;
  node.must_record(correct);
  EXPECT_EQ(current(node, "B-1").measure.mass, 19000000);
  EXPECT_EQ(current(node, "B-1").measure.gross, (custody::Dimensions{2800, 1700, 1600}))
      << "carries over";
  EXPECT_EQ(current(node, "B-1").item, item);
  node.must_record(correct);
  EXPECT_EQ(trace::show_item(node.node(), "B-1")->history.size(), 3U);
  EXPECT_FALSE(node.passport_of("extract-1").empty());
}

TEST(Correct, WorksWithinTheSameFile) {
  TestNode node;
  node.must_record(
      quarry_events() +
      event(
          "correct",
          R"("outputs":[{"aliases":["B-1a"]}],"fields":{"corrects":{"event":"key:extract-1"},"reason":{"text":"painted wrong"}})"));
  EXPECT_EQ(current(node, "B-1a").serial.size(), 8U);
  EXPECT_TRUE(contains(
      node.refusal(event("dispose", R"("inputs":["B-1"],"fields":{"reason":{"text":"x"}})")),
      "B-1"));
}

TEST(Correct, RefusesWrongTargetsAndCounts) {
  TestNode node;
  node.must_record(quarry_events());
  EXPECT_TRUE(contains(
      node.refusal(event(
          "correct",
          R"("outputs":[{},{}],"fields":{"corrects":{"event":"key:extract-1"},"reason":{"text":"x"}})")),
      "expected one for each of the 1"));
  EXPECT_TRUE(contains(
      node.refusal(event("correct", cat(R"("fields":{"corrects":{"event":")", std::string(43, 'A'),
                                        R"("},"reason":{"text":"x"}})"))),
      "fields.corrects.event: no event"));
}

TEST(Void, GivesBackWhatWasConsumed) {
  TestNode node;
  node.must_record(
      quarry_events() +
      event(
          "split",
          R"("key":"saw","inputs":["B-1"],"outputs":[{"kind":"slab","aliases":["S{n}"],"count":2}])"));
  node.must_record(
      event("void", R"("fields":{"voids":{"event":"key:saw"},"reason":{"text":"not sawn"}})"));
  EXPECT_EQ(current(node, "B-1").kind, custody::ItemKind::kBlock);
  EXPECT_TRUE(contains(
      node.refusal(event("dispose", R"("inputs":["S1"],"fields":{"reason":{"text":"x"}})")),
      "was spent by void"));
  EXPECT_TRUE(
      contains(node.refusal(event(
                   "void", R"("fields":{"voids":{"event":"key:saw"},"reason":{"text":"again"}})")),
               "was undone by void"));
  node.must_record(event("split", R"("inputs":["B-1"],"outputs":[{"kind":"slab"}])"));
}

TEST(Void, TakesBackACorrectedEvent) {
  TestNode node;
  node.must_record(
      quarry_events() +
      event("split",
            R"("key":"saw","inputs":["B-1"],"outputs":[{"kind":"slab","aliases":["S"]}])") +
      event("correct", R"("fields":{"corrects":{"event":"key:saw"},"reason":{"text":"x"}})") +
      event("void",
            R"("key":"undo","fields":{"voids":{"event":"key:saw"},"reason":{"text":"y"}})"));
  EXPECT_EQ(current(node, "B-1").kind, custody::ItemKind::kBlock);
  EXPECT_FALSE(node.passport_of("undo").empty());
}

TEST(Void, GivesBackTheWholeOfAPartDraw) {
  TestNode node;
  node.must_record(
      batch_event("T", 10) +
      event(
          "pack",
          R"("key":"pack","inputs":[{"item":"T","amount":4}],"outputs":[{"kind":"crate","aliases":["C"],"contents":[{"in":0,"amount":4}]}])"));
  node.must_record(event(
      "void", R"("key":"undo","fields":{"voids":{"event":"key:pack"},"reason":{"text":"x"}})"));
  EXPECT_EQ(current(node, "T").amount, 10);
  EXPECT_FALSE(node.passport_of("undo").empty());
}

TEST(Void, RefusesAnEventWhoseOutputsWereSpent) {
  TestNode node;
  node.must_record(
      quarry_events() +
      event(
          "split",
          R"("key":"saw","inputs":["B-1"],"outputs":[{"kind":"slab","aliases":["S{n}"],"count":2}])") +
      event("dispose", R"("inputs":["S2"],"fields":{"reason":{"text":"x"}})"));
  EXPECT_TRUE(
      contains(node.refusal(event(
                   "void", R"("fields":{"voids":{"event":"key:saw"},"reason":{"text":"y"}})")),
               "output 1 was spent by dispose"));
}

TEST(Void, RefusesToVoidAVoidOrAReceive) {
  TestNode node;
  node.must_record(
      quarry_events() +
      event("void",
            R"("key":"undo","fields":{"voids":{"event":"key:extract-1"},"reason":{"text":"x"}})") +
      event("receive", R"("key":"in","outputs":[{"kind":"block"}])"));
  EXPECT_TRUE(
      contains(node.refusal(event(
                   "void", R"("fields":{"voids":{"event":"key:undo"},"reason":{"text":"y"}})")),
               "not taken back"));
  EXPECT_TRUE(contains(
      node.refusal(event("void", R"("fields":{"voids":{"event":"key:in"},"reason":{"text":"y"}})")),
      "a receive is not voided"));
}

TEST(Label, BindsReplacesAndWithdraws) {
  TestNode node;
  node.must_record(quarry_events());
  const std::string first = current(node, "B-1").serial;
  const std::string item = current(node, "B-1").item;
  const std::string replace = event(
      "label",
      R"("key":"r1","inputs":["B-1"],"fields":{"label":{"action":"replace","old_serial":"recorded","reason":"torn"}})");
  node.must_record(replace);
  const std::string second = current(node, "B-1").serial;
  EXPECT_NE(first, second);
  EXPECT_TRUE(
      contains(node.refusal(event("dispose", cat(R"("inputs":["HTTPS://Q.X/Q/)", item, "/", first,
                                                 R"("],"fields":{"reason":{"text":"x"}})"))),
               "was replaced"));
  EXPECT_TRUE(contains(
      node.refusal(event(
          "label", cat(R"("inputs":["B-1"],"fields":{"label":{"action":"replace","old_serial":")",
                       first, R"("}})"))),
      "expected the serial on record"));
  EXPECT_TRUE(contains(
      node.refusal(event("label", R"("inputs":["B-1"],"fields":{"label":{"action":"bind"}})")),
      "has a label already"));
  node.must_record(event("label", R"("inputs":["B-1"],"fields":{"label":{"action":"withdraw"}})"));
  EXPECT_TRUE(current(node, "B-1").serial.empty());
  EXPECT_TRUE(contains(
      node.refusal(event("label", R"("inputs":["B-1"],"fields":{"label":{"action":"replace"}})")),
      "no label on record"));
  node.must_record(event("label", R"("inputs":["B-1"],"fields":{"label":{"action":"bind"}})"));
  EXPECT_EQ(current(node, "B-1").serial.size(), 8U);
}

TEST(Unpack, BringsBackWhatWasPacked) {
  TestNode node;
  node.must_record(
      batch_event("T", 10) +
      event("acquire",
            R"("outputs":[{"kind":"slab","aliases":["S"]}],"fields":{"source":{"seller":"x"}})") +
      event(
          "pack",
          R"("inputs":[{"item":"T","amount":4},"S"],"outputs":[{"kind":"crate","label":true,"aliases":["C"],"contents":[{"in":0,"amount":4},{"in":1,"amount":1}]}])"));
  const std::string slab = trace::show_item(node.node(), "S")->item;
  node.must_record(event("label", R"("inputs":["C"],"fields":{"label":{"action":"replace"}})"));
  const Recorded out = node.must_record(event("unpack", R"("key":"u","inputs":["C"])"));
  ASSERT_EQ(out.events[0].outputs.size(), 2U);
  EXPECT_EQ(out.events[0].outputs[0].amount, 4);
  EXPECT_NE(out.events[0].outputs[0].item, current(node, "T").item);
  EXPECT_EQ(out.events[0].outputs[1].item, slab);
  EXPECT_FALSE(node.passport_of("u").empty());
}

TEST(Unpack, RefusesWhatIsNoCrate) {
  TestNode node;
  node.must_record(quarry_events());
  EXPECT_TRUE(contains(node.refusal(event("unpack", R"("inputs":["B-1"])")), "say the outputs"));
}

TEST(Revoke, SpendsAnAdmissionOnce) {
  TestNode registrar("Register", "registrar", "NL");
  TestNode quarry;
  registrar.knows(quarry);
  registrar.must_record(
      event(
          "admit",
          R"("key":"a","fields":{"party":{"name":"Test Quarry"},"member":{"log":"Test Quarry","role":"quarry operator","country":"PT"}})") +
      event("site", R"("key":"s","fields":{"site":{"kind":"yard","name":"Y","country":"NL"}})"));
  EXPECT_TRUE(
      contains(registrar.refusal(event(
                   "revoke", R"("fields":{"about":{"event":"key:s"},"reason":{"text":"x"}})")),
               "expected an admit"));
  registrar.must_record(
      event("revoke", R"("fields":{"about":{"event":"key:a"},"reason":{"text":"closed"}})"));
  EXPECT_TRUE(
      contains(registrar.refusal(event(
                   "revoke", R"("fields":{"about":{"event":"key:a"},"reason":{"text":"x"}})")),
               "was undone by revoke"));
}

// Two resolvers saw the same open state; the guard lets one of them through.
TEST(Guard, RefusesWhatWasSpentSinceItWasResolved) {
  TestNode node;
  node.must_record(quarry_events());
  std::istringstream in(event("dispose", R"("inputs":["B-1"],"fields":{"reason":{"text":"x"}})"));
  const auto requests = read_requests(in);
  Resolver a(node.node(), node.log()), b(node.node(), node.log());
  auto first = a.resolve(requests->front().request);
  auto second = b.resolve(requests->front().request);
  ASSERT_TRUE(first && second);
  ASSERT_TRUE(node.log().log->append({*first}));
  const auto refused = node.log().log->append({*second});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kRefused);
  EXPECT_EQ(to_string(refused.error()),
            "[0].inputs[0]: already spent by dispose of 2025-03-25, entry 3");
}

TEST(Guard, SeesEarlierEventsOfItsOwnGroup) {
  TestNode node;
  node.must_record(quarry_events());
  std::istringstream in(event("dispose", R"("inputs":["B-1"],"fields":{"reason":{"text":"x"}})"));
  const auto requests = read_requests(in);
  Resolver a(node.node(), node.log()), b(node.node(), node.log());
  const auto refused = node.log().log->append(
      {*a.resolve(requests->front().request), *b.resolve(requests->front().request)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(node.size(), 3U);
  EXPECT_EQ(current(node, "B-1").amount, 1);
}

TEST(Guard, RefusesWhatNoResolverChecked) {
  TestNode node;
  node.must_record(quarry_events());
  std::istringstream in(event("dispose", R"("inputs":["B-1"],"fields":{"reason":{"text":"x"}})") +
                        event("dispose", R"("inputs":["B-2"],"fields":{"reason":{"text":"x"}})"));
  const auto requests = read_requests(in);
  Resolver resolver(node.node(), node.log());
  auto first = resolver.resolve((*requests)[0].request);
  auto second = resolver.resolve((*requests)[1].request);
  ASSERT_TRUE(first && second);
  log::Prepared unchecked = *first, swapped = *first, other_head = *first;
  unchecked.meaning.reset();
  swapped.meaning = second->meaning;
  other_head.head = second->head;
  for (const log::Prepared& bad : {unchecked, swapped, other_head})
    EXPECT_FALSE(node.log().log->append({bad}));
  EXPECT_EQ(node.size(), 3U);
  EXPECT_TRUE(node.log().log->append({*first, *second}));
}

}  // namespace
}  // namespace quarrymark::record
