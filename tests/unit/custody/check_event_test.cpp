// What is refused when an event is recorded. Every refusal says which field, expected and got.
#include "ledger/custody/rules.h"
#include "tests/support/cases.h"

namespace quarrymark::custody {
namespace {

const Origin kOwn = GraphBuilder::log("own"), kOther = GraphBuilder::log("other");

EventId event_number(int number) {
  EventId id;
  id.hash[0] = static_cast<std::uint8_t>(number);
  return id;
}

// An event and what it consumes; every input is of an event of its own unless said otherwise.
struct Attempt {
  explicit Attempt(EventType type) {
    event.type = type;
    event.log = kOwn;
    if (type == EventType::kDispatch) event.to = Shown<To>::of({kOther, "", ""});
  }
  Attempt& takes(Output output, std::int64_t drawn = 0, EventType made_in = EventType::kExtract) {
    InputState input;
    input.state = {event_number(static_cast<int>(inputs.size()) + 1), 0};
    input.made_by = kOwn;
    input.made_in = made_in;
    event.inputs.push_back({input.state, drawn == 0 ? output.amount : drawn});
    input.output = std::move(output);
    inputs.push_back(std::move(input));
    return *this;
  }
  Attempt& takes_record(EventType of = EventType::kSplit) {
    InputState input;
    input.state = {event_number(static_cast<int>(inputs.size()) + 1), kRecordOut};
    input.made_by = kOwn;
    input.made_in = of;
    input.record = true;
    event.inputs.push_back({input.state, 0});
    inputs.push_back(std::move(input));
    return *this;
  }
  Attempt& makes(Output output) {
    event.outputs.emplace_back(std::move(output));
    return *this;
  }
  Attempt& sent(std::size_t input, Origin by, Origin to, std::string name = "") {
    inputs[input].made_in = EventType::kDispatch;
    inputs[input].made_by = std::move(by);
    inputs[input].to = To{std::move(to), "", std::move(name)};
    return *this;
  }
  Status check() const { return check_event(event, inputs); }
  Event event;
  std::vector<InputState> inputs;
};

void expect_fine(const Attempt& attempt) {
  const Status status = attempt.check();
  EXPECT_TRUE(status) << to_string(status.error());
}

void expect_refused(const Attempt& attempt, Errc code, std::string_view field,
                    std::string_view message) {
  const Status status = attempt.check();
  ASSERT_FALSE(status) << "expected: " << message;
  EXPECT_EQ(status.error().code, code) << to_string(status.error());
  EXPECT_EQ(status.error().field, field);
  EXPECT_NE(status.error().message.find(message), std::string::npos) << status.error().message;
}

// For each type: inputs that are items, none of them, outputs, none of them, a record first.
struct TypeShape {
  EventType type;
  bool items, no_items, outputs, no_outputs, record;
};
constexpr TypeShape kShapes[] = {
    {EventType::kExtract, false, true, true, false, false},
    {EventType::kSplit, true, false, true, false, false},
    {EventType::kPack, true, false, true, false, false},
    {EventType::kUnpack, true, false, true, false, false},
    {EventType::kDispatch, true, false, true, false, false},
    {EventType::kReceive, true, true, true, false, false},
    {EventType::kAcquire, false, true, true, false, false},
    {EventType::kAccept, true, true, false, true, false},
    {EventType::kDispose, true, false, true, true, false},
    {EventType::kLabel, true, false, true, false, false},
    {EventType::kAttest, false, true, false, true, false},
    {EventType::kCorrect, true, true, true, true, true},
    {EventType::kVoid, true, true, true, true, true},
    {EventType::kDocument, false, true, false, true, false},
    {EventType::kContract, false, true, false, true, false},
    {EventType::kSite, false, true, false, true, false},
    {EventType::kAdmit, false, true, false, true, false},
    {EventType::kRevoke, false, true, false, true, true},
    {EventType::kRotate, false, true, false, true, false},
    {EventType::kDevice, false, true, false, true, false},
    {EventType::kErase, false, true, false, true, false},
};

class Shapes : public testing::TestWithParam<TypeShape> {
 protected:
  // The attempt with the given parts and everything else as the type wants it.
  static Attempt attempt(const TypeShape& shape, bool items, bool outputs) {
    Attempt made(shape.type);
    const EventType before =
        shape.type == EventType::kReceive ? EventType::kDispatch : EventType::kExtract;
    if (shape.record)
      made.takes_record(shape.type == EventType::kRevoke ? EventType::kAdmit : EventType::kSplit);
    if (items) {
      made.takes(crate("C", {}), 0, before);
      if (before == EventType::kDispatch) made.sent(made.inputs.size() - 1, kOther, kOwn);
      if (shape.record) made.inputs.back().state = {made.inputs.front().state.event, 0};
    }
    const bool remakes = shape.type == EventType::kDispatch || shape.type == EventType::kReceive ||
                         shape.type == EventType::kLabel || shape.type == EventType::kCorrect;
    if (outputs)
      made.makes(remakes || items ? crate(remakes ? "C" : "D", {{1, 0}}) : crate("D", {{1, 0}}));
    if (shape.type == EventType::kAccept && !items)
      made.event.accept = Shown<Acceptance>::of({"refused"});
    return made;
  }
};

TEST_P(Shapes, TakesAndMakesWhatItsTypeDoes) {
  const TypeShape& shape = GetParam();
  const bool items = !shape.no_items, outputs = !shape.no_outputs;
  expect_fine(attempt(shape, items, outputs));
  if (!shape.items)
    expect_refused(attempt(shape, true, outputs), Errc::kInvalidArgument, "inputs",
                   "consumes no items, got 1");
  if (!shape.no_items)
    expect_refused(attempt(shape, false, outputs), Errc::kInvalidArgument, "inputs",
                   "needs at least one item");
  if (!shape.outputs)
    expect_refused(attempt(shape, items, true), Errc::kInvalidArgument, "outputs",
                   "makes no items, got 1");
  if (!shape.no_outputs) {
    EXPECT_FALSE(attempt(shape, items, false).check());
  }
}

TEST_P(Shapes, TakesARecordOnlyWhereItUndoes) {
  const TypeShape& shape = GetParam();
  if (shape.record) {
    Attempt without = attempt(shape, false, false);
    without.inputs.clear();
    without.event.inputs.clear();
    expect_refused(without, Errc::kInvalidArgument, "inputs",
                   "needs the record of the event it names");
    Attempt two = attempt(shape, false, false);
    two.takes_record();
    expect_refused(two, Errc::kInvalidArgument, "inputs[1]", "does not consume the record");
  } else {
    Attempt with = attempt(shape, false, !shape.no_outputs);
    with.takes_record();
    expect_refused(with, Errc::kInvalidArgument, "inputs[0]", "does not consume the record");
  }
}

INSTANTIATE_TEST_SUITE_P(CheckEvent, Shapes, testing::ValuesIn(kShapes), [](const auto& shape) {
  return std::string(event_type_name(shape.param.type));
});

TEST(CheckEvent, TheTableOfShapesNamesEveryType) {
  EXPECT_EQ(std::size(kShapes), entry::kEventTypes.size());
}

TEST(CheckEvent, AnItemFirstWhereARecordBelongsIsRefused) {
  expect_refused(Attempt(EventType::kVoid).takes(block("B")), Errc::kInvalidArgument, "inputs[0]",
                 "first consumes the record");
}

TEST(CheckEvent, AnotherLogsStateIsRefusedWithItsHolder) {
  Attempt attempt(EventType::kSplit);
  attempt.takes(block("B")).makes(slab("S", {100, 100, 20}));
  attempt.inputs[0].made_by = kOther;
  expect_refused(attempt, Errc::kRefused, "inputs[0]",
                 cat("is held by ", kOther, ", not by this log"));
}

TEST(CheckEvent, WhatWasSentIsTheReceiversUnlessVoided) {
  const auto with = [](EventType type, Origin by, Origin to, std::string name = "") {
    Attempt attempt(type);
    if (type == EventType::kVoid) attempt.takes_record(EventType::kDispatch);
    attempt.takes(block("B")).makes(block("B"));
    attempt.sent(attempt.inputs.size() - 1, std::move(by), std::move(to), std::move(name));
    if (type == EventType::kVoid) attempt.inputs[1].state = {attempt.inputs[0].state.event, 0};
    return attempt;
  };
  expect_fine(with(EventType::kReceive, kOther, kOwn));
  expect_fine(with(EventType::kVoid, kOwn, kOther));
  expect_refused(with(EventType::kReceive, kOwn, kOther), Errc::kRefused, "inputs[0]",
                 cat("is held by ", kOther));
  expect_refused(with(EventType::kDispatch, kOwn, kOther), Errc::kRefused, "inputs[0]",
                 "is held by");
  expect_refused(with(EventType::kVoid, kOther, kOther), Errc::kRefused, "inputs[1]", "is held by");
  expect_refused(with(EventType::kReceive, kOther, "", "A. Mason"), Errc::kRefused, "inputs[0]",
                 "A. Mason (a name without a log)");
}

TEST(CheckEvent, DrawingMoreThanAStateHoldsIsRefused) {
  const auto draw = [](std::int64_t amount) {
    return Attempt(EventType::kSplit)
        .takes(tiles("A", 10), amount)
        .makes(tiles("P", 4))
        .makes(tiles("A", 10 - amount));
  };
  expect_fine(draw(4));
  expect_refused(draw(11), Errc::kRefused, "inputs[0].amount",
                 "expected at most the 10 piece it holds, got 11");
}

TEST(CheckEvent, OnlySplitAndPackDrawAPart) {
  for (const EventType type : {EventType::kDispatch, EventType::kUnpack, EventType::kDispose,
                               EventType::kLabel, EventType::kAccept})
    expect_refused(
        Attempt(type).takes(tiles("A", 10), 4).makes(tiles("A", 10)),
        type == EventType::kAccept ? Errc::kInvalidArgument : Errc::kRefused,
        type == EventType::kAccept ? "outputs" : "inputs[0].amount",
        type == EventType::kAccept ? "makes no items" : "takes the whole: expected 10, got 4");
}

TEST(CheckEvent, ARemakeIsTrueToItsInput) {
  const auto remake = [](Output output) {
    return Attempt(EventType::kLabel).takes(tiles("A", 10)).makes(std::move(output));
  };
  expect_fine(remake(tiles("A", 10)));
  expect_refused(remake(tiles("B", 10)), Errc::kRefused, "outputs[0]",
                 "is not the item, kind, amount of its input A");
  expect_refused(remake(tiles("A", 11)), Errc::kRefused, "outputs[0]", "is not the item");
  Output crate_a = crate("A", {});
  expect_refused(remake(crate_a), Errc::kRefused, "outputs[0]", "is not the item");
  expect_refused(remake(tiles("A", 10)).makes(tiles("A", 10)), Errc::kInvalidArgument, "outputs",
                 "expected one output for each of the 1 inputs, got 2");
}

TEST(CheckEvent, OnlyALabelEventReplacesALabel) {
  const auto with = [](EventType type, std::string_view before, std::string_view after) {
    Attempt attempt(type);
    attempt.takes(labelled(block("B"), before)).makes(labelled(block("B"), after));
    if (type == EventType::kReceive) attempt.sent(0, kOther, kOwn);
    return attempt;
  };
  expect_fine(with(EventType::kLabel, "OLDOLDOL", "NEWNEWNE"));
  expect_fine(with(EventType::kReceive, "", "NEWNEWNE"));
  for (const EventType type : {EventType::kReceive, EventType::kDispatch}) {
    expect_refused(with(type, "OLDOLDOL", "NEWNEWNE"), Errc::kRefused, "outputs[0].serial",
                   "expected label OLDOLDOL, got NEWNEWNE");
    expect_refused(with(type, "OLDOLDOL", ""), Errc::kRefused, "outputs[0].serial", "got none");
  }
}

TEST(CheckEvent, ACorrectionRestatesAnAmountButNotWhatTheThingIs) {
  const auto correct = [](Output after) {
    Attempt attempt(EventType::kCorrect);
    attempt.takes_record().takes(tiles("A", 10)).makes(std::move(after));
    attempt.inputs[1].state = {attempt.inputs[0].state.event, 0};
    return attempt;
  };
  expect_fine(correct(tiles("A", 8)));
  expect_refused(correct(tiles("B", 10)), Errc::kRefused, "outputs[0]",
                 "is not the item, kind of its input A");
  expect_refused(correct(crate("A", {})), Errc::kRefused, "outputs[0]", "is not the item");
}

TEST(CheckEvent, WhatIsTakenBackIsOfTheEventUndoneAndAscends) {
  const auto undo = [](std::vector<std::pair<int, std::int32_t>> states) {
    Attempt attempt(EventType::kVoid);
    attempt.takes_record();
    for (const auto& [event, out] : states) {
      attempt.takes(slab("S", {100, 100, 20}));
      attempt.inputs.back().state = {event_number(event), out};
    }
    return attempt.makes(block("B"));
  };
  expect_fine(undo({{1, 0}, {1, 1}}));
  expect_refused(undo({{1, 1}, {1, 0}}), Errc::kInvalidArgument, "inputs[2]",
                 "expected outputs in ascending order, got 0 after 1");
  expect_refused(undo({{2, 0}}), Errc::kInvalidArgument, "inputs[1]",
                 "output of the event whose record");
}

TEST(CheckEvent, AVoidNamesTheEventWhoseRecordItSpends) {
  Attempt attempt(EventType::kVoid);
  attempt.takes_record(EventType::kAcquire);
  attempt.event.voids = Shown<EventId>::of(attempt.inputs[0].state.event);
  expect_fine(attempt);
  attempt.event.voids = Shown<EventId>::of(event_number(9));
  expect_refused(attempt, Errc::kRefused, "fields.voids", "another event");
}

TEST(CheckEvent, AReceiveIsNotVoidedAndOnlyAnAdmitIsRevoked) {
  expect_refused(Attempt(EventType::kVoid).takes_record(EventType::kReceive), Errc::kRefused,
                 "inputs[0]", "a receive is not voided");
  expect_fine(Attempt(EventType::kRevoke).takes_record(EventType::kAdmit));
  expect_fine(Attempt(EventType::kRevoke).takes_record(EventType::kCorrect));
  expect_refused(Attempt(EventType::kRevoke).takes_record(EventType::kSplit), Errc::kRefused,
                 "inputs[0]", "expected the record of an admit, got that of split");
}

TEST(CheckEvent, OnlyWhatWasDispatchedIsReceived) {
  expect_refused(Attempt(EventType::kReceive).takes(block("B")).makes(block("B")),
                 Errc::kInvalidArgument, "inputs[0]",
                 "expected something dispatched, got what a extract made");
}

TEST(CheckEvent, APartDrawLeavesItsRemainder) {
  const auto part = [](Output rest) {
    return Attempt(EventType::kSplit)
        .takes(tiles("A", 10), 4)
        .makes(tiles("P", 4))
        .makes(std::move(rest));
  };
  expect_fine(part(tiles("A", 6)));
  expect_refused(part(tiles("A", 5)), Errc::kRefused, "inputs[0]",
                 "must leave the remainder of 6 piece");
  expect_refused(part(tiles("B", 6)), Errc::kRefused, "inputs[0]", "must leave the remainder");
  expect_refused(part(loose("A", 6)), Errc::kRefused, "inputs[0]", "must leave the remainder");
}

TEST(CheckEvent, NoItemIsMadeTwiceOrAnew) {
  expect_refused(Attempt(EventType::kExtract).makes(block("B")).makes(block("B")), Errc::kRefused,
                 "outputs[1]", "item B is made twice");
  expect_refused(Attempt(EventType::kSplit).takes(block("B")).makes(block("B")), Errc::kRefused,
                 "outputs[0]", "item B is consumed here and cannot be made anew");
  Attempt hidden(EventType::kExtract);
  hidden.event.outputs.emplace_back();
  expect_refused(hidden, Errc::kInvalidArgument, "outputs[0]", "is not disclosed");
}

TEST(CheckEvent, PortionsDoNotAddUpToMoreThanWasDrawn) {
  const auto portions = [](std::int64_t first, std::int64_t second) {
    return Attempt(EventType::kSplit)
        .takes(tiles("A", 10))
        .makes(tiles("P", first))
        .makes(tiles("Q", second));
  };
  expect_fine(portions(4, 6));
  expect_refused(portions(5, 6), Errc::kRefused, "outputs[0]",
                 "portions add up to 11 piece, but only 10 were drawn");
  // Another size is a product, which physics doubts and the rules do not.
  expect_fine(
      Attempt(EventType::kSplit).takes(tiles("A", 10)).makes(tiles("P", 40, {300, 200, 60})));
}

TEST(CheckEvent, APackHoldsExactlyWhatWasDrawn) {
  const auto pack = [](std::vector<Content> contents) {
    return Attempt(EventType::kPack).takes(tiles("A", 10)).makes(crate("C", std::move(contents)));
  };
  expect_fine(pack({{10, 0}}));
  expect_refused(pack({{9, 0}}), Errc::kRefused, "inputs[0]",
                 "contents add up to 9 piece, but 10 were drawn");
  expect_refused(pack({{11, 0}}), Errc::kRefused, "inputs[0]", "contents add up to 11");
  expect_refused(pack({{10, 1}}), Errc::kInvalidArgument, "outputs[0].contents.in",
                 "expected an input from 0 to 0, got 1");
  expect_refused(pack({}), Errc::kInvalidArgument, "outputs[0].contents", "missing");
  expect_refused(Attempt(EventType::kPack).takes(tiles("A", 10)).makes(tiles("P", 10)),
                 Errc::kInvalidArgument, "outputs[0].kind", "makes crates and bundles, got batch");
}

TEST(CheckEvent, ADispatchSaysToWhomAndALateOneMakesNothing) {
  Attempt nobody(EventType::kDispatch);
  nobody.event.to = Shown<To>::absent();
  expect_refused(nobody.takes(block("B")).makes(block("B")), Errc::kInvalidArgument, "fields.to",
                 "missing");
  const auto late = [](std::vector<std::int64_t> outs) {
    Attempt attempt(EventType::kDispatch);
    attempt.event.received = Shown<Received>::of({event_number(9), std::move(outs)});
    return attempt.takes(block("B"));
  };
  expect_fine(late({0}));
  expect_refused(late({0, 1}), Errc::kInvalidArgument, "fields.received.outs",
                 "expected one output for each of the 1 inputs, got 2");
  expect_refused(late({0}).makes(block("B")), Errc::kInvalidArgument, "outputs",
                 "a late dispatch has no outputs");
}

TEST(CheckEvent, ARefusalConsumesNothingAndAnAcceptanceSomething) {
  const auto accept = [](std::string_view result, bool items) {
    Attempt attempt(EventType::kAccept);
    attempt.event.accept = Shown<Acceptance>::of({std::string(result)});
    if (items) attempt.takes(block("B"));
    return attempt;
  };
  expect_fine(accept("accepted", true));
  expect_fine(accept("refused", false));
  expect_refused(accept("refused", true), Errc::kInvalidArgument, "inputs",
                 "a refusal consumes nothing");
  expect_refused(accept("accepted", false), Errc::kInvalidArgument, "inputs",
                 "accept needs at least one item");
}

TEST(Remainder, KeepsTheThingAndSharesTheMass) {
  Output batch = tiles("A", 3);
  batch.measure.mass = 10;
  const Output rest = remainder_of(batch, 1);
  EXPECT_EQ(rest.amount, 2);
  EXPECT_EQ(rest.measure.mass, 6);
  EXPECT_EQ(rest.item, "A");
  batch.measure.mass = (std::int64_t{1} << 53) - 1;
  batch.amount = (std::int64_t{1} << 53) - 1;
  EXPECT_EQ(remainder_of(batch, 1).measure.mass, (std::int64_t{1} << 53) - 2);
  batch.measure.mass = 1;
  batch.amount = 100;
  EXPECT_EQ(remainder_of(batch, 50).measure.mass, std::nullopt);
}

}  // namespace
}  // namespace quarrymark::custody
