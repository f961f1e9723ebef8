#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/entry.h"
#include "ledger/merkle/compact_range.h"
#include "ledger/merkle/multi_proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"
#include "tests/unit/log/ledger.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace quarrymark::log {
namespace {

entry::Entry entry_of(const Log& log, std::uint64_t seq) {
  const auto bytes = log.entry(seq);
  EXPECT_TRUE(bytes);
  auto parsed = entry::parse_entry(*bytes);
  EXPECT_TRUE(parsed);
  return *parsed;
}

note::Checkpoint checked(const Log& log, const std::string& checkpoint) {
  const auto parsed = note::parse_note(checkpoint);
  EXPECT_TRUE(parsed);
  const auto vkey = note::parse_vkey(log.vkey());
  EXPECT_TRUE(vkey);
  EXPECT_TRUE(note::verify_note(*parsed, {&*vkey, 1}));
  return *note::parse_checkpoint(parsed->text);
}

// Holds every commit back until it is opened, so that a group of known members forms.
class GatedJournal final : public Journal {
 public:
  Status commit(store::Batch& batch) override {
    std::unique_lock lock(mutex_);
    ++arrived_;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
    return store->write(batch, true);
  }
  void wait_for_first() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return arrived_ > 0; });
  }
  void open() {
    std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  int commits() const { return arrived_; }
  store::Store* store = nullptr;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int arrived_ = 0;
  bool open_ = false;
};

class FailingJournal final : public Journal {
 public:
  Status commit(store::Batch& batch) override {
    if (!error) return store->write(batch, true);
    return tl::unexpected<Error>(*error);
  }
  store::Store* store = nullptr;
  std::optional<Error> error;
};

TEST(Append, ChainsEntriesAndSignsATreeThatCoversThem) {
  TestLedger ledger;
  Prepared event = make_event(ledger.origin(), 2);
  const auto first = ledger.append(event);
  ASSERT_TRUE(first);
  ledger.clock.set(UtcTime{1'772'442'900'000});
  const auto second = ledger.append(make_event(ledger.origin()));
  ASSERT_TRUE(second);

  const entry::Entry zero = entry_of(ledger.log(), 0), one = entry_of(ledger.log(), 1);
  EXPECT_EQ(zero.log, ledger.origin());
  EXPECT_EQ(zero.event, event.event);
  EXPECT_EQ(zero.spends, event.spends);
  EXPECT_FALSE(zero.prev);
  EXPECT_EQ(one.seq, 1u);
  EXPECT_EQ(one.prev->hash, merkle::leaf_hash(as_bytes(*ledger.log().entry(0))));
  EXPECT_EQ(one.time.ms, 1'772'442'900'000);
  EXPECT_EQ(second->receipts[0].index, 1u);
  EXPECT_EQ(second->receipts[0].time, one.time);
  EXPECT_FALSE(second->receipts[0].replayed);

  const note::Checkpoint checkpoint = checked(ledger.log(), second->checkpoint);
  EXPECT_EQ(checkpoint.size, 2u);
  EXPECT_EQ(checkpoint.root,
            merkle::node_hash(merkle::leaf_hash(as_bytes(*ledger.log().entry(0))),
                              merkle::leaf_hash(as_bytes(*ledger.log().entry(1)))));
  EXPECT_EQ(ledger.log().checkpoint(), second->checkpoint);
  EXPECT_EQ(checked(ledger.log(), first->checkpoint).size, 1u);
}

TEST(Append, KeepsDisclosuresHeadFirstAndTheDeviceLast) {
  TestLedger ledger;
  Prepared event = make_event(ledger.origin());
  event.device = entry::make_disclosure("device", json::Object{{"key", "k"}, {"sig", "s"}}).text;
  ASSERT_TRUE(ledger.append(event));
  const auto kept = ledger.log().disclosures(0);
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, (std::vector<std::string>{event.head, event.disclosures[0], *event.device}));
  EXPECT_EQ(entry_of(ledger.log(), 0).device, entry::disclosure_digest(*event.device));
}

