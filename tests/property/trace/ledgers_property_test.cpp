// What holds of any ledger, whatever is recorded in it: amounts are conserved along every path,
// shares of origin add up to one, no state is spent twice, a void gives back exactly what was
// there, and events that have nothing to do with one another commute.
//
// Everything goes through the recorder as people use it: two logs on one node, batches that are
// portioned, pooled, packed, unpacked, relabelled, handed over, accepted, disposed of and voided.
#include "ledger/base/text.h"
#include "ledger/entry/entry.h"
#include "ledger/fsck/fsck.h"
#include "ledger/judge/lineage.h"
#include "ledger/passport/verify.h"
#include "ledger/record/index.h"
#include "ledger/record/resolver.h"
#include "node_fixture.h"

#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <sstream>

namespace quarrymark::record {
namespace {

using entry::StateRef;

constexpr std::int64_t kBegin = 1000;
const std::string kTiles = R"("measure":{"size":[600,400,60]})";

// A node with two logs, opened once for all cases: each case brings batches of its own.
class TwoLogs {
 public:
  TwoLogs() {
    for (const char* name : {"Alpha", "Beta"})
      EXPECT_TRUE(Node::create_log(path(), name, "trader", "NL"));
    open();
  }
  std::string path() const { return directory_.path() + "/node"; }
  void open() {
    auto opened = Node::open(path(), clock_);
    if (!opened) std::abort();
    node_ = std::move(*opened);
  }
  void close() { node_.reset(); }
  Node& node() { return *node_; }
  OpenLog& log(std::size_t which) { return *node_->logs()[which]; }
  Clock& clock() { return clock_; }

  Recorded must_record(std::size_t which, const std::string& text) {
    std::istringstream in(text);
    const auto requests = read_requests(in);
    auto recorded = requests ? record_requests(*node_, log(which), *requests)
                             : Result<Recorded>(tl::unexpected<Error>(requests.error()));
    if (!recorded) RC_FAIL(to_string(recorded.error()) + " in " + text);
    return std::move(*recorded);
  }

 private:
  ScratchDirectory directory_;
  ManualClock clock_{UtcTime{1'735'689'600'000}};
  std::unique_ptr<Node> node_;
};

TwoLogs& ledger() {
  static TwoLogs made;
  return made;
}

// Of a thing in somebody's hands what is known of it, but for which state it is.
std::string described(const StateRow& row) {
  const auto holder = row.holder();
  std::string text =
      cat(row.output.item, " ", custody::item_kind_name(row.output.kind), " ", row.output.amount,
          " ", row.output.serial, " of ", holder ? origin_of(*holder) : row.to_name);
  for (const std::string& alias : row.output.aliases) text += " " + alias;
  if (row.output.measure.size) text += cat(" ", row.output.measure.size->volume());
  return text;
}

std::multiset<std::string> open_things() {
  std::multiset<std::string> things;
  EXPECT_TRUE(visit_states(ledger().node().store(), [&](const StateRef&, const StateRow& row) {
    if (!row.record && !row.spent) things.insert(described(row));
    return Status();
  }));
  return things;
}

// One case: the batches that came of one acquisition, and whose they are.
class Play {
 public:
  Play() { take(0, ledger().must_record(0, batch_event(cat("T", ++number()), kBegin))); }

  // Does something at random and returns the key of its last event.
  std::string step() {
    const auto item = pick();
    switch (*rc::gen::inRange(0, 7)) {
      case 0:
        return portion(item);
      case 1:
        return pool(item);
      case 2:
        return pack(item);
      case 3:
        return relabel(item);
      case 4:
        return hand_over(item);
      case 5:
        return finish(item, "dispose", R"("reason":{"text":"broken"})");
      default:
        return finish(item, "accept", R"("accept":{"result":"accepted"})");
    }
  }

