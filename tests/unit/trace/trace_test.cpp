// Recall, stock and the picture of a chain, over nodes that exchange passports.
#include "api/document/chain_picture.h"
#include "ledger/base/text.h"
#include "ledger/trace/recall.h"
#include "ledger/trace/remaining.h"
#include "ledger/trace/stock.h"
#include "node_fixture.h"

#include <algorithm>

namespace quarrymark::trace {
namespace {

using record::contains;
using record::event;
using record::TestNode;

const RecallGroup* group_of(const Recall& recall, Whereabouts whereabouts) {
  for (const RecallGroup& group : recall.groups)
    if (group.whereabouts == whereabouts) return &group;
  return nullptr;
}

std::vector<std::string> aliases_in(const RecallGroup* group) {
  std::vector<std::string> aliases;
  if (group == nullptr) return aliases;
  for (const RecalledItem& item : group->items)
    aliases.push_back(item.state.output.aliases.empty() ? item.state.output.item
                                                        : item.state.output.aliases.front());
  std::sort(aliases.begin(), aliases.end());
  return aliases;
}
using Names = std::vector<std::string>;

// One yard that saws a block into eight slabs, each with a fate of its own.
class RecallTest : public ::testing::Test {
 protected:
  RecallTest() {
    yard_.knows(buyer_);
    yard_.must_record(record::quarry_events());
    yard_.must_record(event(
        "split",
        R"("inputs":["B-1"],"outputs":[{"kind":"slab","count":8,"aliases":["S{n}"],"measure":{"size":[2700,1500,30]}}],"fields":{"site":{"site":"Serra"}})"));
    yard_.must_record(
        event("dispatch", R"("key":"out","inputs":["S1","S2"],"fields":{"to":{"log":"Buyer"}})"));
    yard_.must_record(event("dispatch", R"("inputs":["S3"],"fields":{"to":{"name":"Mason"}})"));
    yard_.must_record(
        event("accept", R"("inputs":["S4"],"fields":{"accept":{"result":"accepted"}})"));
    yard_.must_record(
        event("dispose", R"("inputs":["S5"],"fields":{"reason":{"text":"cracked"}})"));
  }

