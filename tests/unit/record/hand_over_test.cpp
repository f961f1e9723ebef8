// Passports out of one node and into the next: what becomes spendable, what is refused.
#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/json/writer.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/verify.h"
#include "node_fixture.h"

#include <algorithm>
#include <sstream>

namespace quarrymark::record {
namespace {

Result<AcceptedPassports> take_in(TestNode& node, const std::string& passport) {
  const std::string_view view = passport;
  return accept_passports(node.node(), std::span(&view, 1));
}

passport::Checked check(const std::string& passport) {
  const std::string_view view = passport;
  return passport::check_passports(std::span(&view, 1), passport::Trust{});
}

// The value of the first field of that name, as JSON.
std::string field_in(const std::string& passport, std::string_view name) {
  const auto parsed = passport::parse_passport(passport);
  if (parsed)
    for (const passport::Packet& packet : parsed->packets)
      for (const auto& disclosures : packet.disclosures)
        for (const std::string& text : disclosures)
          if (const auto field = entry::parse_disclosure(text); field && field->name == name)
            return json::write(field->value);
  ADD_FAILURE() << "no " << name;
  return {};
}

std::vector<custody::EventType> types_in(const std::string& passport) {
  const passport::Checked checked = check(passport);
  EXPECT_TRUE(checked.findings.empty());
  std::vector<custody::EventType> types;
  for (const custody::Event& each : checked.evidence.events) types.push_back(each.type);
  std::sort(types.begin(), types.end());
  return types;
}

class HandOver : public testing::Test {
 protected:
  HandOver() {
    quarry_.knows(factory_);
    factory_.knows(importer_);
    quarry_.must_record(quarry_events());
  }
  void dispatch_blocks() {
    quarry_.must_record(event(
        "dispatch",
        R"("key":"d","inputs":["B-1","B-2"],"fields":{"to":{"log":"Factory"},"transport":{"vehicle":"lorry"}})"));
  }

  TestNode quarry_{"Quarry"}, factory_{"Factory", "factory", "CN"},
      importer_{"Importer", "importer", "NL"};
};

TEST_F(HandOver, MakesGoodsSpendableForTheReceiver) {
  dispatch_blocks();
  const AcceptedPassports accepted = quarry_.hand_over(factory_, "d");
  ASSERT_EQ(accepted.arrived.size(), 2U);
  EXPECT_EQ(accepted.arrived[0].from, quarry_.log().record.origin);
  factory_.must_record(
      event("receive", R"("key":"r","inputs":["B-1"],"outputs":[{"measure":{"mass":20400000}}])") +
      event("split",
            R"("inputs":["B-1"],"outputs":[{"kind":"slab","count":4,"aliases":["S{n}"]}])"));
  const auto trace = trace::trace_back(factory_.node(), "S1");
  ASSERT_TRUE(trace);
  ASSERT_EQ(trace->steps.size(), 4U);
  EXPECT_EQ(trace->steps[3].event.type, custody::EventType::kExtract);
  EXPECT_EQ(trace->steps[3].event.log, quarry_.log().record.origin);
}

TEST_F(HandOver, TheReceiverCannotSpendBeforeThePassportCame) {
  dispatch_blocks();
  EXPECT_TRUE(
      contains(factory_.refusal(event("receive", R"("inputs":["B-1"])")), "nothing known here"));
}

TEST_F(HandOver, TheSenderCannotSpendWhatItDispatched) {
  dispatch_blocks();
  EXPECT_TRUE(
      contains(quarry_.refusal(event("split", R"("inputs":["B-1"],"outputs":[{"kind":"slab"}])")),
               "\"B-1\" is held by Factory"));
}

TEST_F(HandOver, AThirdPartyCannotSpendWhatItOnlySees) {
  dispatch_blocks();
  quarry_.hand_over(importer_, "d");
  EXPECT_TRUE(contains(importer_.refusal(event("receive", R"("inputs":["B-1"])")), "is held by"));
}

TEST_F(HandOver, GoodsForANameCannotBeSpentByAnybody) {
  quarry_.must_record(
      event("dispatch", R"("key":"d","inputs":["B-1"],"fields":{"to":{"name":"a builder"}})"));
  quarry_.hand_over(factory_, "d");
  EXPECT_TRUE(contains(factory_.refusal(event("receive", R"("inputs":["B-1"])")), "a builder"));
  EXPECT_TRUE(contains(
      quarry_.refusal(event("dispose", R"("inputs":["B-1"],"fields":{"reason":{"text":"x"}})")),
      "a builder"));
}

TEST_F(HandOver, TakingAPassportInTwiceChangesNothing) {
  dispatch_blocks();
  quarry_.hand_over(factory_, "d");
  factory_.must_record(event("receive", R"("inputs":["B-1","B-2"])"));
  const AcceptedPassports again = quarry_.hand_over(factory_, "d");
  EXPECT_TRUE(again.arrived.empty());
  EXPECT_EQ(again.packets + again.entries + again.disclosures, 0U);
  EXPECT_TRUE(
      contains(factory_.refusal(event("receive", R"("inputs":[")" +
                                                     trace::show_item(quarry_.node(), "B-1")->item +
                                                     R"("],"outputs":[{},{}])")),
               "expected one for each"));
}

TEST_F(HandOver, MoreDisclosuresOfAKnownEntryAddUp) {
  dispatch_blocks();
  const std::string full = quarry_.passport_of("d");
  auto cut = *passport::parse_passport(full);
  std::size_t dropped = 0;
  for (passport::Packet& packet : cut.packets)
    for (auto& disclosures : packet.disclosures)
      std::erase_if(disclosures, [&](const std::string& text) {
        const bool drop = entry::parse_disclosure(text)->name == "stone";
        dropped += drop ? 1 : 0;
        return drop;
      });
  ASSERT_GT(dropped, 0U);
  ASSERT_TRUE(take_in(factory_, passport::write_passport(cut)));
  const auto more = take_in(factory_, full);
  ASSERT_TRUE(more) << to_string(more.error());
  EXPECT_EQ(more->disclosures, dropped);
  EXPECT_EQ(more->entries, 0U);
}

TEST_F(HandOver, RefusesAPassportWithAWrongProof) {
  dispatch_blocks();
  auto wrong = *passport::parse_passport(quarry_.passport_of("d"));
  wrong.packets[0].entries[0][wrong.packets[0].entries[0].find("2025-01-01") + 3] = '4';
  const auto refused = take_in(factory_, passport::write_passport(wrong));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kRefused);
  EXPECT_FALSE(trace::show_item(factory_.node(), "B-1")) << "nothing of it is kept";
  EXPECT_FALSE(take_in(factory_, "{}"));
  EXPECT_FALSE(take_in(factory_, ""));
}

