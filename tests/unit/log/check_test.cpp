#include "ledger/log/check.h"

#include "ledger/base/text.h"
#include "ledger/log/layout.h"
#include "ledger/note/checkpoint.h"
#include "tests/unit/log/ledger.h"

namespace quarrymark::log {
namespace {

using store::Table;
using Problems = std::vector<std::string>;

// A log of two full tiles and an edge, whose parts the tests damage one by one.
class CheckTest : public ::testing::Test {
 protected:
  static constexpr std::uint64_t kSize = 600;

  CheckTest() {
    ledger_.append_many(kSize - 1);
    EXPECT_TRUE(ledger_.append(make_keyed_event(ledger_.origin(), "key", "content")));
    EXPECT_TRUE(ledger_.reopen());
  }

  std::string row(Table table, std::uint64_t seq) {
    return **ledger_.store().get(table, seq_key(1, seq));
  }
  void put_row(Table table, std::uint64_t seq, const std::string& value) {
    ledger_.put(table, seq_key(1, seq), value);
  }
  // Changes one character of the row to another of the same alphabet.
  void damage(Table table, std::uint64_t seq, std::size_t at) {
    std::string value = row(table, seq);
    value[at] = value[at] == 'A' ? 'B' : 'A';
    put_row(table, seq, value);
  }
  // True when some problem starts like this; the damage is found with one thread and with more.
  void expect_problem(const std::string& start) {
    for (const unsigned threads : {1u, 3u}) {
      bool found = false;
      const Problems problems = ledger_.problems(threads);
      for (const std::string& problem : problems) found |= problem.starts_with(start);
      EXPECT_TRUE(found) << start << " is not among " << ::testing::PrintToString(problems);
    }
  }

