// Damages each index of a node that has seen everything (own logs, passports of others, voids,
// corrections, erasures) and proves that it is named, and that rebuilding gives the undamaged
// store back byte for byte.
#include "ledger/fsck/fsck.h"

#include "ledger/base/text.h"
#include "ledger/log/layout.h"
#include "ledger/record/erasing.h"
#include "ledger/record/index.h"
#include "node_fixture.h"

#include <fstream>
#include <map>

namespace quarrymark::fsck {
namespace {

namespace fs = std::filesystem;
using record::TestNode;
using store::Store;
using store::Table;
using Rows = std::map<std::string, std::string>;

constexpr std::array<Table, 6> kIndexes = {Table::kTiles, Table::kEvents, Table::kStates,
                                           Table::kItems, Table::kNames,  Table::kLinks};

Rows rows_of(const Store& store, Table table) {
  Rows rows;
  EXPECT_TRUE(store.scan(table, {}, {}, [&](std::string_view key, std::string_view value) {
    rows.emplace(key, value);
    return true;
  }));
  return rows;
}

std::vector<Rows> all_rows(const std::string& directory) {
  const auto store = Store::open(directory, {});
  std::vector<Rows> tables;
  if (!store) {
    ADD_FAILURE() << to_string(store.error());
    return tables;
  }
  for (std::size_t i = 0; i < store::kTableCount; ++i)
    tables.push_back(rows_of(**store, static_cast<Table>(i)));
  return tables;
}

// A quarry's chain up to a factory that bought, sawed, packed, voided, corrected and erased; made
// once and copied for each test.
struct Sample {
  record::ScratchDirectory scratch;
  std::string path = scratch.path() + "/sample";
  std::vector<Rows> rows;

  Sample() {
    TestNode quarry("Quarry"), factory("Factory", "factory", "CN");
    factory.knows(quarry);
    quarry.knows(factory);
    quarry.must_record(record::quarry_events());
    quarry.must_record(
        record::event("attest", R"("fields":{"about":{"item":"B-1"},"kind":"confirm"})"));
    quarry.must_record(record::event(
        "dispatch", R"("key":"out","inputs":["B-1"],"fields":{"to":{"log":"Factory"}})"));
    quarry.hand_over(factory, "out");
    factory.must_record(record::event("receive", R"("inputs":["B-1"])"));
    factory.must_record(record::event(
        "split",
        R"("key":"saw","inputs":["B-1"],"outputs":[{"kind":"slab","aliases":["S-1"],"measure":{"size":[2700,1600,30]}},{"kind":"slab","aliases":["S-2"],"measure":{"size":[2700,1600,30]}}],"fields":{"remarks":{"text":"first saw"}})"));
    factory.must_record(record::event(
        "dispose", R"("key":"gone","inputs":["S-2"],"fields":{"reason":{"text":"cracked"}})"));
    factory.must_record(record::event(
        "void", R"("fields":{"voids":{"event":"key:gone"},"reason":{"text":"the wrong slab"}})"));
    std::string many;
    for (int i = 0; i < 300; ++i) many += record::batch_event(cat("T-", i), 10 + i);
    factory.must_record(many);
    factory.must_record(record::event(
        "site",
        R"("key":"hall","fields":{"site":{"kind":"factory","name":"Hall","country":"CN"}})"));
    for (const auto& [key, field] : {std::pair("saw", "remarks"), std::pair("hall", "site")})
      EXPECT_TRUE(record::erase_fields(factory.node(), factory.log(), {key, {field}, "asked for"}));
    factory.reopen();
    const std::string from = factory.node().directory();
    factory.close();
    fs::copy(from, path, fs::copy_options::recursive);
    rows = all_rows(path);
  }
};

const Sample& sample() {
  static const Sample made;
  return made;
}

class FsckTest : public ::testing::Test {
 protected:
  FsckTest() { fs::copy(sample().path, path_, fs::copy_options::recursive); }

  Report must_check(bool rebuild = false) {
    Options options;
    options.rebuild = rebuild;
    auto report = check(path_, options);
    if (report) return std::move(*report);
    ADD_FAILURE() << to_string(report.error());
    return {};
  }

  using Changes = std::map<std::string, std::optional<std::string>>;
  void change(Table table, const Changes& changes) {
    const auto store = Store::open(path_, {});
    ASSERT_TRUE(store) << to_string(store.error());
    store::Batch batch(**store);
    for (const auto& [key, value] : changes)
      if (value)
        batch.put(table, key, *value);
      else
        batch.erase(table, key);
    ASSERT_TRUE((*store)->write(batch, true));
  }
  void change(Table table, const std::string& key, const std::optional<std::string>& value) {
    change(table, Changes{{key, value}});
  }