TEST_F(HandOver, TheWholeChainGoesOnWithoutTheQuarry) {
  dispatch_blocks();
  quarry_.hand_over(factory_, "d");
  factory_.must_record(
      event("receive", R"("inputs":["B-1","B-2"])") +
      event(
          "split",
          R"("key":"saw","inputs":["B-1"],"outputs":[{"kind":"slab","count":4,"aliases":["S{n}"]}])") +
      event("dispatch", R"("key":"out","inputs":["S1","S2"],"fields":{"to":{"log":"Importer"}})"));
  factory_.hand_over(importer_, "out");
  importer_.must_record(event("receive", R"("key":"in","inputs":["S1","S2"])"));
  const std::string passport = importer_.passport_of("in");
  using enum custody::EventType;
  EXPECT_EQ(types_in(passport),
            (std::vector{kExtract, kSplit, kDispatch, kDispatch, kReceive, kReceive, kSite}));
  const passport::Checked checked = check(passport);
  for (const custody::Event& each : checked.evidence.events) {
    if (each.type == kSplit) {
      for (const auto& output : each.outputs) EXPECT_TRUE(output) << "a balance needs every slab";
    }
    if (each.type == kDispatch && each.log == quarry_.log().record.origin) {
      EXPECT_FALSE(each.outputs.at(1)) << "the other block is nobody's business here";
    }
  }
}

TEST_F(HandOver, TransportIsShownOnlyWhenAskedFor) {
  dispatch_blocks();
  const auto states = states_of_event(quarry_.node(), quarry_.log(), "d");
  const auto has_transport = [&](bool include) {
    const auto exported = export_passport(quarry_.node(), *states, {include});
    const passport::Passport passport = *passport::parse_passport(exported->passport);
    for (const passport::Packet& packet : passport.packets)
      for (const auto& disclosures : packet.disclosures)
        for (const std::string& text : disclosures)
          if (entry::parse_disclosure(text)->name == "transport") return true;
    return false;
  };
  EXPECT_FALSE(has_transport(false));
  EXPECT_TRUE(has_transport(true));
}

TEST_F(HandOver, ADispatchNotReceivedCanBeVoided) {
  dispatch_blocks();
  quarry_.must_record(event(
      "void",
      R"("key":"back","fields":{"voids":{"event":"key:d"},"reason":{"text":"lorry broke down"}})"));
  quarry_.hand_over(factory_, "back");
  EXPECT_TRUE(contains(factory_.refusal(event("receive", R"("inputs":["B-1"])")), "is held by"));
  quarry_.must_record(event("split", R"("inputs":["B-1"],"outputs":[{"kind":"slab"}])"));
}