  TestLedger ledger_;
};

TEST_F(CheckTest, FindsNothingWrongWithAGoodLog) {
  CheckOptions options;
  std::uint64_t seen = 0;
  options.progress = [&](std::uint64_t done, std::uint64_t total) {
    EXPECT_EQ(total, kSize);
    seen = done;
  };
  for (options.threads = 1; options.threads < 5; ++options.threads) {
    const auto report = check_log(ledger_.store(), 1, options);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->problems, Problems());
    EXPECT_EQ(report->entries, kSize);
    EXPECT_EQ(report->signed_entries, kSize);
    EXPECT_EQ(report->origin, ledger_.origin());
    EXPECT_EQ(report->checkpoint, ledger_.log().checkpoint());
    EXPECT_EQ(report->root, *ledger_.log().root(kSize));
    EXPECT_EQ(seen, kSize);
  }
}

TEST_F(CheckTest, FindsNothingWrongWhileTheLogGrows) {
  ledger_.append_many(2);
  const auto report = check_log(ledger_.store(), 1, {});
  EXPECT_EQ(report->problems, Problems());
  EXPECT_EQ(report->entries, kSize + 2);
  EXPECT_EQ(report->signed_entries, kSize) << "the newest group's comes with the next";
}

TEST_F(CheckTest, SaysThatThereIsNoSuchLog) {
  EXPECT_EQ(check_log(ledger_.store(), 2, {}).error().code, Errc::kNotFound);
}

TEST_F(CheckTest, HoldsForAnEmptyLog) {
  TestLedger empty;
  EXPECT_EQ(empty.problems(2), Problems());
}

TEST_F(CheckTest, FindsAChangedEntry) {
  damage(Table::kEntries, 300, row(Table::kEntries, 300).find("\"event\":\"") + 12);
  expect_problem("entries, log 1, seq 301: its prev is not the hash");
  expect_problem("tiles, log 1, level 0, tile 1: does not hold");
  expect_problem("events, log 1, seq 300: ");
  expect_problem("disclosures, log 1, seq 300: the head is not");
}

TEST_F(CheckTest, FindsAChangedEntryAtEveryRangeAndTileBorder) {
  for (const std::uint64_t seq : {0u, 255u, 256u, 511u, 512u}) {
    const std::string before = row(Table::kEntries, seq);
    damage(Table::kEntries, seq, before.find("\"event\":\"") + 12);
    expect_problem(cat("entries, log 1, seq ", seq + 1, ": its prev is not the hash"));
    put_row(Table::kEntries, seq, before);
  }
}

TEST_F(CheckTest, FindsAChangeInTheLastEntry) {
  damage(Table::kEntries, kSize - 1, row(Table::kEntries, kSize - 1).find("\"event\":\"") + 12);
  expect_problem("meta, log 1: the state names another last entry");
  expect_problem("meta, log 1, checkpoint: has root");
}

TEST_F(CheckTest, FindsAnEntryThatIsNone) {
  put_row(Table::kEntries, 17, "{}");
  expect_problem("entries, log 1, seq 17: not an entry");
}

TEST_F(CheckTest, FindsEntriesThatChangedPlaces) {
  const std::string seventeen = row(Table::kEntries, 17);
  put_row(Table::kEntries, 17, row(Table::kEntries, 18));
  put_row(Table::kEntries, 18, seventeen);
  expect_problem("entries, log 1, seq 17: says it is entry 18");
}

TEST_F(CheckTest, FindsAnEntryOfAnotherLog) {
  TestLedger other;
  other.append_many(1);
  put_row(Table::kEntries, 0, *other.log().entry(0));
  expect_problem("entries, log 1, seq 0: of another log");
}

TEST_F(CheckTest, FindsAMissingEntry) {
  ledger_.erase(Table::kEntries, seq_key(1, 40));
  expect_problem("entries, log 1, seq 40: missing");
}

TEST_F(CheckTest, FindsMissingEntriesAcrossRangesInFewLines) {
  for (std::uint64_t seq = 200; seq < 560; ++seq) ledger_.erase(Table::kEntries, seq_key(1, seq));
  expect_problem("entries, log 1, seq 200 to ");
  std::size_t lines = 0;
  for (const std::string& problem : ledger_.problems())
    lines += problem.starts_with("entries, log 1, seq") && problem.ends_with("missing");
  EXPECT_LE(lines, 3u);
}

TEST_F(CheckTest, FindsMissingEntriesAtTheEnd) {
  ledger_.erase(Table::kEntries, seq_key(1, kSize - 1));
  ledger_.erase(Table::kEntries, seq_key(1, kSize - 2));
  expect_problem("entries, log 1, seq 598 to 599: missing at the end");
}

TEST_F(CheckTest, FindsAnEntryBeyondTheEnd) {
  put_row(Table::kEntries, kSize + 3, row(Table::kEntries, 1));
  expect_problem("entries, log 1, seq 603: beyond the end of the log");
}

TEST_F(CheckTest, FindsAChangedField) {
  damage(Table::kDisclosures, 77, row(Table::kDisclosures, 77).size() - 2);
  expect_problem("disclosures, log 1, seq 77: field how is not the one its head commits to");
  CheckOptions options;
  options.disclosures = false;
  EXPECT_EQ(check_log(ledger_.store(), 1, options)->problems, Problems());
}

TEST_F(CheckTest, FindsAChangedHead) {
  damage(Table::kDisclosures, 77, 5);
  expect_problem("disclosures, log 1, seq 77: the head is not the one the entry commits to");
}

TEST_F(CheckTest, FindsMissingDisclosures) {
  ledger_.erase(Table::kDisclosures, seq_key(1, 255));
  ledger_.erase(Table::kDisclosures, seq_key(1, kSize - 1));
  expect_problem("disclosures, log 1, seq 255: missing");
  expect_problem("disclosures, log 1, seq 599: missing");
}

TEST_F(CheckTest, FindsAFieldThatWasCutOff) {
  std::string value = row(Table::kDisclosures, 9);
  put_row(Table::kDisclosures, 9, value.substr(0, value.find('\n')));
  expect_problem("disclosures, log 1, seq 9: expected 2 disclosures, got 1");
}

TEST_F(CheckTest, AcceptsAFieldThatWasErasedForGood) {
  std::string value = row(Table::kDisclosures, 9);
  put_row(Table::kDisclosures, 9, value.substr(0, value.find('\n') + 1));
  EXPECT_EQ(ledger_.problems(), Problems());
}

TEST_F(CheckTest, FindsAChangedTile) {
  std::string tile = **ledger_.store().get(Table::kTiles, tile_key(1, 0, 1));
  tile[100] = static_cast<char>(tile[100] ^ 1);
  ledger_.put(Table::kTiles, tile_key(1, 0, 1), tile);
  expect_problem("tiles, log 1, level 0, tile 1: does not hold the hashes of its entries");
}

TEST_F(CheckTest, FindsAMissingTile) {
  ledger_.erase(Table::kTiles, tile_key(1, 0, 0));
  expect_problem("tiles, log 1, level 0, tile 0: missing");
}

TEST_F(CheckTest, FindsACheckpointThatTheLogDidNotSign) {
  const auto other = *crypto::SigningKey::generate();
  ledger_.put(Table::kMeta, checkpoint_key(1),
              *note::sign_checkpoint(ledger_.origin(), kSize, *ledger_.log().root(kSize), other));
  expect_problem("meta, log 1, checkpoint: the log's signature does not hold");
}

TEST_F(CheckTest, FindsASignedCheckpointOfAnotherTree) {
  ledger_.put(Table::kMeta, checkpoint_key(1),
              *note::sign_checkpoint(ledger_.origin(), kSize, *ledger_.log().root(3), ledger_.key));
  expect_problem("meta, log 1, checkpoint: has root");
}

TEST_F(CheckTest, FindsACheckpointThatIsOlderThanTheNewestGroup) {
  ledger_.put(Table::kMeta, checkpoint_key(1),
              *note::sign_checkpoint(ledger_.origin(), 300, *ledger_.log().root(300), ledger_.key));
  expect_problem("meta, log 1, checkpoint: covers 300 entries, expected 600");
}

TEST_F(CheckTest, FindsAMissingCheckpointAndDamagedState) {
  ledger_.erase(Table::kMeta, checkpoint_key(1));
  expect_problem("meta, log 1, checkpoint: missing");
  ledger_.put(Table::kMeta, state_key(1), "?");
  expect_problem("meta, log 1: the stored log state is damaged");
}

TEST_F(CheckTest, FindsAStateThatNamesFarTooManyEntries) {
  StateRecord state = *load_state(ledger_.store(), 1);
  state.size = std::uint64_t{1} << 60;
  state.frontier.resize(1);
  ledger_.put(Table::kMeta, state_key(1), write_state(state));
  expect_problem("entries, log 1, seq 600 to ");
}

TEST_F(CheckTest, FindsIndexRowsThatAreMissingWrongOrTooMany) {
  const auto event_of = [this](std::uint64_t seq) {
    EventId event;
    const std::string entry = row(Table::kEntries, seq);
    EXPECT_TRUE(parse_hash_text(
        std::string_view(entry).substr(entry.find("\"event\":\"") + 9, kHashTextSize), event.hash));
    return event;
  };
  ledger_.erase(Table::kEvents, event_key(1, event_of(10)));
  expect_problem("events, log 1, seq 10: event");
  ledger_.put(Table::kEvents, event_key(1, event_of(20)), write_seq(21));
  expect_problem("events, log 1, seq 20: event");
  ledger_.put(Table::kEvents, event_key(1, EventId{}), write_seq(30));
  expect_problem("events, log 1, seq 30: a row for an event that is not there");
  ledger_.put(Table::kEvents, event_key(1, event_of(40)), "short");
  expect_problem("events, log 1: a row of another form");
}

TEST_F(CheckTest, FindsAKeyThatStandsForNoEntry) {
  ledger_.put(Table::kKeys, idempotency_key(1, "stray"), write_key({kSize, {}}));
  expect_problem("keys, log 1, seq 600: the key");
}

TEST_F(CheckTest, DoesNotMixUpLogsOfOneStore) {
  const auto other = *crypto::SigningKey::generate();
  ASSERT_TRUE(Log::create(ledger_.store(), 2, other));
  auto log = Log::open(ledger_.store(), 2, other, ledger_.clock, ledger_.guard, {});
  ASSERT_TRUE((*log)->append(make_events((*log)->origin(), 300)));
  log->reset();
  EXPECT_EQ(ledger_.problems(2), Problems());
  EXPECT_EQ(check_log(ledger_.store(), 2, {})->problems, Problems());
}

}  // namespace
}  // namespace quarrymark::log