TEST(Append, OfNothingReturnsTheCurrentCheckpoint) {
  TestLedger ledger;
  const auto appended = ledger.log().append({});
  ASSERT_TRUE(appended);
  EXPECT_TRUE(appended->receipts.empty());
  EXPECT_EQ(checked(ledger.log(), appended->checkpoint).size, 0u);
}

TEST(Append, ReadsFailBeyondTheEnd) {
  TestLedger ledger;
  ledger.append_many(3);
  EXPECT_EQ(ledger.log().entry(3).error().code, Errc::kNotFound);
  EXPECT_EQ(ledger.log().disclosures(3).error().code, Errc::kNotFound);
  EXPECT_EQ(ledger.log().root(4).error().code, Errc::kInvalidArgument);
  const std::uint64_t index = 3;
  EXPECT_FALSE(ledger.log().multi_proof(3, {&index, 1}));
  EXPECT_FALSE(ledger.log().multi_proof(4, {&index, 1}));
}

TEST(Append, ProvesEntriesUnderEveryEarlierSize) {
  TestLedger ledger;
  ledger.append_many(700);  // two full tiles and an edge
  std::vector<merkle::IndexedLeaf> leaves;
  merkle::CompactTree tree;
  for (std::uint64_t seq = 0; seq < 700; ++seq) {
    const Hash leaf = merkle::leaf_hash(as_bytes(*ledger.log().entry(seq)));
    tree.append(leaf);
    leaves.push_back({seq, leaf});
    if (seq % 37 != 0) continue;
    const auto root = ledger.log().root(seq + 1);
    ASSERT_TRUE(root) << root.error().message;
    EXPECT_EQ(*root, tree.root()) << seq + 1;
    const std::vector<std::uint64_t> indices =
        seq < 2 ? std::vector<std::uint64_t>{0} : std::vector<std::uint64_t>{1, seq / 2 + 1, seq};
    if (seq == 37 || seq > 2) {
      const auto proof = ledger.log().multi_proof(seq + 1, indices);
      ASSERT_TRUE(proof) << proof.error().message;
      std::vector<merkle::IndexedLeaf> shown;
      for (const std::uint64_t index : indices) shown.push_back(leaves[index]);
      EXPECT_EQ(*merkle::multi_proof_root(seq + 1, shown, *proof), tree.root());
    }
  }
}

TEST(Append, FindsEventsAndKeys) {
  TestLedger ledger;
  ledger.append_many(2);
  const Prepared event = make_keyed_event(ledger.origin(), "k", "c");
  ASSERT_TRUE(ledger.append(event));
  EXPECT_EQ(*ledger.log().find_event(event.event), 2u);
  EXPECT_EQ(*ledger.log().find_key("k"), 2u);
  EXPECT_EQ(*ledger.log().find_event(EventId{}), std::nullopt);
  EXPECT_EQ(*ledger.log().find_key("other"), std::nullopt);
}

TEST(Append, NeverDatesAnEntryBeforeTheOneBefore) {
  TestLedger ledger;
  ledger.clock.set(UtcTime{2'000'000});
  ledger.append_many(1);
  ledger.clock.set(UtcTime{1'000'000});
  const auto appended = ledger.append(make_event(ledger.origin()));
  ASSERT_TRUE(appended);
  EXPECT_EQ(appended->receipts[0].time.ms, 2'000'000);
  ASSERT_TRUE(ledger.reopen());
  EXPECT_EQ(ledger.append(make_event(ledger.origin()))->receipts[0].time.ms, 2'000'000);
  ledger.clock.set(UtcTime{3'000'000});
  EXPECT_EQ(ledger.append(make_event(ledger.origin()))->receipts[0].time.ms, 3'000'000);
}

TEST(Append, RefusesAnEventThatIsInTheLog) {
  TestLedger ledger;
  const Prepared event = make_event(ledger.origin());
  ASSERT_TRUE(ledger.append(event));
  const auto again = ledger.append(event);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::kRefused);
  EXPECT_EQ(again.error().field, "[0]");
  EXPECT_EQ(ledger.log().size(), 1u);
}