TEST_F(HandOver, OfAPartReceivedDispatchTheRestComesBack) {
  dispatch_blocks();
  quarry_.hand_over(factory_, "d");
  factory_.must_record(event("receive", R"("key":"r","inputs":["B-1"])"));
  factory_.hand_over(quarry_, "r");  // the sender learns what was received
  quarry_.must_record(event(
      "void", R"("key":"back","fields":{"voids":{"event":"key:d"},"reason":{"text":"fell off"}})"));
  EXPECT_EQ(trace::show_item(quarry_.node(), "B-2")->current.front().holder,
            quarry_.log().record.origin);
  EXPECT_TRUE(contains(
      quarry_.refusal(event("dispose", R"("inputs":["B-1"],"fields":{"reason":{"text":"x"}})")),
      "B-1"));
  EXPECT_TRUE(check(quarry_.passport_of("back")).findings.empty());
}

TEST_F(HandOver, ALateDispatchJoinsAOneSidedReceive) {
  factory_.must_record(event(
      "receive",
      R"("key":"r","outputs":[{"kind":"block","aliases":["X-1"],"label":true}],"fields":{"source":{"seller":"Quarry"}})"));
  const Recorded received = factory_.must_record(event(
      "receive",
      R"("key":"r","outputs":[{"kind":"block","aliases":["X-1"],"label":true}],"fields":{"source":{"seller":"Quarry"}})"));
  factory_.hand_over(quarry_, "r");
  quarry_.must_record(event(
      "dispatch",
      cat(R"("key":"late","inputs":["B-1"],"fields":{"to":{"log":"Factory"},"received":{"event":")",
          received.events[0].receipt.event.text(), R"(","outs":[0]}})")));
  const std::vector<std::string> keys{"late"};
  const auto evidence = export_events(quarry_.node(), quarry_.log(), keys);
  ASSERT_TRUE(evidence) << to_string(evidence.error());
  const auto extract = quarry_.passport_of("extract-1");
  ASSERT_TRUE(take_in(factory_, evidence->passport));
  ASSERT_TRUE(take_in(factory_, extract));
  const std::string passport = factory_.passport_of("r");
  using enum custody::EventType;
  const auto types = types_in(passport);
  EXPECT_NE(std::find(types.begin(), types.end(), kDispatch), types.end());
  EXPECT_NE(std::find(types.begin(), types.end(), kExtract), types.end());
}

TEST_F(HandOver, StatementsAboutTheChainTravelWithIt) {
  quarry_.must_record(
      event("attest", R"("fields":{"kind":"confirm","about":{"event":"key:extract-1"}})") +
      event("attest", R"("fields":{"kind":"hold","about":{"item":"B-1"}})") +
      event("attest", R"("fields":{"kind":"hold","about":{"item":"B-2"}})") +
      event("correct", R"("fields":{"corrects":{"event":"key:extract-1"},"reason":{"text":"x"}})"));
  const auto states = find_states(quarry_.node(), quarry_.log(), std::vector<std::string>{"B-1"});
  ASSERT_TRUE(states);
  const auto exported = export_passport(quarry_.node(), *states);
  ASSERT_TRUE(exported) << to_string(exported.error());
  using enum custody::EventType;
  EXPECT_EQ(types_in(exported->passport),
            (std::vector{kExtract, kAttest, kAttest, kCorrect, kSite}));
}

TEST_F(HandOver, EvidenceIsAboutRecordStates) {
  quarry_.must_record(event(
      "attest", R"("key":"a","fields":{"kind":"confirm","about":{"event":"key:extract-1"}})"));
  const auto exported = export_event(quarry_.node(), quarry_.log(), "a");
  ASSERT_TRUE(exported) << to_string(exported.error());
  ASSERT_EQ(exported->items.size(), 1U);
  EXPECT_EQ(exported->items[0].out, entry::kRecordOut);
  EXPECT_EQ(exported->unnamed, std::vector{quarry_.log().record.origin});
  EXPECT_FALSE(export_event(quarry_.node(), quarry_.log(), "nothing"));
}

TEST_F(HandOver, RefusesToExportWhatIsNotHere) {
  EXPECT_EQ(export_passport(quarry_.node(), {}).error().code, Errc::kInvalidArgument);
  const custody::StateRef unknown{EventId{}, 0};
  EXPECT_EQ(export_passport(quarry_.node(), std::span(&unknown, 1)).error().code, Errc::kNotFound);
  EXPECT_FALSE(find_states(quarry_.node(), quarry_.log(), std::vector<std::string>{"B-9"}));
}

