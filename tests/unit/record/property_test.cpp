// What holds for any sequence of splits, packs, dispatches and receives: amounts are conserved, a
// state is spent once, and whatever is exported passes its check.
#include "ledger/base/text.h"
#include "ledger/passport/verify.h"
#include "ledger/record/resolver.h"
#include "node_fixture.h"

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <memory>
#include <sstream>

namespace quarrymark::record {
namespace {

constexpr std::int64_t kBegin = 1000;

struct Party {
  std::shared_ptr<TestNode> node;
  std::map<std::string, std::int64_t> batches;  // by item number
  std::map<std::string, std::int64_t> crates;
};

std::int64_t total(const std::map<std::string, std::int64_t>& items) {
  std::int64_t sum = 0;
  for (const auto& [item, amount] : items) sum += amount;
  return sum;
}

std::string pick(const std::map<std::string, std::int64_t>& items) {
  const auto place = *rc::gen::inRange<std::size_t>(0, items.size());
  return std::next(items.begin(), static_cast<std::ptrdiff_t>(place))->first;
}

// Draws a part of a batch off as another batch or crate.
void draw(Party& party, bool crate) {
  if (party.batches.empty()) return;
  const std::string item = pick(party.batches);
  const std::int64_t whole = party.batches[item];
  const std::int64_t amount = *rc::gen::inRange<std::int64_t>(1, whole + 1);
  const std::string input = cat(R"("inputs":[{"item":")", item, R"(","amount":)", amount, "}],");
  const Recorded recorded = party.node->must_record(
      crate
          ? event("pack", cat(input, R"("outputs":[{"kind":"crate","contents":[{"in":0,"amount":)",
                              amount, "}]}]"))
          : event("split", cat(input, R"("outputs":[{"kind":"batch","amount":)", amount,
                               R"(,"measure":{"size":[600,400,60]}}])")));
  RC_ASSERT(recorded.events.size() == 1U);
  const auto& outputs = recorded.events[0].outputs;
  RC_ASSERT(outputs.size() == (amount == whole ? 1U : 2U));
  party.batches.erase(item);
  (crate ? party.crates : party.batches)[outputs[0].item] = amount;
  if (outputs.size() == 2) {
    RC_ASSERT(outputs[1].item == item);
    RC_ASSERT(outputs[1].amount == whole - amount);
    party.batches[item] = outputs[1].amount;
  }
}

void hand_over(Party& from, Party& to, const std::string& key) {
  auto& items = from.crates.empty() ? from.batches : from.crates;
  if (items.empty()) return;
  auto& taken = from.crates.empty() ? to.batches : to.crates;
  const std::string item = pick(items);
  from.node->must_record(event(
      "dispatch", cat(R"("key":")", key, R"(","inputs":[")", item, R"("],"fields":{"to":{"log":")",
                      to.node->log().record.origin, R"("}})")));
  const AcceptedPassports accepted = from.node->hand_over(*to.node, key);
  RC_ASSERT(accepted.arrived.size() == 1U);
  to.node->must_record(event("receive", cat(R"("inputs":[")", item, R"("])")));
  taken[item] = items[item];
  items.erase(item);
}

// Every state of the node's log is spent at most once, however it is tried.
void cannot_spend_again(Party& party, const std::string& item) {
  const auto shown = trace::show_item(party.node->node(), item);
  RC_ASSERT(shown.has_value());
  RC_ASSERT(shown->current.size() <= 1U);
}

RC_GTEST_PROP(Record, ConservesAmountsAndExportsWhatChecks, ()) {
  // Opening a store costs more than all the rest; every case has a batch of its own.
  static std::vector<std::shared_ptr<TestNode>> nodes{std::make_shared<TestNode>("A"),
                                                      std::make_shared<TestNode>("B")};
  static int cases = 0;
  ++cases;
  std::vector<Party> parties{{nodes[0], {}, {}}, {nodes[1], {}, {}}};
  const Recorded begin = parties[0].node->must_record(batch_event("T", kBegin));
  parties[0].batches[begin.events[0].outputs[0].item] = kBegin;
  const int steps = *rc::gen::inRange(1, 10);
  for (int i = 0; i < steps; ++i) {
    Party& party = parties[*rc::gen::inRange<std::size_t>(0, 2)];
    switch (*rc::gen::inRange(0, 3)) {
      case 0:
        draw(party, false);
        break;
      case 1:
        draw(party, true);
        break;
      default:
        hand_over(party, &party == &parties[0] ? parties[1] : parties[0], cat("h", cases, ".", i));
    }
    std::int64_t sum = 0;
    for (const Party& each : parties) sum += total(each.batches) + total(each.crates);
    RC_ASSERT(sum == kBegin);
  }
  for (Party& party : parties)
    for (const auto* items : {&party.batches, &party.crates})
      for (const auto& [item, amount] : *items) {
        cannot_spend_again(party, item);
        const auto states = find_states(party.node->node(), party.node->log(), std::vector{item});
        RC_ASSERT(states.has_value());
        const auto exported = export_passport(party.node->node(), *states);
        RC_ASSERT(exported.has_value());
        const std::string_view view = exported->passport;
        RC_ASSERT(passport::check_passports(std::span(&view, 1), {}).findings.empty());
      }
}

// Two resolvers, each thinking it is alone: of any two events that draw on one state one is
// refused.
RC_GTEST_PROP(Record, AStateIsNeverSpentTwice, ()) {
  static TestNode node;
  const std::string item = node.must_record(batch_event("T", 10)).events[0].outputs[0].item;
  const auto way = [&](int which) {
    const std::string input = cat(R"("inputs":[")", item, R"("])");
    switch (which) {
      case 0:
        return event("dispose", input + R"(,"fields":{"reason":{"text":"x"}})");
      case 1:
        return event("dispatch", input + R"(,"fields":{"to":{"name":"somebody"}})");
      case 2:
        return event("accept", input + R"(,"fields":{"accept":{"result":"accepted"}})");
      case 3:
        return event("label", input + R"(,"fields":{"label":{"action":"bind"}})");
      default:
        return event(
            "split",
            input + R"(,"outputs":[{"kind":"batch","amount":10,"measure":{"size":[600,400,60]}}])");
    }
  };
  std::vector<log::Prepared> prepared;
  for (int i = 0; i < 2; ++i) {
    std::istringstream in(way(*rc::gen::inRange(0, 5)));
    const auto requests = read_requests(in);
    Resolver resolver(node.node(), node.log());
    auto event = resolver.resolve(requests->front().request);
    RC_ASSERT(event.has_value());
    prepared.push_back(std::move(*event));
  }
  RC_ASSERT(node.log().log->append({prepared[0]}).has_value());
  const auto refused = node.log().log->append({prepared[1]});
  RC_ASSERT(!refused.has_value());
  RC_ASSERT(refused.error().code == Errc::kRefused);
}

}  // namespace
}  // namespace quarrymark::record