  std::int64_t sum() const {
    std::int64_t sum = gone_;
    for (const auto& [item, held] : held_) sum += held.amount;
    return sum;
  }
  struct Held {
    std::size_t log = 0;
    std::int64_t amount = 0;
    bool crate = false;
  };
  const std::map<std::string, Held>& held() const { return held_; }
  static int& number() {
    static int made = 0;
    return made;
  }
  static std::string fresh_key() { return cat("k", ++number()); }

 private:
  std::string pick() const {
    if (held_.empty()) return {};
    const auto place = *rc::gen::inRange<std::size_t>(0, held_.size());
    return std::next(held_.begin(), static_cast<std::ptrdiff_t>(place))->first;
  }

  void take(std::size_t log, const Recorded& recorded, bool crate = false) {
    for (const custody::Output& output : recorded.events.back().outputs)
      held_[output.item] = {log, output.amount, crate || output.kind == custody::ItemKind::kCrate};
  }

  std::string portion(const std::string& item) {
    if (item.empty() || held_[item].crate) return {};
    const Held held = held_[item];
    const auto part = *rc::gen::inRange<std::int64_t>(1, held.amount + 1);
    const std::string key = fresh_key();
    held_.erase(item);
    take(held.log, ledger().must_record(
                       held.log, event("split", cat(R"("key":")", key, R"(","inputs":[{"item":")",
                                                    item, R"(","amount":)", part,
                                                    R"(}],"outputs":[{"kind":"batch","amount":)",
                                                    part, ",", kTiles, "}]"))));
    return key;
  }

  std::string pool(const std::string& item) {
    const std::string other = pick();
    if (item.empty() || other == item || held_[item].crate || held_[other].crate ||
        held_[item].log != held_[other].log)
      return {};
    const std::size_t log = held_[item].log;
    const std::int64_t amount = held_[item].amount + held_[other].amount;
    const std::string key = fresh_key();
    held_.erase(item);
    held_.erase(other);
    take(log, ledger().must_record(
                  log, event("split", cat(R"("key":")", key, R"(","inputs":[")", item, R"(",")",
                                          other, R"("],"outputs":[{"kind":"batch","amount":)",
                                          amount, ",", kTiles, "}]"))));
    return key;
  }

  // A crate holds one thing as far as pieces count; what it holds is known to the case.
  std::string pack(const std::string& item) {
    if (item.empty() || held_[item].crate) return {};
    const Held held = held_[item];
    const std::string key = fresh_key();
    const Recorded recorded = ledger().must_record(
        held.log,
        event("pack",
              cat(R"("key":")", key, R"(","inputs":[")", item,
                  R"("],"outputs":[{"kind":"crate","label":true,"contents":[{"in":0,"amount":)",
                  held.amount, "}]}]")));
    held_.erase(item);
    held_[recorded.events.back().outputs.front().item] = {held.log, held.amount, true};
    return key;
  }

  std::string relabel(const std::string& item) {
    if (item.empty() || held_[item].crate) return {};
    const auto shown = trace::show_item(ledger().node(), item);
    if (!shown || !shown->current.front().output.serial.empty()) return {};  // has a label
    const std::string key = fresh_key();
    ledger().must_record(held_[item].log,
                         event("label", cat(R"("key":")", key, R"(","inputs":[")", item,
                                            R"("],"fields":{"label":{"action":"bind"}})")));
    return key;
  }

  std::string hand_over(const std::string& item) {
    if (item.empty()) return {};
    Held& held = held_[item];
    ledger().must_record(
        held.log, event("dispatch", cat(R"("inputs":[")", item, R"("],"fields":{"to":{"log":")",
                                        ledger().log(1 - held.log).record.origin, R"("}})")));
    held.log = 1 - held.log;
    ledger().must_record(held.log, event("receive", cat(R"("inputs":[")", item, R"("])")));
    return {};  // a receive is not voided
  }

  std::string finish(const std::string& item, std::string_view type, std::string_view field) {
    if (item.empty()) return {};
    const std::string key = fresh_key();
    const Held held = held_[item];
    ledger().must_record(held.log, event(type, cat(R"("key":")", key, R"(","inputs":[")", item,
                                                   R"("],"fields":{)", field, "}")));
    gone_ += held.amount;
    held_.erase(item);
    return key;
  }

  std::map<std::string, Held> held_;
  std::int64_t gone_ = 0;  // accepted and disposed of
};