TEST(Append, RefusesACallThatNamesAnEventTwiceAndKeepsNoneOfIt) {
  TestLedger ledger;
  std::vector<Prepared> events = make_events(ledger.origin(), 3);
  events.push_back(events[1]);
  const auto appended = ledger.log().append(events);
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().field, "[3]");
  EXPECT_EQ(ledger.log().size(), 0u);
  EXPECT_EQ(*ledger.log().find_event(events[0].event), std::nullopt);
  events.pop_back();
  EXPECT_TRUE(ledger.log().append(events)) << "without the repetition all of it is welcome";
}

TEST(Append, RefusesAnEntryThatWouldBeTooLong) {
  TestLedger ledger;
  Prepared event = make_event(ledger.origin());
  event.spends.assign(1500, Marker{});
  const auto appended = ledger.append(event);
  ASSERT_FALSE(appended);
  EXPECT_EQ(appended.error().code, Errc::kTooLarge);
}

TEST(Idempotency, GivesTheFirstReceiptAgainWithoutAskingTheGuard) {
  TestLedger ledger;
  const Prepared event = make_keyed_event(ledger.origin(), "key", "content");
  const auto first = ledger.append(event);
  ASSERT_TRUE(first);
  ledger.append_many(2);
  ledger.clock.set(UtcTime{1'900'000'000'000});
  const std::size_t asked = ledger.guard.asked;
  // A retry builds its disclosures anew: other salts, so another event, but the same content.
  const auto second = ledger.append(make_keyed_event(ledger.origin(), "key", "content"));
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->receipts[0].replayed);
  EXPECT_EQ(second->receipts[0].event, event.event);
  EXPECT_EQ(second->receipts[0].index, 0u);
  EXPECT_EQ(second->receipts[0].time, first->receipts[0].time);
  EXPECT_EQ(second->checkpoint, ledger.log().checkpoint()) << "which covers it too";
  EXPECT_EQ(ledger.guard.asked, asked);
  EXPECT_EQ(ledger.log().size(), 3u);
}

TEST(Idempotency, SurvivesARestart) {
  TestLedger ledger;
  const auto first = ledger.append(make_keyed_event(ledger.origin(), "key", "content"));
  ASSERT_TRUE(ledger.reopen());
  const auto second = ledger.append(make_keyed_event(ledger.origin(), "key", "content"));
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->receipts[0].replayed);
  EXPECT_EQ(second->receipts[0].event, first->receipts[0].event);
}

TEST(Idempotency, RefusesOtherContentAndNamesTheKey) {
  TestLedger ledger;
  ASSERT_TRUE(ledger.append(make_keyed_event(ledger.origin(), "loading-7", "content")));
  const auto other = ledger.append(make_keyed_event(ledger.origin(), "loading-7", "changed"));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, Errc::kAlreadyExists);
  EXPECT_NE(other.error().message.find("loading-7"), std::string::npos) << other.error().message;
  EXPECT_EQ(ledger.log().size(), 1u);
}

TEST(Idempotency, HoldsWithinOneCall) {
  TestLedger ledger;
  std::vector<Prepared> events;
  events.push_back(make_keyed_event(ledger.origin(), "key", "content"));
  events.push_back(make_keyed_event(ledger.origin(), "key", "content"));
  events.push_back(make_keyed_event(ledger.origin(), "next", "content"));
  const auto appended = ledger.log().append(events);
  ASSERT_TRUE(appended);
  EXPECT_TRUE(appended->receipts[1].replayed);
  EXPECT_EQ(appended->receipts[1].event, events[0].event);
  EXPECT_EQ(appended->receipts[2].index, 1u);
  EXPECT_EQ(ledger.log().size(), 2u);
}

TEST(Idempotency, KeysOfARefusedCallAreFree) {
  TestLedger ledger;
  ledger.guard.rule = [](const Prepared& event, auto&&...) -> Status {
    if (event.key == "bad") return fail(Errc::kRefused, "no", "inputs[0]");
    return {};
  };
  const auto refused = ledger.log().append({make_keyed_event(ledger.origin(), "good", "c"),
                                            make_keyed_event(ledger.origin(), "bad", "c")});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().field, "[1].inputs[0]");
  const auto again = ledger.append(make_keyed_event(ledger.origin(), "good", "other"));
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->receipts[0].replayed);
}