  TestNode yard_{"Yard"}, buyer_{"Buyer", "importer", "NL"};
};

TEST_F(RecallTest, SaysWhoHasWhat) {
  const auto recall = recall_item(yard_.node(), "B-1");
  ASSERT_TRUE(recall) << to_string(recall.error());
  EXPECT_TRUE(recall->complete);
  EXPECT_EQ(recall->descendants, 8U);
  EXPECT_EQ(aliases_in(group_of(*recall, Whereabouts::kHeld)), (Names{"S6", "S7", "S8"}));
  EXPECT_EQ(aliases_in(group_of(*recall, Whereabouts::kOnTheWay)), (Names{"S1", "S2"}));
  EXPECT_EQ(group_of(*recall, Whereabouts::kOnTheWay)->holder_name, "Buyer");
  EXPECT_EQ(aliases_in(group_of(*recall, Whereabouts::kLeft)), (Names{"S3"}));
  EXPECT_EQ(group_of(*recall, Whereabouts::kLeft)->holder_name, "Mason");
  EXPECT_EQ(aliases_in(group_of(*recall, Whereabouts::kAccepted)), (Names{"S4"}));
  EXPECT_EQ(aliases_in(group_of(*recall, Whereabouts::kDisposed)), (Names{"S5"}));
  const RecalledItem& sent = group_of(*recall, Whereabouts::kOnTheWay)->items.front();
  ASSERT_TRUE(sent.dispatched);
  EXPECT_EQ(sent.dispatched->type, custody::EventType::kDispatch);
  EXPECT_FALSE(sent.mixed);
  EXPECT_FALSE(group_of(*recall, Whereabouts::kHeld)->items.front().dispatched);
}

TEST_F(RecallTest, TouchesNothingThatCameFromElsewhere) {
  yard_.must_record(event(
      "split",
      R"("inputs":["B-2"],"outputs":[{"kind":"slab","aliases":["T1"],"measure":{"size":[2700,1500,30]}}])"));
  const auto recall = recall_item(yard_.node(), "B-1");
  for (const RecallGroup& group : recall->groups)
    for (const std::string& alias : aliases_in(&group)) EXPECT_NE(alias, "T1");
  EXPECT_EQ(recall_item(yard_.node(), "T1")->descendants, 0U);
}

TEST_F(RecallTest, MarksWhatHasOtherStoneInIt) {
  yard_.must_record(record::batch_event("other", 10));
  yard_.must_record(event(
      "split",
      R"("inputs":["S6","other"],"outputs":[{"kind":"batch","amount":20,"aliases":["pool"],"measure":{"size":[300,300,30]}}])"));
  yard_.must_record(event("dispatch", R"("inputs":["pool"],"fields":{"to":{"name":"Mason"}})"));
  const auto recall = recall_item(yard_.node(), "B-1");
  const RecallGroup* left = group_of(*recall, Whereabouts::kLeft);
  ASSERT_EQ(aliases_in(left), (Names{"S3", "pool"}));
  for (const RecalledItem& item : left->items)
    EXPECT_EQ(item.mixed, item.state.output.aliases.front() == "pool");
}

TEST_F(RecallTest, KnowsWhatTheBuyerHasAsFarAsItsPassportsSay) {
  yard_.hand_over(buyer_, "out");
  buyer_.must_record(event("receive", R"("key":"in","inputs":["S1","S2"])"));
  buyer_.must_record(event(
      "split",
      R"("key":"cut","inputs":["S1"],"outputs":[{"kind":"piece","count":2,"aliases":["P{n}"],"measure":{"size":[1000,1000,30]}}])"));
  const std::string passport = buyer_.passport_of("cut");
  const std::string_view view = passport;
  ASSERT_TRUE(record::accept_passports(yard_.node(), std::span(&view, 1)));
  const auto recall = recall_item(yard_.node(), "B-1");
  EXPECT_EQ(aliases_in(group_of(*recall, Whereabouts::kElsewhere)), (Names{"P1", "P2"}));
  EXPECT_EQ(group_of(*recall, Whereabouts::kElsewhere)->holder_name, "Buyer");
  // The passport is about S1 only: of S2 its reader may not see that it was received.
  EXPECT_EQ(recall->descendants, 10U);
}

TEST_F(RecallTest, FollowsAVoidBackToTheItemAsItWas) {
  yard_.must_record(
      event("dispose", R"("key":"gone","inputs":["S6"],"fields":{"reason":{"text":"lost"}})"));
  yard_.must_record(
      event("void", R"("fields":{"voids":{"event":"key:gone"},"reason":{"text":"found again"}})"));
  EXPECT_EQ(aliases_in(group_of(*recall_item(yard_.node(), "B-1"), Whereabouts::kHeld)),
            (Names{"S6", "S7", "S8"}));
}

TEST_F(RecallTest, SaysWhenItStopsAndRefusesUnknownNames) {
  EXPECT_FALSE(recall_item(yard_.node(), "B-1", {3})->complete);
  const auto refused = recall_item(yard_.node(), "nothing");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kNotFound);
}

std::string line_text(const StockLine& line) {
  return cat(line.site, "|", line.stone, "|", custody::item_kind_name(line.kind), "|", line.amount,
             "|", line.items, "|", line.mass.value_or(-1));
}

std::vector<std::string> stock_at(TestNode& node, const std::string& site,
                                  const std::string& date) {
  StockRequest request;
  request.site = site;
  request.date = date;
  const auto lines = stock_of(node.node(), node.log(), request);
  std::vector<std::string> texts;
  if (!lines) ADD_FAILURE() << to_string(lines.error());
  if (lines)
    for (const StockLine& line : *lines) texts.push_back(line_text(line));
  return texts;
}

TEST_F(RecallTest, StockIsWhatIsHeldAndNotOnItsWay) {
  EXPECT_EQ(stock_at(yard_, "", ""),
            (Names{"Serra|Minho Grey|block|1|1|20000000", "Serra|Minho Grey|slab|3|3|-1"}));
  EXPECT_EQ(stock_at(yard_, "Serra", "").size(), 2U);
  EXPECT_EQ(stock_at(yard_, "Another", ""), Names{});
  EXPECT_EQ(stock_at(buyer_, "", ""), Names{});
}

TEST_F(RecallTest, StockOfADayIsWhatWasThereThen) {
  EXPECT_EQ(stock_at(yard_, "", "2025-02-02"), Names{});
  EXPECT_EQ(stock_at(yard_, "", "2025-02-03"), (Names{"Serra|Minho Grey|block|2|2|40600000"}));
  EXPECT_EQ(stock_at(yard_, "", "2025-03-24"), stock_at(yard_, "", "2025-02-03"));
  EXPECT_EQ(stock_at(yard_, "", "2025-03-25"), stock_at(yard_, "", ""));
  StockRequest wrong;
  wrong.date = "2025-13-01";
  EXPECT_FALSE(stock_of(yard_.node(), yard_.log(), wrong));
}

// Gross 2800 × 1700 × 1600, net 2700 × 1600 × 1500: across the width of gross, (1700 + 7) ÷ 37.
class RemainingTest : public ::testing::Test {
 protected:
  RemainingTest() { yard_.must_record(record::quarry_events()); }
  Remaining must(const std::string& name, const RemainingRequest& request = {}) {
    auto found = remaining_of(yard_.node(), name, request);
    if (found) return std::move(*found);
    ADD_FAILURE() << to_string(found.error());
    return {};
  }
  // The first `count` slabs of 30 mm, and a remnant of what is left of net and gross width.
  void saw(const std::string& block, int count, int net, int gross) {
    yard_.must_record(event(
        "split",
        cat(R"("inputs":[")", block, R"("],"outputs":[{"kind":"slab","count":)", count,
            R"(,"measure":{"size":[2700,1500,30]}},{"kind":"block","aliases":["rest"],"measure":{"net":[2700,)",
            net, R"(,1500],"gross":[2800,)", gross,
            R"(,1600]}}],"fields":{"saw":{"axis":"w","kerf":7,"thickness":30}})")));
  }
  TestNode yard_{"Yard"};
};

TEST_F(RemainingTest, IsWhatTheBalanceLetsPass) {
  const Remaining whole = must("B-1");
  EXPECT_EQ(whole.kerf, kUsualKerf);
  ASSERT_EQ(whole.pieces.size(), 1U);
  EXPECT_EQ(whole.at_most, (1700 + 7) / 37);
  EXPECT_EQ(whole.pieces.front().expected, (1600 + 7) / 37);
  EXPECT_EQ(whole.at_most_area, whole.at_most * 2700 * 1500);
  RemainingRequest thick;
  thick.thickness = 80;
  thick.kerf = 8;
  EXPECT_EQ(must("B-1", thick).at_most, (1700 + 8) / 88);
  thick.axis = custody::Axis::kHeight;
  EXPECT_EQ(must("B-1", thick).at_most, (1600 + 8) / 88);
}

TEST_F(RemainingTest, CountsWhatWasSawnBefore) {
  saw("B-1", 10, 1600 - 10 * 37, 1700 - 10 * 37);
  const Remaining rest = must("B-1");
  ASSERT_EQ(rest.pieces.size(), 1U);
  EXPECT_EQ(rest.pieces.front().state.output.aliases.front(), "rest");
  EXPECT_LE(rest.at_most, (1700 + 7) / 37 - 10);
  EXPECT_GE(rest.at_most, (1700 + 7) / 37 - 11);
  EXPECT_EQ(must("rest").at_most, rest.at_most);
}

TEST_F(RemainingTest, IsNothingOnceTheBlockIsGone) {
  yard_.must_record(event(
      "split",
      R"("inputs":["B-1"],"outputs":[{"kind":"slab","count":20,"measure":{"size":[2700,1500,30]}}])"));
  const Remaining gone = must("B-1");
  EXPECT_TRUE(gone.pieces.empty());
  EXPECT_EQ(gone.at_most, 0);
}

TEST_F(RemainingTest, IsAskedOfBlocksOnlyAndWithPossibleNumbers) {
  yard_.must_record(record::batch_event("tiles", 5));
  EXPECT_TRUE(
      contains(remaining_of(yard_.node(), "tiles", {}).error().message, "expected a block"));
  RemainingRequest wrong;
  wrong.thickness = 0;
  EXPECT_EQ(remaining_of(yard_.node(), "B-1", wrong).error().field, "thickness");
  wrong = {};
  wrong.kerf = -1;
  EXPECT_EQ(remaining_of(yard_.node(), "B-1", wrong).error().field, "kerf");
  EXPECT_EQ(remaining_of(yard_.node(), "nothing", {}).error().code, Errc::kNotFound);
}

TEST_F(RecallTest, ThePictureOfAChainIsTheSameEachTimeAndCountsWhatIsAlike) {
  const auto trace = trace_forward(yard_.node(), "B-1");
  ASSERT_TRUE(trace);
  const std::string svg = paper::flow_svg(document::chain_picture(*trace, "What became of B-1"));
  EXPECT_EQ(svg, paper::flow_svg(document::chain_picture(*trace_forward(yard_.node(), "B-1"),
                                                         "What became of B-1")));
  EXPECT_TRUE(contains(svg, "<title>What became of B-1</title>"));
  EXPECT_TRUE(contains(svg, ">2 × dispatch</text>"));
  EXPECT_TRUE(contains(svg, ">8 slabs</text>"));
  EXPECT_EQ(svg.find("class=\"d\""), svg.npos) << "nothing is hidden";
}

TEST_F(RecallTest, WhatIsNotKnownIsDrawnDashed) {
  auto trace = *trace_back(yard_.node(), "S6");
  trace.steps.front().not_shown = 2;
  trace.complete = false;
  const std::string svg = paper::flow_svg(document::chain_picture(trace, "x"));
  EXPECT_TRUE(contains(svg, "<rect class=\"d\""));
  EXPECT_TRUE(contains(svg, "<path class=\"d\""));
  EXPECT_TRUE(contains(svg, ">2 things</text>"));
  EXPECT_TRUE(contains(svg, "the trace was cut off here"));
}

TEST_F(RecallTest, NamesInAPictureAreEscaped) {
  yard_.must_record(event(
      "split",
      R"("inputs":["S6"],"outputs":[{"kind":"piece","aliases":["<b>&\""],"measure":{"size":[100,100,30]}}])"));
  const auto trace = trace_back(yard_.node(), "<b>&\"");
  ASSERT_TRUE(trace) << to_string(trace.error());
  const std::string svg = paper::flow_svg(document::chain_picture(*trace, "</title>"));
  EXPECT_EQ(svg.find("<b>"), svg.npos);
  EXPECT_TRUE(contains(svg, "&lt;b&gt;&amp;"));
  EXPECT_TRUE(contains(svg, "<title>&lt;/title&gt;</title>"));
}

TEST_F(RecallTest, TwoHundredEventsStayReadable) {
  std::string lines;
  for (int i = 0; i < 200; ++i)
    lines += event(
        "split",
        cat(R"("inputs":["B-2"],"outputs":[{"kind":"slab","measure":{"size":[2700,1600,20]}},{"kind":"block","aliases":["B-2"],"measure":{"gross":[)",
            2800, ",", 1700, ",", 1599 - i, "]}}]"));
  const auto recorded = yard_.record(lines);
  ASSERT_TRUE(recorded) << to_string(recorded.error());
  const auto trace = trace_back(yard_.node(), "B-2");
  ASSERT_TRUE(trace) << to_string(trace.error());
  EXPECT_GE(trace->steps.size(), 200U);
  const std::string svg = paper::flow_svg(document::chain_picture(*trace, "B-2"));
  EXPECT_LT(svg.size(), 400'000U);
}

}  // namespace
}  // namespace quarrymark::trace