// What the store says of the pieces of a case.
std::int64_t stored_amount(const std::string& item, const Play::Held& held) {
  const auto shown = trace::show_item(ledger().node(), item);
  RC_ASSERT(shown.has_value());
  RC_ASSERT(shown->current.size() == 1U);
  RC_ASSERT(shown->current.front().holder == ledger().log(held.log).record.origin);
  if (!held.crate) return shown->current.front().output.amount;
  // Through whatever happened to the crate since, to what was put into it.
  const auto chain = trace::trace_back(ledger().node(), item);
  RC_ASSERT(chain.has_value());
  for (const trace::TraceStep& step : chain->steps)
    if (step.event.type == custody::EventType::kPack) {
      RC_ASSERT(step.inputs.size() == 1U);
      return step.inputs.front().output.amount;
    }
  RC_FAIL("a crate that was packed by nothing");
  return 0;
}

RC_GTEST_PROP(Ledgers, AmountsAreConservedAlongEveryPath, ()) {
  Play play;
  const int steps = *rc::gen::inRange(1, 14);
  for (int i = 0; i < steps; ++i) {
    play.step();
    RC_ASSERT(play.sum() == kBegin);
  }
  for (const auto& [item, held] : play.held()) RC_ASSERT(stored_amount(item, held) == held.amount);
}

RC_GTEST_PROP(Ledgers, SharesOfOriginAddUpToOne, ()) {
  Play play, other;
  for (int i = 0; i < 6; ++i) play.step();
  for (const auto& [item, held] : play.held()) {
    const auto states = find_states(ledger().node(), ledger().log(held.log), std::vector{item});
    RC_ASSERT(states.has_value());
    const auto exported = export_passport(ledger().node(), *states);
    RC_ASSERT(exported.has_value());
    const std::string_view view = exported->passport;
    const auto checked = passport::check_passports(std::span(&view, 1), {});
    RC_ASSERT(checked.findings.empty());
    const custody::Graph graph(checked.evidence);
    custody::Lineage lineage(graph, {});
    for (const StateRef& state : checked.evidence.items) {
      custody::Share sum = 0;
      for (const custody::Branch& branch : lineage.of(state)) {
        RC_ASSERT(branch.share > 0);
        sum += branch.share;
      }
      RC_ASSERT(sum == 1);
    }
  }
}

RC_GTEST_PROP(Ledgers, AVoidGivesBackExactlyWhatWasThere, ()) {
  Play play;
  const int steps = *rc::gen::inRange(0, 5);
  for (int i = 0; i < steps; ++i) play.step();
  const auto owner_of = [](const std::string& key) -> std::size_t {
    return *ledger().log(0).log->find_key(key) ? 0 : 1;
  };
  const auto before = open_things();
  const std::string key = play.step();
  if (key.empty()) return;
  ledger().must_record(owner_of(key), event("void", cat(R"("fields":{"voids":{"event":"key:)", key,
                                                        R"("},"reason":{"text":"by mistake"}})")));
  RC_ASSERT(open_things() == before);
}

// Each test may run in a process of its own: what is looked at below is recorded here.
void play_often() {
  ASSERT_TRUE(rc::check("a ledger to look at", [] {
    Play play;
    for (int i = 0; i < 6; ++i) play.step();
  }));
}