TEST(Group, GuardSeesEarlierEventsOfItsOwnGroup) {
  TestLedger ledger;
  ledger.guard.rule = [](const Prepared&, std::uint64_t, UtcTime, store::Batch& batch) -> Status {
    const auto spent = batch.get(store::Table::kStates, "the one state");
    if (!spent) return tl::unexpected<Error>(spent.error());
    if (*spent) return fail(Errc::kRefused, "spent already");
    batch.put_readable(store::Table::kStates, "the one state", "spent");
    return {};
  };
  const auto both = ledger.log().append(make_events(ledger.origin(), 2));
  ASSERT_FALSE(both);
  EXPECT_EQ(both.error().field, "[1]");
  EXPECT_TRUE(ledger.append(make_event(ledger.origin()))) << "the refused call spent nothing";
  EXPECT_FALSE(ledger.append(make_event(ledger.origin())));
}

TEST(Group, ARefusedCallLeavesNoTraceWhileItsNeighboursLand) {
  TestLedger ledger;
  GatedJournal journal;
  ledger.journal = &journal;
  ASSERT_TRUE(ledger.reopen());
  journal.store = &ledger.store();
  ledger.guard.rule = [](const Prepared& event, std::uint64_t seq, UtcTime,
                         store::Batch& batch) -> Status {
    batch.put(store::Table::kStates, cat("seq ", seq), event.key);
    batch.put_readable(store::Table::kStates, event.key, "seen");
    if (event.key.starts_with("bad")) return fail(Errc::kRefused, "no");
    return {};
  };
  // The first call holds the journal; everybody else has to share the next group.
  std::vector<std::thread> callers;
  callers.emplace_back(
      [&] { EXPECT_TRUE(ledger.append(make_keyed_event(ledger.origin(), "first", ""))); });
  journal.wait_for_first();
  std::atomic<int> landed = 0, refused = 0;
  for (int i = 0; i < 12; ++i)
    callers.emplace_back([&, i] {
      const std::string kind = i % 3 == 0 ? "bad" : "good";
      const auto appended =
          ledger.log().append({make_keyed_event(ledger.origin(), cat("early ", i), ""),
                               make_keyed_event(ledger.origin(), cat(kind, i), "")});
      EXPECT_EQ(appended.has_value(), i % 3 != 0);
      ++(appended ? landed : refused);
      if (appended) {
        EXPECT_EQ(appended->receipts[1].index, appended->receipts[0].index + 1);
      }
    });
  std::this_thread::yield();
  journal.open();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(landed, 8);
  EXPECT_EQ(refused, 4);
  EXPECT_EQ(ledger.log().size(), 17u);
  for (int i = 0; i < 12; i += 3) {
    EXPECT_EQ(*ledger.log().find_key(cat("early ", i)), std::nullopt);
    EXPECT_EQ(*ledger.store().get(store::Table::kStates, cat("bad", i)), std::nullopt);
    EXPECT_EQ(*ledger.store().get(store::Table::kStates, cat("early ", i)), std::nullopt);
  }
  for (std::uint64_t seq = 0; seq < 17; ++seq)
    EXPECT_EQ(*ledger.log().find_key(**ledger.store().get(store::Table::kStates, cat("seq ", seq))),
              seq);
  EXPECT_EQ(ledger.problems(), std::vector<std::string>());
}