TEST(WhoIsInvolved, MayBeNamedByTheContacts) {
  TestNode node, agent("Example Agent", "agent", "IN");
  node.knows(agent);
  node.must_record(quarry_events());
  const auto sent = [](std::string_view log) {
    return event("dispatch", cat(R"("key":"d","inputs":["B-1"],"fields":{"to":{"name":"A buyer"},)",
                                 R"("involved":[{"log":")", log,
                                 R"(","name":"Example Agent","role":"agent"}]})"));
  };
  EXPECT_TRUE(contains(node.refusal(sent("Nobody Known")), "fields.involved[0].log: no "));
  node.must_record(sent("Example Agent"));
  EXPECT_TRUE(contains(field_in(node.passport_of("d"), "involved"), agent.log().record.origin));
}

// Two logs with the same keys: an operator who keeps two histories.
TEST(Inbox, RefusesTwoEntriesForOnePlaceNamingBoth) {
  const auto key = *crypto::SigningKey::generate();
  const ScratchDirectory one, two, reader_directory;
  ManualClock clock(UtcTime{1'735'689'600'000});
  std::vector<std::string> passports;
  for (const ScratchDirectory* directory : {&one, &two}) {
    ASSERT_TRUE(Node::create_log(directory->path(), "Q", "quarry operator", "PT", key));
    auto node = Node::open(directory->path(), clock);
    ASSERT_TRUE(node);
    std::istringstream in(quarry_events());
    ASSERT_TRUE(record_requests(**node, *(*node)->logs()[0], *read_requests(in)));
    const auto states = states_of_event(**node, *(*node)->logs()[0], "extract-1");
    passports.push_back(export_passport(**node, *states)->passport);
  }
  TestNode reader("R");
  ASSERT_TRUE(take_in(reader, passports[0]));
  const auto refused = take_in(reader, passports[1]);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kRefused);
  EXPECT_TRUE(contains(refused.error().message, "shows two"));
}

TEST(TwoLogsOfOneNode, HandOverWithoutAPassport) {
  const ScratchDirectory directory;
  ASSERT_TRUE(Node::create_log(directory.path(), "A", "quarry operator", "PT"));
  ASSERT_TRUE(Node::create_log(directory.path(), "B", "factory", "PT"));
  ManualClock clock(UtcTime{1'735'689'600'000});
  auto node = *Node::open(directory.path(), clock);
  const auto run = [&](std::string_view log, const std::string& text) {
    std::istringstream in(text);
    return record_requests(*node, **node->find_log(log), *read_requests(in));
  };
  ASSERT_TRUE(run(
      "A", quarry_events() + event("dispatch", R"("inputs":["B-1"],"fields":{"to":{"log":"B"}})")));
  ASSERT_TRUE(run("B", event("receive", R"("key":"r","inputs":["B-1"])")));
  const auto again = run("B", event("receive", R"("inputs":["B-1"])"));
  ASSERT_FALSE(again) << "goods are received once";
  EXPECT_TRUE(contains(again.error().message, "expected something dispatched"));
  const auto states = states_of_event(*node, **node->find_log("B"), "r");
  const auto exported = export_passport(*node, *states);
  ASSERT_TRUE(exported) << to_string(exported.error());
  EXPECT_EQ(passport::parse_passport(exported->passport)->packets.size(), 2U);
}

TEST(Trace, GoesForwardToEverythingThatWasMade) {
  TestNode node;
  node.must_record(
      quarry_events() +
      event("split",
            R"("inputs":["B-1"],"outputs":[{"kind":"slab","aliases":["S{n}"],"count":2}])") +
      event(
          "pack",
          R"("inputs":["S1"],"outputs":[{"kind":"crate","aliases":["C"],"contents":[{"in":0,"amount":1}]}])"));
  const auto trace = trace::trace_forward(node.node(), "B-1");
  ASSERT_TRUE(trace) << to_string(trace.error());
  ASSERT_EQ(trace->steps.size(), 2U);
  EXPECT_EQ(trace->steps[0].outputs.size(), 2U);
  EXPECT_EQ(trace->steps[1].event.type, custody::EventType::kPack);
  EXPECT_TRUE(trace->complete);
  EXPECT_FALSE(trace::trace_forward(node.node(), "B-1", {1})->complete);
  EXPECT_FALSE(trace::trace_back(node.node(), "nothing"));
}

}  // namespace
}  // namespace quarrymark::record
