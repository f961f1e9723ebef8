// Events whose proofs hold and whose shape does not: amounts, remaking, correcting, voiding.
#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>

#include <functional>

namespace quarrymark::passport {
namespace {

using support::Appended;
using support::Draft;
using support::item;
using support::Spent;
using support::TestLog;

json::Value to(const TestLog& log) { return json::Object{{"log", log.origin()}}; }

// A log with a batch, two blocks, and a dispatch of the blocks.
struct Yard {
  TestLog log{11}, other{12};
  Appended batch = log.append({.type = "acquire", .outputs = {item("B", "batch", 100)}});
  Appended blocks = log.append({.type = "acquire", .outputs = {item("X"), item("Y")}});
  Appended sent = log.append({.type = "dispatch",
                              .inputs = {blocks.state(0), blocks.state(1)},
                              .outputs = {item("X"), item("Y")},
                              .fields = {{"to", to(other)}}});

  void add(const Draft& draft) { log.append(draft); }
  Appended one_sided() {
    return other.append({.type = "receive", .outputs = {item("B", "batch", 100)}});
  }
};

struct ShapeCase {
  const char* name;
  bool good;
  std::function<void(Yard&)> record;
};

Spent drawing(Spent spent, std::int64_t amount) {
  spent.amount = amount;
  return spent;
}

Spent beyond(Spent spent) {
  spent.state.out = 5;
  return spent;
}

Appended correction(Yard& y, const Appended& of, std::vector<Spent> states,
                    std::vector<json::Value> outputs,
                    std::map<std::string, json::Value> fields = {}) {
  states.insert(states.begin(), of.record());
  return y.log.append({.type = "correct",
                       .inputs = std::move(states),
                       .outputs = std::move(outputs),
                       .fields = std::move(fields)});
}

Appended undoing(Yard& y, const Appended& of, std::vector<Spent> states,
                 std::vector<json::Value> outputs) {
  states.insert(states.begin(), of.record());
  return y.log.append({.type = "void", .inputs = std::move(states), .outputs = std::move(outputs)});
}

const ShapeCase kInputs[] = {
    {"DrawingAPart", true,
     [](Yard& y) {
       y.add({.type = "split",
              .inputs = {drawing(y.batch.state(0), 60)},
              .outputs = {item("C", "batch", 60), item("B", "batch", 40)}});
     }},
    {"DrawingMoreThanAStateHolds", false,
     [](Yard& y) {
       y.add({.type = "split",
              .inputs = {drawing(y.batch.state(0), 101)},
              .outputs = {item("C", "batch", 101)}});
     }},
    {"DrawingTwoOfOneBlock", false,
     [](Yard& y) { y.add({.type = "dispose", .inputs = {drawing(y.sent.state(0), 2)}}); }},
    {"AnOutputTheEventDoesNotHave", false,
     [](Yard& y) { y.add({.type = "dispose", .inputs = {beyond(y.batch.state(0))}}); }},
    {"AnEventThatIsNotShown", true,
     [](Yard& y) {
       Spent unknown = y.batch.state(0);
       unknown.state.event.hash[0] ^= 1;
       y.add({.type = "dispose", .inputs = {beyond(unknown)}});
     }},
    {"ARecordInAnEventThatSpendsNone", false,
     [](Yard& y) { y.add({.type = "dispose", .inputs = {y.batch.record()}}); }},
    {"ContentsWithinTheInputs", true,
     [](Yard& y) {
       json::Value crate = item("K", "crate");
       crate.if_object()->emplace_back("contents",
                                       json::Array{json::Object{{"amount", 100}, {"in", 0}}});
       y.add({.type = "pack", .inputs = {y.batch.state(0)}, .outputs = {crate}});
     }},
    {"ContentsOfAnInputThatIsNotThere", false,
     [](Yard& y) {
       json::Value crate = item("K", "crate");
       crate.if_object()->emplace_back("contents",
                                       json::Array{json::Object{{"amount", 100}, {"in", 1}}});
       y.add({.type = "pack", .inputs = {y.batch.state(0)}, .outputs = {crate}});
     }},
    {"AnAttestThatConsumes", false,
     [](Yard& y) { y.add({.type = "attest", .inputs = {y.batch.state(0)}}); }},
    {"AnEraseThatConsumes", false,
     [](Yard& y) { y.add({.type = "erase", .inputs = {y.batch.state(0)}}); }},
    {"ARefusalThatConsumes", false,
     [](Yard& y) {
       y.add({.type = "accept",
              .inputs = {y.batch.state(0)},
              .fields = {{"accept", json::Object{{"result", "refused"}}}}});
     }},
};

const ShapeCase kRemaking[] = {
    {"ALabelOfABatch", true,
     [](Yard& y) {
       y.add({.type = "label", .inputs = {y.batch.state(0)}, .outputs = {item("B", "batch", 100)}});
     }},
    {"ALabelThatLosesItsItem", false,
     [](Yard& y) { y.add({.type = "label", .inputs = {y.batch.state(0)}}); }},
    {"ALabelThatMakesAnItem", false,
     [](Yard& y) {
       y.add({.type = "label",
              .inputs = {y.batch.state(0)},
              .outputs = {item("B", "batch", 100), item("Z")}});
     }},
    {"ALabelOnAnotherItem", false,
     [](Yard& y) {
       y.add({.type = "label", .inputs = {y.batch.state(0)}, .outputs = {item("C", "batch", 100)}});
     }},
    {"ALabelOnAnotherAmount", false,
     [](Yard& y) {
       y.add({.type = "label", .inputs = {y.batch.state(0)}, .outputs = {item("B", "batch", 99)}});
     }},
    {"ALabelOnAnotherUnit", false,
     [](Yard& y) {
       y.add({.type = "label",
              .inputs = {y.batch.state(0)},
              .outputs = {item("B", "batch", 100, "g")}});
     }},
    {"ALabelOnAnotherKind", false,
     [](Yard& y) {
       y.add({.type = "label", .inputs = {y.sent.state(0)}, .outputs = {item("X", "slab")}});
     }},
    {"ADispatchInAnotherOrder", false,
     [](Yard& y) {
       y.add({.type = "dispatch",
              .inputs = {y.blocks.state(0), y.blocks.state(1)},
              .outputs = {item("Y"), item("X")},
              .fields = {{"to", to(y.other)}}});
     }},
    {"AReceiveOfWhatArrived", true,
     [](Yard& y) {
       y.other.append({.type = "receive", .inputs = {y.sent.state(1)}, .outputs = {item("Y")}});
     }},
    {"AReceiveThatLosesWhatItConsumed", false,
     [](Yard& y) {
       y.other.append({.type = "receive",
                       .inputs = {y.sent.state(0), y.sent.state(1)},
                       .outputs = {item("X")}});
     }},
    {"AReceiveWithoutDispatch", true, [](Yard& y) { y.one_sided(); }},
    {"ALateDispatch", true,
     [](Yard& y) {
       const Appended receive = y.one_sided();
       y.add({.type = "dispatch",
              .inputs = {y.batch.state(0)},
              .fields = {{"to", to(y.other)},
                         {"received",
                          json::Object{{"event", receive.id.text()}, {"outs", json::Array{0}}}}}});
     }},
    {"ADispatchThatMakesNothing", false,
     [](Yard& y) {
       y.add({.type = "dispatch", .inputs = {y.batch.state(0)}, .fields = {{"to", to(y.other)}}});
     }},
    {"ADispatchToNobody", false,
     [](Yard& y) {
       y.add({.type = "dispatch",
              .inputs = {y.batch.state(0)},
              .outputs = {item("B", "batch", 100)}});
     }},
    {"AnExtractThatConsumes", false,
     [](Yard& y) {
       y.add({.type = "extract", .inputs = {y.batch.state(0)}, .outputs = {item("Z")}});
     }},
    {"AnAcquireThatConsumes", false,
     [](Yard& y) {
       y.add({.type = "acquire", .inputs = {y.batch.state(0)}, .outputs = {item("Z")}});
     }},
    {"ALateDispatchWithOutputs", false,
     [](Yard& y) {
       const Appended receive = y.one_sided();
       y.add({.type = "dispatch",
              .inputs = {y.batch.state(0)},
              .outputs = {item("B", "batch", 100)},
              .fields = {{"to", to(y.other)},
                         {"received",
                          json::Object{{"event", receive.id.text()}, {"outs", json::Array{0}}}}}});
     }},
    {"ALateDispatchOfTwoForOne", false,
     [](Yard& y) {
       const Appended receive = y.one_sided();
       y.add({.type = "dispatch",
              .inputs = {y.batch.state(0), y.sent.state(0)},
              .fields = {{"to", to(y.other)},
                         {"received",
                          json::Object{{"event", receive.id.text()}, {"outs", json::Array{0}}}}}});
     }},
    {"ALateDispatchBeyondTheReceive", false,
     [](Yard& y) {
       const Appended receive = y.one_sided();
       y.add({.type = "dispatch",
              .inputs = {y.batch.state(0)},
              .fields = {{"to", to(y.other)},
                         {"received",
                          json::Object{{"event", receive.id.text()}, {"outs", json::Array{1}}}}}});
     }},
    {"ALateDispatchForSomethingThatIsNoReceive", false,
     [](Yard& y) {
       y.add({.type = "dispatch",
              .inputs = {y.batch.state(0)},
              .fields = {{"to", to(y.other)},
                         {"received",
                          json::Object{{"event", y.blocks.id.text()}, {"outs", json::Array{0}}}}}});
     }},
};

const ShapeCase kCorrecting[] = {
    {"ACorrectedAmount", true,
     [](Yard& y) { correction(y, y.batch, {y.batch.state(0)}, {item("B", "batch", 90)}); }},
    {"ACorrectionOfACorrection", true,
     [](Yard& y) {
       const auto first = correction(y, y.batch, {y.batch.state(0)}, {item("B", "batch", 90)});
       correction(y, first, {first.state(0)}, {item("B", "batch", 95)});
     }},
    {"ACorrectionOfFieldsAlone", true, [](Yard& y) { correction(y, y.batch, {}, {}); }},
    {"ACorrectionWithoutRecord", false,
     [](Yard& y) {
       y.add(
           {.type = "correct", .inputs = {y.batch.state(0)}, .outputs = {item("B", "batch", 90)}});
     }},
    {"ACorrectionOfNothing", false, [](Yard& y) { y.add({.type = "correct"}); }},
    {"ACorrectedItem", false,
     [](Yard& y) { correction(y, y.batch, {y.batch.state(0)}, {item("C", "batch", 100)}); }},
    {"ACorrectedKind", false,
     [](Yard& y) { correction(y, y.batch, {y.batch.state(0)}, {item("B", "block")}); }},
    {"ACorrectionThatDropsAnOutput", false,
     [](Yard& y) { correction(y, y.batch, {y.batch.state(0)}, {}); }},
    {"ACorrectionThatTakesInAnotherEvent", false,
     [](Yard& y) { correction(y, y.blocks, {y.batch.state(0)}, {item("B", "batch", 100)}); }},
    {"ACorrectionInAnotherOrder", false,
     [](Yard& y) {
       correction(y, y.sent, {y.sent.state(1), y.sent.state(0)}, {item("Y"), item("X")});
     }},
    {"ACorrectionThatKeepsTheReceiver", true,
     [](Yard& y) {
       correction(y, y.sent, {y.sent.state(0)}, {item("X")}, {{"to", to(y.other)}});
     }},
    {"ACorrectionOfTheReceiver", false,
     [](Yard& y) {
       correction(y, y.sent, {y.sent.state(0)}, {item("X")}, {{"to", to(y.log)}});
     }},
    {"ALaterCorrectionOfTheReceiver", false,
     [](Yard& y) {
       const auto first = correction(y, y.sent, {y.sent.state(0)}, {item("X")});
       correction(y, first, {first.state(0)}, {item("X")}, {{"to", to(y.log)}});
     }},
    {"ARecordThatIsNotFirst", false,
     [](Yard& y) {
       y.add({.type = "correct",
              .inputs = {y.batch.record(), y.blocks.record()},
              .outputs = {item("B", "batch", 90)}});
     }},
};

const ShapeCase kVoiding[] = {
    {"AVoidOfAnAcquire", true, [](Yard& y) { undoing(y, y.batch, {y.batch.state(0)}, {}); }},
    {"AVoidThatNamesWhatItSpends", true,
     [](Yard& y) {
       y.add({.type = "void",
              .inputs = {y.batch.record(), y.batch.state(0)},
              .fields = {{"voids", json::Object{{"event", y.batch.id.text()}}}}});
     }},
    {"AVoidThatNamesAnotherEventThanItSpends", false,
     [](Yard& y) {
       y.add({.type = "void",
              .inputs = {y.batch.record(), y.batch.state(0)},
              .fields = {{"voids", json::Object{{"event", y.blocks.id.text()}}}}});
     }},
    {"AVoidThatLeavesAnOutput", false, [](Yard& y) { undoing(y, y.batch, {}, {}); }},
    {"AVoidThatMakesAnItem", false,
     [](Yard& y) { undoing(y, y.batch, {y.batch.state(0)}, {item("B", "batch", 100)}); }},
    {"AVoidWithoutRecord", false,
     [](Yard& y) { y.add({.type = "void", .inputs = {y.batch.state(0)}}); }},
    {"AVoidOfADispatch", true,
     [](Yard& y) {
       undoing(y, y.sent, {y.sent.state(0), y.sent.state(1)}, {item("X"), item("Y")});
     }},
    {"AVoidOfWhatStayedOnTheWay", true,
     [](Yard& y) { undoing(y, y.sent, {y.sent.state(1)}, {item("Y")}); }},
    {"AVoidOfWhatStayedOnTheWayAfterACorrection", true,
     [](Yard& y) {
       const auto fixed = correction(y, y.sent, {y.sent.state(1)}, {item("Y")});
       undoing(y, fixed, {fixed.state(0)}, {item("Y")});
     }},
    {"AVoidThatBringsBackAnother", false,
     [](Yard& y) { undoing(y, y.sent, {y.sent.state(1)}, {item("X")}); }},
    {"AVoidThatBringsBackAnotherAfterACorrection", false,
     [](Yard& y) {
       const auto fixed = correction(y, y.sent, {y.sent.state(1)}, {item("Y")});
       undoing(y, fixed, {fixed.state(0)}, {item("X")});
     }},
    {"AVoidThatBringsBackNothing", false,
     [](Yard& y) {
       undoing(y, y.sent, {y.sent.state(0), y.sent.state(1)}, {});
     }},
    {"AVoidThatBringsBackMore", false,
     [](Yard& y) {
       const auto split = y.log.append(
           {.type = "split", .inputs = {y.batch.state(0)}, .outputs = {item("C", "batch", 100)}});
       undoing(y, split, {split.state(0)}, {item("B", "batch", 101)});
     }},
    {"AVoidOfASplit", true,
     [](Yard& y) {
       const auto split =
           y.log.append({.type = "split",
                         .inputs = {y.batch.state(0)},
                         .outputs = {item("C", "batch", 50), item("D", "batch", 50)}});
       undoing(y, split, {split.state(0), split.state(1)}, {item("B", "batch", 100)});
     }},
    {"AVoidInAnotherOrder", false,
     [](Yard& y) {
       undoing(y, y.sent, {y.sent.state(1), y.sent.state(0)}, {item("Y"), item("X")});
     }},
    {"AVoidOfACorrectedSplit", true,
     [](Yard& y) {
       const auto split = y.log.append(
           {.type = "split", .inputs = {y.batch.state(0)}, .outputs = {item("C", "batch", 100)}});
       const auto fixed = correction(y, split, {split.state(0)}, {item("C", "batch", 90)});
       undoing(y, fixed, {fixed.state(0)}, {item("B", "batch", 100)});
     }},
    {"AVoidOfAReceive", false,
     [](Yard& y) {
       const auto receive =
           y.other.append({.type = "receive", .inputs = {y.sent.state(0)}, .outputs = {item("X")}});
       y.other.append({.type = "void",
                       .inputs = {receive.record(), receive.state(0)},
                       .outputs = {item("X")}});
     }},
    {"ARevokeOfAnAdmit", true,
     [](Yard& y) {
       const auto admit = y.log.append({.type = "admit"});
       y.add({.type = "revoke", .inputs = {admit.record()}});
     }},
    {"ARevokeOfSomethingElse", false,
     [](Yard& y) { y.add({.type = "revoke", .inputs = {y.batch.record()}}); }},
    {"ARevokeOfNothing", false, [](Yard& y) { y.add({.type = "revoke"}); }},
};

class EventShape : public testing::TestWithParam<ShapeCase> {};

TEST_P(EventShape, IsJudged) {
  Yard yard;
  GetParam().record(yard);
  std::vector<const TestLog*> logs = {&yard.log};
  if (yard.other.size() > 0) logs.push_back(&yard.other);
  const Checked checked = check(passport_of(logs), Trust());
  EXPECT_EQ(first_code(checked), GetParam().good ? "" : "malformed") << described(checked);
  EXPECT_LE(checked.findings.size(), 1u) << described(checked);
}

std::string shape_name(const testing::TestParamInfo<ShapeCase>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Inputs, EventShape, testing::ValuesIn(kInputs), shape_name);
INSTANTIATE_TEST_SUITE_P(Remaking, EventShape, testing::ValuesIn(kRemaking), shape_name);
INSTANTIATE_TEST_SUITE_P(Correcting, EventShape, testing::ValuesIn(kCorrecting), shape_name);
INSTANTIATE_TEST_SUITE_P(Voiding, EventShape, testing::ValuesIn(kVoiding), shape_name);

}  // namespace
}  // namespace quarrymark::passport