TEST(Group, ManyCallersGetContiguousPlacesAndOneValidLog) {
  TestLedger ledger;
  ledger.group_events = 16;
  ASSERT_TRUE(ledger.reopen());
  constexpr std::size_t kCallers = 12, kEach = 40;
  std::mutex mutex;
  std::set<std::uint64_t> places;
  std::vector<std::thread> callers;
  for (std::size_t t = 0; t < kCallers; ++t)
    callers.emplace_back([&] {
      for (std::size_t i = 0; i < kEach; ++i) {
        Prepared event = make_event(ledger.origin());
        const auto appended = ledger.append(event);
        ASSERT_TRUE(appended) << appended.error().message;
        EXPECT_EQ(appended->receipts[0].event, event.event);
        EXPECT_GT(checked(ledger.log(), appended->checkpoint).size, appended->receipts[0].index);
        EXPECT_EQ(*ledger.log().find_event(event.event), appended->receipts[0].index);
        std::lock_guard lock(mutex);
        places.insert(appended->receipts[0].index);
      }
    });
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(places.size(), kCallers * kEach);
  EXPECT_EQ(*places.rbegin(), kCallers * kEach - 1);
  EXPECT_EQ(ledger.problems(2), std::vector<std::string>());
  ASSERT_TRUE(ledger.reopen());
  EXPECT_EQ(ledger.log().size(), kCallers * kEach);
}

TEST(Group, ACallLargerThanAGroupIsStillOneDurableWrite) {
  TestLedger ledger;
  ledger.group_events = 10;
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(600);
  EXPECT_EQ(ledger.log().size(), 600u);
  EXPECT_EQ(ledger.problems(), std::vector<std::string>());
}

TEST(Group, GivesNoReceiptWhenTheJournalFailsAndTakesNoMoreUntilReopened) {
  TestLedger ledger;
  FailingJournal journal;
  ledger.journal = &journal;
  ASSERT_TRUE(ledger.reopen());
  journal.store = &ledger.store();
  ledger.append_many(1);
  const std::string before = ledger.log().checkpoint();
  journal.error = Error{Errc::kIo, "the disk is gone", {}};
  EXPECT_EQ(ledger.append(make_event(ledger.origin())).error().code, Errc::kIo);
  EXPECT_EQ(ledger.log().size(), 1u);
  EXPECT_EQ(ledger.log().checkpoint(), before);
  journal.error.reset();
  EXPECT_EQ(ledger.append(make_event(ledger.origin())).error().code, Errc::kIo)
      << "what became of the failed group is unknown";
  ASSERT_TRUE(ledger.log().entry(0)) << "reading goes on";
  ASSERT_TRUE(ledger.reopen());
  journal.store = &ledger.store();
  EXPECT_TRUE(ledger.append(make_event(ledger.origin())));
  EXPECT_EQ(ledger.problems(), std::vector<std::string>());
}

TEST(Group, GoesOnAfterAFullDiskBecauseNothingWasWritten) {
  TestLedger ledger;
  FailingJournal journal;
  ledger.journal = &journal;
  ASSERT_TRUE(ledger.reopen());
  journal.store = &ledger.store();
  journal.error = Error{Errc::kResourceExhausted, "full", {}};
  EXPECT_EQ(ledger.append(make_event(ledger.origin())).error().code, Errc::kResourceExhausted);
  journal.error.reset();
  EXPECT_EQ(ledger.append(make_event(ledger.origin()))->receipts[0].index, 0u);
  EXPECT_EQ(ledger.problems(), std::vector<std::string>());
}

TEST(Group, TwoLogsOfOneStoreTakeTurns) {
  TestLedger ledger;
  const auto other_key = *crypto::SigningKey::generate();
  ASSERT_TRUE(Log::create(ledger.store(), 2, other_key));
  std::atomic<int> inside = 0;
  ledger.guard.rule = [&](auto&&...) -> Status {
    EXPECT_EQ(++inside, 1) << "the guard is never called concurrently for one store";
    --inside;
    return {};
  };
  auto other = Log::open(ledger.store(), 2, other_key, ledger.clock, ledger.guard, {});
  ASSERT_TRUE(other);
  std::thread second([&] {
    for (int i = 0; i < 50; ++i) EXPECT_TRUE((*other)->append(make_events((*other)->origin(), 3)));
  });
  for (int i = 0; i < 50; ++i) ledger.append_many(3);
  second.join();
  EXPECT_EQ((*other)->size(), 150u);
  EXPECT_EQ(ledger.log().size(), 150u);
  EXPECT_EQ(*list_logs(ledger.store()), (std::vector<LogNumber>{1, 2}));
  EXPECT_EQ(ledger.problems(), std::vector<std::string>());
}

}  // namespace
}  // namespace quarrymark::log
