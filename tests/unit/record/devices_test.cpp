// Devices: enrolment, events they build and sign, and everything such an event is held to.
#include "ledger/record/devices.h"

#include "ledger/base/text.h"
#include "ledger/passport/verify.h"
#include "ledger/record/numbers.h"
#include "phone.h"

#include <sstream>

namespace quarrymark::record {
namespace {

std::string line_of(std::string_view events, std::size_t number) {
  std::istringstream in{std::string(events)};
  std::string line;
  for (std::size_t i = 0; i <= number; ++i) std::getline(in, line);
  return line;
}

// A third block like the first: the event of the first stands in the log already.
std::string third_block() {
  std::string line = line_of(quarry_events(), 1);
  for (const auto& [from, to] :
       {std::pair<std::string_view, std::string_view>{"extract-1", "extract-3"},
        {"\"B-1\"", "\"B-3\""}})
    line.replace(line.find(from), from.size(), to);
  return line;
}

json::Value& member(json::Value& object, std::string_view name) { return *object.find(name); }

const std::string kDispose =
    event("dispose", R"("inputs":["B-1"],"fields":{"reason":{"text":"broke"}})");
const std::string kSplit = event(
    "split",
    R"("key":"s","inputs":["B-1"],"outputs":[{"kind":"batch","amount":40,"aliases":["T"],"measure":{"size":[600,400,60]}}],"fields":{"stone":{"name":"Minho Grey","family":"granite"}})");

// A quarry with two blocks on record.
struct Quarry : PhoneCase {
  Quarry() { quarry.must_record(quarry_events()); }
  void split() { must_record(built(kSplit)); }
};

TEST(ByHead, TakesWhateverAnItemEventWouldHaveBeen) {
  PhoneCase chain;
  TestNode other("Other", "factory", "PT");
  chain.quarry.knows(other);
  const std::vector<std::string> lines = {
      line_of(quarry_events(), 0),
      line_of(quarry_events(), 1),
      line_of(quarry_events(), 2),
      kSplit,
      event(
          "correct",
          R"("outputs":[{"measure":{"mass":19000000}}],"fields":{"corrects":{"event":"key:extract-2"},"reason":{"text":"weighed"}})"),
      event(
          "label",
          R"("inputs":["B-2"],"fields":{"label":{"action":"replace","old_serial":"recorded","reason":"torn"}})"),
      event(
          "split",
          R"("inputs":[{"item":"T","amount":15}],"outputs":[{"kind":"batch","amount":15,"aliases":["T15"],"measure":{"size":[600,400,60]}}])"),
      event(
          "pack",
          R"("key":"p","inputs":["T15"],"outputs":[{"kind":"crate","aliases":["C1"],"label":true,"contents":[{"in":0,"amount":15}]}])"),
      event("void", R"("fields":{"voids":{"event":"key:p"},"reason":{"text":"wrong crate"}})"),
      event(
          "pack",
          R"("key":"q","inputs":[{"item":"T15","amount":9}],"outputs":[{"kind":"crate","aliases":["C2"],"contents":[{"in":0,"amount":9}]}])"),
      event("unpack", R"("inputs":["C2"])"),
      event("dispatch", R"("key":"d","inputs":["T15"],"fields":{"to":{"log":"Other"}})"),
      event("void", R"("fields":{"voids":{"event":"key:d"},"reason":{"text":"not sent"}})"),
      event("dispatch", R"("key":"e","inputs":["T15"],"fields":{"to":{"name":"A buyer"}})"),
      event("attest", R"("fields":{"about":{"event":"key:e"},"kind":"confirm"})"),
      event(
          "document",
          R"("fields":{"about":{"event":"key:e"},"document":{"kind":"invoice","digest":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}})"),
      event(
          "acquire",
          R"("outputs":[{"kind":"block","aliases":["X"]}],"fields":{"source":{"seller":"a yard"}})"),
      event(
          "receive",
          R"("outputs":[{"kind":"block","aliases":["Y"]}],"fields":{"source":{"seller":"a yard"}})"),
      event("dispose", R"("inputs":["X"],"fields":{"reason":{"text":"broke"}})"),
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    SCOPED_TRACE(lines[i]);
    const auto recorded = chain.record(chain.built(lines[i]));
    ASSERT_TRUE(recorded) << to_string(recorded.error());
    EXPECT_EQ(recorded->events.front().receipt.index, i);
  }
  Overlay rows(chain.quarry.node().store());
  EXPECT_EQ(*last_number(rows, *log_id(chain.quarry.log().record.origin), key_text(chain.phone)),
            lines.size());
}

TEST(ByHead, TheSameAgainGivesTheFirstReceipt) {
  Quarry chain;
  BuiltRequest request = chain.built(kDispose);
  const auto first = chain.record(request);
  const auto again = chain.record(request);
  ASSERT_TRUE(first && again);
  EXPECT_TRUE(again->events[0].receipt.replayed);
  EXPECT_EQ(again->events[0].receipt.index, first->events[0].receipt.index);
  EXPECT_EQ(again->events[0].type, custody::EventType::kDispose);
  request.key = "another";
  EXPECT_FALSE(chain.record(request)) << "the event stands in the log already";
}

TEST(ByHead, AVoidGivesBackTheRightItems) {
  Quarry chain;
  chain.split();
  const std::string voiding =
      event("void", R"("fields":{"voids":{"event":"key:s"},"reason":{"text":"wrong"}})");
  EXPECT_TRUE(contains(chain.refusal(voiding,
                                     [](Parts& parts) {
                                       member(parts.values["out.0"], "item") = draw_item_number();
                                     }),
                       "outputs[0]: expected "));
  EXPECT_TRUE(contains(chain.refusal(voiding,
                                     [](Parts& parts) {
                                       json::Value& measure =
                                           member(parts.values["out.0"], "measure");
                                       member(measure, "mass") = 1;
                                     }),
                       "it changed"));
  EXPECT_TRUE(contains(chain.refusal(voiding,
                                     [](Parts& parts) {
                                       parts.values["out.1"] = parts.values["out.0"];
                                       parts.head.outputs = 2;
                                     }),
                       "expected the 1 items that are given back, got 2"));
  EXPECT_TRUE(contains(chain.refusal(voiding,
                                     [](Parts& parts) {
                                       parts.values.erase("out.0");
                                       parts.head.outputs = 0;
                                     }),
                       "got 0"));
  EXPECT_TRUE(contains(chain.refusal(voiding, [](Parts& parts) { parts.head.inputs.pop_back(); }),
                       "inputs"));
  chain.must_record(chain.built(voiding));
  chain.must_record(chain.built(kDispose));  // the block is back
}

TEST(ByHead, IsRefusedInAnotherLog) {
  Quarry chain;
  const BuiltRequest request = chain.built(kDispose);
  TestNode other("Other", "factory", "PT");
  const NumberedBuilt numbered{3, request};
  const auto replayed = record_built(other.node(), other.log(), {&numbered, 1});
  ASSERT_FALSE(replayed);
  EXPECT_EQ(replayed.error().code, Errc::kRefused);
  EXPECT_TRUE(
      contains(to_string(replayed.error()), "line 3: disclosures[0].log: was built for log"));
}

TEST(ByHead, NeedsTheSignatureOfAnEnrolledDevice) {
  Quarry chain;
  const BuiltRequest request = chain.built(kDispose);
  BuiltRequest unsigned_one = request;
  unsigned_one.disclosures.back() = chain.built(kSplit).disclosures.back();
  EXPECT_TRUE(contains(to_string(chain.record(unsigned_one).error()), "does not verify"));
  const auto stranger = *crypto::SigningKey::generate();
  Resolver resolver(chain.quarry.node(), chain.quarry.log(), nullptr, &chain.phone);
  std::istringstream in(kDispose);
  Parts parts = parts_of(*resolver.resolve(read_requests(in)->front().request));
  EXPECT_TRUE(contains(to_string(chain.record(build(parts, stranger)).error()), "is not enrolled"));
  parts.head.n = 0;
  EXPECT_TRUE(contains(to_string(chain.record(build(parts, chain.phone)).error()),
                       "disclosures[0].n: expected the device's number"));
  BuiltRequest without = request;
  without.disclosures.pop_back();
  EXPECT_TRUE(contains(to_string(chain.record(without).error()), "expected the head, its"));
}

TEST(ByHead, ANumberIsGivenOnceAndMayBeLeftOut) {
  Quarry chain;
  chain.split();
  EXPECT_TRUE(contains(
      chain.refusal(event("dispose", R"("inputs":["B-2"],"fields":{"reason":{"text":"x"}})"),
                    [](Parts& parts) { parts.head.n = 1; }),
      "gave number 1 to another event"));
  chain.must_record(
      chain.built(event("dispose", R"("inputs":["B-2"],"fields":{"reason":{"text":"x"}})"),
                  [](Parts& parts) { parts.head.n = 7; }));
  Overlay rows(chain.quarry.node().store());
  EXPECT_EQ(*last_number(rows, *log_id(chain.quarry.log().record.origin), key_text(chain.phone)),
            7u);
}

TEST(ByHead, TheGuardRefusesANumberThatWasGivenSince) {
  Quarry chain;
  Resolver a(chain.quarry.node(), chain.quarry.log()), b(chain.quarry.node(), chain.quarry.log());
  const auto first = a.resolve(chain.built(kDispose));
  const auto second = b.resolve(
      chain.built(event("dispose", R"("inputs":["B-2"],"fields":{"reason":{"text":"x"}})")));
  ASSERT_TRUE(first && second);
  const auto refused = chain.quarry.log().log->append({*first, *second});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(contains(refused.error().message, "gave number 1 to another event"));
  EXPECT_TRUE(chain.quarry.log().log->append({*first}));
}

struct Wrong {
  const char* what;
  std::string event;
  Edit edit;
  std::string_view expected;
};

TEST(ByHead, IsHeldToWhatAnItemEventIsHeldTo) {
  const std::string relabel = event(
      "label",
      R"("inputs":["B-1"],"fields":{"label":{"action":"replace","old_serial":"recorded","reason":"torn"}})");
  const std::string send =
      event("dispatch", R"("inputs":["B-1"],"fields":{"to":{"name":"A buyer"}})");
  const std::string portion = event(
      "split",
      R"("inputs":[{"item":"T","amount":15}],"outputs":[{"kind":"batch","amount":15,"aliases":["T15"],"measure":{"size":[600,400,60]}}])");
  const std::vector<Wrong> cases = {
      {"a field the type has not", kDispose,
       [](Parts& p) {
         p.values["saw"] = json::Object{{"axis", "l"}, {"kerf", 1}, {"thickness", 1}};
       },
       "is no field of dispose"},
      {"a field that must be there", kDispose, [](Parts& p) { p.values.erase("reason"); },
       "fields.reason: missing"},
      {"nobody who says it", kDispose, [](Parts& p) { p.values.erase("party"); },
       "fields.party: missing"},
      {"a value of another shape", kDispose,
       [](Parts& p) {
         p.values["reason"] = json::Object{{"text", 7}};
       },
       "fields.reason"},
      {"a type that is no event of people", kDispose,
       [](Parts& p) {
         p.head.type = "rotate";
         p.head.inputs.clear();
       },
       "does not record rotate"},
      {"a name for a site", third_block(),
       [](Parts& p) {
         p.values["site"] = json::Object{{"site", "Serra"}};
       },
       "fields.site"},
      {"a block without number", third_block(), [](Parts& p) { p.values.erase("block"); },
       "a block has a number"},
      {"an output without a number", third_block(),
       [](Parts& p) {
         p.values["out.0"] =
             json::Object{{"amount", 1}, {"item", ""}, {"kind", "block"}, {"unit", "piece"}};
       },
       "item"},
      {"an item number that is none", third_block(),
       [](Parts& p) { member(p.values["out.0"], "item") = "B-9"; }, "outputs[0].item"},
      {"a serial that is none", third_block(),
       [](Parts& p) { member(p.values["out.0"], "serial") = "short"; }, "outputs[0].serial"},
      {"a member nobody reads", third_block(),
       [](Parts& p) { p.values["out.0"].if_object()->emplace_back("zone", 1); },
       "members that an output has not"},
      {"another item sent than taken", send,
       [](Parts& p) { member(p.values["out.0"], "item") = draw_item_number(); }, "outputs[0]"},
      {"a label that changes on the way", send,
       [](Parts& p) { member(p.values["out.0"], "serial") = draw_serial(); }, "outputs[0]"},
      {"a relabel that keeps the serial", relabel,
       [](Parts& p) {
         member(p.values["out.0"], "serial") = *member(p.values["label"], "old_serial").if_string();
       },
       "outputs[0]"},
      {"a relabel that hides the old serial", relabel,
       [](Parts& p) { member(p.values["label"], "old_serial") = draw_serial(); },
       "fields.label.old_serial"},
      {"a relabel that changes the measure", relabel,
       [](Parts& p) { member(member(p.values["out.0"], "measure"), "mass") = 1; }, "outputs[0]"},
      {"more drawn than there is", portion, [](Parts& p) { p.head.inputs[0].amount = 41; },
       "inputs[0].amount"},
      {"a remainder that shrinks", portion,
       [](Parts& p) {
         for (auto& [name, value] : p.values)
           if (name.starts_with("out.") && *member(value, "amount").if_integer() == 25)
             member(value, "amount") = 24;
       },
       "remainder"},
      {"a remainder with another label", portion,
       [](Parts& p) {
         for (auto& [name, value] : p.values)
           if (name.starts_with("out.") && *member(value, "amount").if_integer() == 25)
             value.if_object()->insert(value.if_object()->end() - 1, {"serial", draw_serial()});
       },
       "outputs["},
      {"a state that nobody knows", kDispose,
       [](Parts& p) { p.head.inputs[0].state.event.hash[0] ^= 1; },
       "inputs[0]: no such state is known here"},
      {"the same state twice",
       event("dispose", R"("inputs":["B-1","B-2"],"fields":{"reason":{"text":"x"}})"),
       [](Parts& p) { p.head.inputs[1] = p.head.inputs[0]; }, "disclosures[0]"},
  };
  for (const Wrong& wrong : cases) {
    SCOPED_TRACE(wrong.what);
    Quarry chain;
    if (wrong.event == portion) chain.split();
    EXPECT_TRUE(contains(chain.refusal(wrong.event, wrong.edit), wrong.expected));
  }
}

TEST(ByHead, RefusesAnItemNumberThatIsInUse) {
  Quarry chain;
  const auto item = trace::show_item(chain.quarry.node(), "B-1");
  const std::string number = item->current.front().output.item;
  EXPECT_TRUE(
      contains(chain.refusal(third_block(),
                             [&](Parts& parts) { member(parts.values["out.0"], "item") = number; }),
               "there is an item"));
}

TEST(ByHead, RefusesWhatWasSpentOrIsHeldByAnother) {
  Quarry chain;
  const BuiltRequest request = chain.built(kDispose);
  chain.quarry.must_record(kSplit);
  EXPECT_TRUE(contains(to_string(chain.record(request).error()), "inputs[0]: was spent by split"));
  TestNode other("Other", "factory", "PT");
  chain.quarry.knows(other);
  chain.quarry.must_record(
      event("dispatch", R"("key":"d","inputs":["B-2"],"fields":{"to":{"log":"Other"}})"));
  const auto sent = states_of_event(chain.quarry.node(), chain.quarry.log(), "d");
  EXPECT_TRUE(
      contains(chain.refusal(event("dispose", R"("inputs":["T"],"fields":{"reason":{"text":"x"}})"),
                             [&](Parts& parts) {
                               parts.head.inputs[0] = {sent->front(), 1};
                             }),
               "is held by"));
}

TEST(ByHead, RefusesDisclosuresThatAreNotThoseOfTheHead) {
  Quarry chain;
  const BuiltRequest request = chain.built(kDispose);
  BuiltRequest swapped = request, other = request, first = request;
  std::swap(swapped.disclosures[1], swapped.disclosures[2]);
  other.disclosures[1] = entry::make_disclosure("party", json::Object{{"name", "x"}}).text;
  std::swap(first.disclosures[0], first.disclosures[1]);
  EXPECT_TRUE(
      contains(to_string(chain.record(swapped).error()), "disclosures[1]: expected the field"));
  EXPECT_TRUE(contains(to_string(chain.record(other).error()), "got another value"));
  EXPECT_TRUE(contains(to_string(chain.record(first).error()), "expected the head first"));
}

TEST(ByHead, ReadsOneObjectALine) {
  const auto read = [](const std::string& text) {
    std::istringstream in(text);
    return read_built_requests(in);
  };
  const auto two =
      read("{\"disclosures\":[\"a\",\"b\"]}\n{\"key\":\"k\",\"disclosures\":[\"c\",\"d\"]}\n");
  ASSERT_TRUE(two) << to_string(two.error());
  EXPECT_EQ((*two)[1].line, 2u);
  EXPECT_EQ((*two)[1].request.key, "k");
  for (const char* bad :
       {"{}", R"({"disclosures":["a"]})", R"({"disclosures":["a",1]})", R"({"disclosures":"a"})",
        R"({"disclosures":["a","b"],"device":"c"})", R"({"disclosures":["a","b"],"key":""})", ""})
    EXPECT_FALSE(read(bad)) << bad;
}

TEST(Device, SignsWhatIsRecordedByItemWithTheNextNumber) {
  Quarry chain;
  std::istringstream in(kSplit +
                        event("dispose", R"("inputs":["T"],"fields":{"reason":{"text":"x"}})"));
  const auto requests = read_requests(in);
  const auto recorded =
      record_requests(chain.quarry.node(), chain.quarry.log(), *requests, nullptr, &chain.phone);
  ASSERT_TRUE(recorded) << to_string(recorded.error());
  const auto devices = [&] {
    Overlay rows(chain.quarry.node().store());
    KnownEvents events(chain.quarry.node(), rows);
    return *devices_of(rows, events, *log_id(chain.quarry.log().record.origin));
  };
  ASSERT_EQ(devices().size(), 1u);
  EXPECT_EQ(devices()[0].last_number, 2u);
  EXPECT_TRUE(devices()[0].enrolled && devices()[0].by_admission);
  // Again: the first receipts, and no number is used up.
  const auto again = record_requests(chain.quarry.node(), chain.quarry.log(), {&(*requests)[0], 1},
                                     nullptr, &chain.phone);
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->events[0].receipt.replayed);
  EXPECT_EQ(devices()[0].last_number, 2u);
}

TEST(Device, IsEnrolledByAnotherAndWithdrawnByAnybodyOfItsLog) {
  Quarry chain;
  const auto second = *crypto::SigningKey::generate();
  const auto request = [](std::string_view field, const std::string& key) {
    return event("device", cat(R"("fields":{")", field, R"(":")", key, R"("})"));
  };
  const auto record_by = [&](const std::string& text, const crypto::SigningKey* by) {
    std::istringstream in(text);
    return record_requests(chain.quarry.node(), chain.quarry.log(), *read_requests(in), nullptr,
                           by);
  };
  EXPECT_FALSE(record_by(kDispose, &second));
  ASSERT_TRUE(record_by(request("enrol", key_text(second)), nullptr));
  EXPECT_FALSE(record_by(kDispose, &second)) << "nobody enrolled enrolled it";
  ASSERT_TRUE(record_by(request("enrol", key_text(second)), &chain.phone));
  ASSERT_TRUE(record_by(kSplit, &second));
  ASSERT_TRUE(record_by(request("withdrawn", key_text(chain.phone)), nullptr));
  const std::string other =
      event("dispose", R"("inputs":["B-2"],"fields":{"reason":{"text":"broke"}})");
  EXPECT_TRUE(contains(to_string(record_by(other, &chain.phone).error()), "was withdrawn"));

  // A stranger with the registrar's key sees who signed what, through the enrolment.
  const auto states = states_of_event(chain.quarry.node(), chain.quarry.log(), "s");
  const auto exported = export_passport(chain.quarry.node(), *states);
  ASSERT_TRUE(exported) << to_string(exported.error());
  passport::Trust trust;
  trust.registrars.push_back(*note::parse_vkey(chain.registrar.log().vkey));
  const std::string_view view = exported->passport;
  const auto checked = passport::check_passports({&view, 1}, trust);
  ASSERT_TRUE(checked.findings.empty()) << checked.findings.front().sentence;
  int device_signed = 0;
  for (const custody::Event& one : checked.evidence.events)
    if (one.type == custody::EventType::kSplit) device_signed += one.device_signed ? 1 : 0;
  EXPECT_EQ(device_signed, 1) << "the enrolment came along";
}

}  // namespace
}  // namespace quarrymark::record