TEST(Ledgers, NoMarkerStandsTwiceInWhatAllThatWrote) {
  play_often();
  std::set<Marker> markers;
  std::size_t spends = 0;
  for (std::size_t which = 0; which < 2; ++which)
    for (std::uint64_t seq = 0; seq < ledger().log(which).log->size(); ++seq) {
      const auto entry = entry::parse_entry(*ledger().log(which).log->entry(seq));
      ASSERT_TRUE(entry);
      for (const Marker& marker : entry->spends) {
        ++spends;
        EXPECT_TRUE(markers.insert(marker).second) << "entry " << seq;
      }
    }
  EXPECT_GT(spends, 100U);
}

TEST(Ledgers, TheIndexesOfAllThatAreWhatTheLogsSay) {
  play_often();
  ledger().close();
  const auto report = fsck::check(ledger().path(), {});
  ASSERT_TRUE(report);
  for (const auto& table : report->tables)
    EXPECT_EQ(table.count(), 0U) << ::testing::PrintToString(table.named);
  EXPECT_TRUE(report->sound());
  ledger().open();
}

// The states that are left, with who may spend them and whether they are spent: without the
// places of entries, which of course tell the order.
std::map<std::string, std::string> states_of(const std::string& directory, Clock& clock) {
  std::map<std::string, std::string> states;
  const auto node = Node::open(directory, clock);
  EXPECT_TRUE(node);
  EXPECT_TRUE(visit_states((*node)->store(), [&](const StateRef& state, const StateRow& row) {
    states[state_row_key(state)] =
        cat(described(row), " ", row.record, " ", base64url_encode(row.marker.hash), " ",
            row.spent ? cat("spent by ", custody::event_type_name(row.spent->type), " of ",
                            origin_of(row.spent->log))
                      : "");
    return Status();
  }));
  return states;
}

log::Prepared prepared(TwoLogs& logs, std::size_t which, const std::string& text) {
  std::istringstream in(text);
  const auto requests = read_requests(in);
  RC_ASSERT(requests.has_value());
  Resolver resolver(logs.node(), logs.log(which));
  auto event = resolver.resolve(requests->front().request);
  RC_ASSERT(event.has_value());
  return std::move(*event);
}

RC_GTEST_PROP(Ledgers, IndependentEventsCommute, ()) {
  TwoLogs logs;
  std::vector<std::pair<std::size_t, log::Prepared>> events;
  const int count = *rc::gen::inRange(2, 5);
  for (int i = 0; i < count; ++i) {
    const auto which = *rc::gen::inRange<std::size_t>(0, 2);
    const std::string alias = cat("T", i), input = cat(R"("inputs":[")", alias, R"("])");
    logs.must_record(which, batch_event(alias, 10));
    switch (*rc::gen::inRange(0, 4)) {
      case 0:
        events.emplace_back(
            which, prepared(logs, which,
                            event("dispose", input + R"(,"fields":{"reason":{"text":"x"}})")));
        break;
      case 1:
        events.emplace_back(
            which, prepared(logs, which,
                            event("dispatch", input + R"(,"fields":{"to":{"name":"Mason"}})")));
        break;
      case 2:
        events.emplace_back(
            which, prepared(logs, which,
                            event("label", input + R"(,"fields":{"label":{"action":"bind"}})")));
        break;
      default:
        events.emplace_back(
            which, prepared(logs, which,
                            event("split", input + R"(,"outputs":[{"kind":"batch","amount":10,)" +
                                               kTiles + "}]")));
    }
  }
  logs.close();
  const std::string copy = logs.path() + "-copy";
  std::filesystem::copy(logs.path(), copy, std::filesystem::copy_options::recursive);
  for (const std::string& directory : {logs.path(), copy}) {
    const auto node = Node::open(directory, logs.clock());
    RC_ASSERT(node.has_value());
    for (const auto& [which, event] : events)
      RC_ASSERT((*node)->logs()[which]->log->append({event}).has_value());
    std::reverse(events.begin(), events.end());
  }
  RC_ASSERT(states_of(logs.path(), logs.clock()) == states_of(copy, logs.clock()));
  RC_ASSERT(fsck::check(copy, {})->sound());
}

}  // namespace
}  // namespace quarrymark::record
