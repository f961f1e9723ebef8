// From a request to an appended event: what is found, made, remade and refused.
#include "ledger/base/text.h"
#include "ledger/record/numbers.h"
#include "ledger/record/resolver.h"
#include "node_fixture.h"

#include <sstream>

namespace quarrymark::record {
namespace {

using testing::Test;

bool contains(const std::string& text, std::string_view part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) ADD_FAILURE() << "expected \"" << part << "\" in: " << text;
  return found;
}

custody::Output current(TestNode& node, std::string_view name) {
  const auto item = show_item(node.node(), name);
  if (!item || item->current.size() != 1) {
    ADD_FAILURE() << name << ": "
                  << (item ? cat(item->current.size(), " states") : to_string(item.error()));
    return {};
  }
  return item->current.front().output;
}

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
  const auto trace = trace_back(node.node(), "B-1");
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
  EXPECT_FALSE(show_item(node.node(), "1/4"));
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
  EXPECT_FALSE(show_item(node.node(), "B-1"));
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
  EXPECT_EQ(show_item(node.node(), "B-1")->history.size(), 3U);
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
  const std::string slab = show_item(node.node(), "S")->item;
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

TEST(Guard, DecidesTheSameFromBytesAlone) {
  TestNode node;
  node.must_record(quarry_events());
  std::istringstream in(event("dispose", R"("inputs":["B-1"],"fields":{"reason":{"text":"x"}})"));
  const auto requests = read_requests(in);
  Resolver resolver(node.node(), node.log());
  auto prepared = resolver.resolve(requests->front().request);
  prepared->meaning.reset();
  auto forged = *prepared;
  forged.spends[0].hash[0] ^= 1;
  const auto refused = node.log().log->append({forged});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(contains(refused.error().message, "not that of its input"));
  auto incomplete = *prepared;
  incomplete.disclosures.pop_back();
  EXPECT_FALSE(node.log().log->append({incomplete}));
  EXPECT_TRUE(node.log().log->append({*prepared}));
}

}  // namespace
}  // namespace quarrymark::record