  static const TableDifferences& table_of(const Report& report, Table table) {
    for (const TableDifferences& each : report.tables)
      if (each.table == table) return each;
    ADD_FAILURE() << "the table was not compared";
    return report.tables.front();
  }

  void expect_mended(Table table, std::uint64_t missing, std::uint64_t different,
                     std::uint64_t invented) {
    for (const bool rebuild : {false, true}) {
      const Report report = must_check(rebuild);
      EXPECT_EQ(report.problems, std::vector<std::string>());
      const TableDifferences& found = table_of(report, table);
      EXPECT_EQ(found.missing, missing) << store::table_name(table);
      EXPECT_EQ(found.different, different) << store::table_name(table);
      EXPECT_EQ(found.invented, invented) << store::table_name(table);
      EXPECT_EQ(found.named.size(), std::min<std::uint64_t>(found.count(), kMostNamed));
      EXPECT_EQ(report.sound(), rebuild);
    }
    EXPECT_EQ(all_rows(path_), sample().rows) << "byte for byte";
    EXPECT_TRUE(must_check().sound());
  }

  record::ScratchDirectory scratch_;
  const std::string path_ = scratch_.path() + "/node";
  ManualClock clock_{UtcTime{1'800'000'000'000}};
};

TEST_F(FsckTest, FindsNothingWrongWithASoundNodeAndLeavesNothingBehind) {
  const Report report = must_check();
  EXPECT_TRUE(report.sound());
  EXPECT_EQ(report.logs.size(), 1U);
  EXPECT_EQ(report.tables.size(), 7U);
  for (const TableDifferences& table : report.tables) {
    EXPECT_EQ(table.count(), 0U) << ::testing::PrintToString(table.named);
    EXPECT_GT(table.rows, 0U) << store::table_name(table.table) << " is not put to the test";
  }
  EXPECT_FALSE(fs::exists(record::fsck_path(path_)));
  EXPECT_EQ(all_rows(path_), sample().rows);
}

TEST_F(FsckTest, RebuildsEachIndexThatIsGone) {
  for (const Table table : kIndexes) {
    const Rows& rows = sample().rows[static_cast<std::size_t>(table)];
    Changes changes;
    for (const auto& [key, value] : rows) changes[key] = std::nullopt;
    change(table, changes);
    expect_mended(table, rows.size(), 0, 0);
  }
}

TEST_F(FsckTest, RebuildsAllIndexesAtOnce) {
  {
    const auto store = Store::open(path_, {});
    store::Batch batch(**store);
    for (const Table table : kIndexes)
      for (const auto& [key, value] : sample().rows[static_cast<std::size_t>(table)])
        batch.erase(table, key);
    batch.erase(Table::kMeta, log::state_key(0));
    ASSERT_TRUE((*store)->write(batch, true));
  }
  EXPECT_FALSE(record::Node::open(path_, clock_)) << "without its state the log does not open";
  EXPECT_TRUE(must_check(true).sound());
  EXPECT_EQ(all_rows(path_), sample().rows);
  EXPECT_TRUE(record::Node::open(path_, clock_));
}

TEST_F(FsckTest, RebuildsEachIndexWhereRowsWereAltered) {
  for (const Table table : {Table::kTiles, Table::kEvents, Table::kStates, Table::kLinks}) {
    Changes changes;
    for (const auto& [key, value] : sample().rows[static_cast<std::size_t>(table)]) {
      std::string other = value;
      other[other.size() / 2] = static_cast<char>(other[other.size() / 2] ^ 1);
      changes[key] = other;
    }
    change(table, changes);
    expect_mended(table, 0, changes.size(), 0);
  }
}

TEST_F(FsckTest, RebuildsEachIndexWhereRowsSayWhatIsEmpty) {
  // The values of these tables are empty: a row with one is altered as well.
  for (const Table table : {Table::kItems, Table::kNames}) {
    change(table, sample().rows[static_cast<std::size_t>(table)].begin()->first, "something");
    expect_mended(table, 0, 1, 0);
  }
}

TEST_F(FsckTest, RebuildsEachIndexWhereRowsWereInvented) {
  for (const Table table : kIndexes) {
    Changes changes{{"?", "of no form at all"}};
    for (const auto& [key, value] : sample().rows[static_cast<std::size_t>(table)]) {
      std::string other = key;
      other.back() = static_cast<char>(other.back() ^ 0x40);
      if (sample().rows[static_cast<std::size_t>(table)].contains(other)) continue;
      changes[other] = value;
    }
    change(table, changes);
    expect_mended(table, 0, 0, changes.size());
  }
}

TEST_F(FsckTest, ASpentStateThatWasMadeOpenAgainIsFound) {
  // Somebody who would spend a slab twice: its row as it was before, and its item open.
  const Rows& states = sample().rows[static_cast<std::size_t>(Table::kStates)];
  const auto spent = std::find_if(states.begin(), states.end(), [](const auto& row) {
    return (row.second.front() & 8) != 0 && (row.second.front() & 1) == 0;
  });
  ASSERT_NE(spent, states.end());
  {
    const auto store = Store::open(path_, {});
    record::Overlay rows(**store);
    const entry::StateRef state = record::RowReader(spent->first).state();
    auto row = *record::load_state(rows, state);
    row->spent.reset();
    record::put_state(rows, state, *row);
    store::Batch batch(**store);
    record::BatchRows written(batch);
    rows.write_to(written);
    ASSERT_TRUE((*store)->write(batch, true));
  }
  expect_mended(Table::kStates, 0, 1, 0);
}

TEST_F(FsckTest, RebuildsTheStateOfALog) {
  const std::string key = log::state_key(0);
  change(Table::kMeta, key, std::nullopt);
  expect_mended(Table::kMeta, 1, 0, 0);
  change(Table::kMeta, key, "?");
  expect_mended(Table::kMeta, 0, 1, 0);
  change(Table::kMeta, log::state_key(7), "of no log");
  expect_mended(Table::kMeta, 0, 0, 1);
}

TEST_F(FsckTest, NamesWhatDiffers) {
  const Rows& items = sample().rows[static_cast<std::size_t>(Table::kItems)];
  const auto open = items.lower_bound("o");
  change(Table::kItems, open->first, std::nullopt);
  const Report report = must_check();
  const std::string named = table_of(report, Table::kItems).named.at(0);
  EXPECT_TRUE(record::contains(named, "items, open state of item "));
  EXPECT_TRUE(record::contains(named, "output 0: missing"));
}

TEST_F(FsckTest, RebuildsNothingOutOfDamagedEntries) {
  std::string entry =
      sample().rows[static_cast<std::size_t>(Table::kEntries)].at(log::seq_key(0, 40));
  entry[entry.find("\"event\":\"") + 12] ^= 1;
  change(Table::kEntries, log::seq_key(0, 40), entry);
  change(Table::kEvents, "?", "?");
  const std::vector<Rows> before = all_rows(path_);
  const Report report = must_check(true);
  EXPECT_FALSE(report.sound());
  EXPECT_FALSE(report.rebuilt);
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_TRUE(record::contains(report.problems[0], "log 0, seq 40"));
  EXPECT_EQ(all_rows(path_), before) << "nothing was touched";
}

TEST_F(FsckTest, RebuildsNothingWhereTheNewestEntriesAreLost) {
  const std::uint64_t last = sample().rows[static_cast<std::size_t>(Table::kEntries)].size() - 1;
  change(Table::kEntries, log::seq_key(0, last), std::nullopt);
  change(Table::kMeta, log::checkpoint_key(0), std::nullopt);
  const Report report = must_check(true);
  EXPECT_FALSE(report.rebuilt);
  ASSERT_FALSE(report.problems.empty());
  EXPECT_TRUE(record::contains(report.problems[0], "heads/0"));
}

TEST_F(FsckTest, RebuildsNothingOutOfDamagedDisclosuresOrPackets) {
  change(Table::kDisclosures, log::seq_key(0, 3), "bm90IGEgaGVhZA");
  EXPECT_TRUE(record::contains(must_check(true).problems.at(0), "disclosures, log 0, seq 3"));
  change(Table::kDisclosures, log::seq_key(0, 3),
         sample().rows[static_cast<std::size_t>(Table::kDisclosures)].at(log::seq_key(0, 3)));
  EXPECT_TRUE(must_check(true).sound());
  const Rows& foreign = sample().rows[static_cast<std::size_t>(Table::kForeign)];
  std::string packet = foreign.lower_bound("n")->second;
  packet[packet.size() - 3] ^= 1;
  change(Table::kForeign, foreign.lower_bound("n")->first, packet);
  EXPECT_FALSE(must_check(true).rebuilt);
}

TEST_F(FsckTest, ANodeHalfRebuiltOpensForNothingUntilItIsFinished) {
  const Rows& states = sample().rows[static_cast<std::size_t>(Table::kStates)];
  Changes changes;
  for (const auto& [key, value] : states) changes[key] = std::nullopt;
  change(Table::kStates, changes);
  change(Table::kMeta, std::string(record::kRebuildingKey), "");
  fs::create_directories(record::fsck_path(path_) + "/store");  // what was being made
  for (const bool read_only : {false, true}) {
    const auto refused = record::Node::open(path_, clock_, {.read_only = read_only});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, Errc::kFailedPrecondition);
    EXPECT_TRUE(record::contains(refused.error().message, "quarrymark fsck --rebuild"));
  }
  EXPECT_FALSE(record::Node::create_log(path_, "Another", "factory", "CN"));
  EXPECT_FALSE(must_check(false).sound());
  EXPECT_TRUE(must_check(true).sound());
  EXPECT_EQ(all_rows(path_), sample().rows);
  EXPECT_TRUE(record::Node::open(path_, clock_));
}

TEST_F(FsckTest, ANodeWithIndexesOfAnEarlierFormIsRefusedAndBroughtUpToDate) {
  change(Table::kMeta, std::string(record::kIndexFormKey), std::nullopt);
  const auto refused = record::Node::open(path_, clock_);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(record::contains(refused.error().message, "form \"1\", expected \"2\""));
  EXPECT_TRUE(record::contains(refused.error().message, "quarrymark fsck --rebuild"));
  EXPECT_FALSE(record::Node::create_log(path_, "Another", "factory", "CN"));
  EXPECT_FALSE(check(path_, {}));
  EXPECT_TRUE(must_check(true).sound());
  EXPECT_EQ(all_rows(path_), sample().rows);
}

TEST_F(FsckTest, WhatAnInterruptedCheckLeftGoesWhenTheNodeIsOpened) {
  fs::create_directories(record::fsck_path(path_) + "/store");
  EXPECT_TRUE(record::Node::open(path_, clock_));
  EXPECT_FALSE(fs::exists(record::fsck_path(path_)));
}

TEST_F(FsckTest, NeedsTheDirectoryForItself) {
  const auto node = record::Node::open(path_, clock_);
  ASSERT_TRUE(node);
  const auto refused = check(path_, {});
  ASSERT_FALSE(refused);
  EXPECT_TRUE(record::contains(refused.error().message, "is open in"));
  EXPECT_FALSE(check(scratch_.path() + "/nowhere", {}));
}

TEST_F(FsckTest, AGoodNodeThatIsStillOpenedByAnEarlierVersionsStateIsSound) {
  // Closed by a version that left the size before the last group in `before`.
  auto state =
      *log::read_state(sample().rows[static_cast<std::size_t>(Table::kMeta)].at(log::state_key(0)));
  ASSERT_EQ(state.before, state.size);
  --state.before;
  change(Table::kMeta, log::state_key(0), log::write_state(state));
  EXPECT_TRUE(must_check().sound());
}

// Passports come in any order; the rows must not tell which.
TEST(Passports, GiveTheSameRowsInWhateverOrderTheyCome) {
  TestNode quarry("Quarry"), first("Yard"), factory("Factory", "factory", "CN");
  for (TestNode* node : {&quarry, &first, &factory})
    for (TestNode* other : {&quarry, &first, &factory})
      if (node != other) node->knows(*other);
  quarry.must_record(record::quarry_events());
  quarry.must_record(
      record::event("dispatch", R"("key":"out","inputs":["B-1"],"fields":{"to":{"log":"Yard"}})"));
  const std::string early = quarry.passport_of("out");
  quarry.hand_over(first, "out");
  first.must_record(record::event("receive", R"("key":"in","inputs":["B-1"])"));
  const std::string held = first.passport_of("in");
  first.must_record(record::event(
      "dispatch", R"("key":"on","inputs":["B-1"],"fields":{"to":{"log":"Factory"}})"));
  std::vector<std::string> passports{early, held, first.passport_of("on")};
  std::sort(passports.begin(), passports.end());
  std::optional<std::vector<Rows>> expected;
  do {
    TestNode reader("Reader");
    for (const std::string& passport : passports) {
      const std::string_view view = passport;
      ASSERT_TRUE(record::accept_passports(reader.node(), std::span(&view, 1)));
    }
    const std::string directory = reader.node().directory();
    reader.close();
    EXPECT_TRUE(check(directory, {})->sound());
    std::vector<Rows> rows = all_rows(directory);
    std::vector<Rows> indexes;
    for (const Table table : {Table::kStates, Table::kItems, Table::kNames})
      indexes.push_back(rows[static_cast<std::size_t>(table)]);
    if (!expected) expected = indexes;
    EXPECT_EQ(indexes, *expected);
  } while (std::next_permutation(passports.begin(), passports.end()));
}

}  // namespace
}  // namespace quarrymark::fsck
