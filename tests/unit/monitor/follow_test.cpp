// Following a log: what is indexed, what is remembered, and what a log cannot take back.
#include "ledger/base/text.h"
#include "ledger/entry/entry.h"
#include "ledger/log/tiles_export.h"
#include "ledger/merkle/compact_range.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/monitor/monitor.h"
#include "ledger/tiles/bundle.h"
#include "tests/unit/log/ledger.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

namespace quarrymark::monitor {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

constexpr UtcTime kNow{1'772'442'843'120};

// Counts what is asked for, and can stop answering.
class WatchedSource final : public tiles::TileSource {
 public:
  explicit WatchedSource(std::string directory) : inner_(std::move(directory)) {}
  Result<std::string> read(std::string_view path, std::size_t limit) const override {
    if (answers_left == 0) return fail(Errc::kIo, "nobody answers");
    if (answers_left > 0) --answers_left;
    asked.push_back(std::string(path));
    return inner_.read(path, limit);
  }
  std::string name() const override { return inner_.name(); }
  mutable Texts asked;
  mutable int answers_left = -1;  // -1: any number

 private:
  tiles::DirectorySource inner_;
};

class Follow : public ::testing::Test {
 protected:
  Follow() {
    path_ = (fs::temp_directory_path() / "quarrymark_monitor_XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
    EXPECT_TRUE(Monitor::create(path_ + "/m", "monitor.example/m1"));
    reopen();
  }
  ~Follow() override {
    monitor_.reset();
    fs::remove_all(path_);
  }
  void reopen() {
    monitor_.reset();
    auto opened = Monitor::open(path_ + "/m", false);
    ASSERT_TRUE(opened) << to_string(opened.error());
    monitor_ = std::move(*opened);
  }
  std::string tiles() const { return path_ + "/tiles"; }
  void grow(std::size_t count) {
    ledger_.append_many(count);
    publish();
  }
  void publish() {
    const auto done = log::export_tiles(ledger_.log(), ledger_.log().checkpoint(), tiles());
    ASSERT_TRUE(done) << to_string(done.error());
  }
  tiles::LogIdentity identity() { return *tiles::make_identity(ledger_.log().vkey()); }
  Result<Followed> try_follow() {
    return monitor_->follow(identity(), tiles::DirectorySource(tiles()), kNow);
  }
  Followed follow() {
    auto followed = try_follow();
    if (followed) return std::move(*followed);
    ADD_FAILURE() << to_string(followed.error());
    return {};
  }
  FollowedLog known() { return monitor_->logs()->at(0); }

  // Other entries from `from` on, under the log's own key: a fork.
  void publish_fork(std::uint64_t from, std::uint64_t size);

  std::string path_;
  log::TestLedger ledger_;
  std::unique_ptr<Monitor> monitor_;
};

// Entries of the right form, chained, without a store: what a log could have written instead.
Texts other_entries(log::Log& log, std::uint64_t from, std::uint64_t size) {
  Texts entries;
  for (std::uint64_t seq = 0; seq < size; ++seq) {
    if (seq < from) {
      entries.push_back(*log.entry(seq));
      continue;
    }
    entry::Entry made;
    made.log = log.origin();
    made.seq = seq;
    if (seq > 0) made.prev = EntryHash{merkle::leaf_hash(as_bytes(entries.back()))};
    made.time = kNow;
    crypto::random_bytes(made.event.hash);
    entries.push_back(entry::write_entry(made));
  }
  return entries;
}

// At most 256 entries, so that one tile is all there is.
void write_small_log(const std::string& directory, const std::string& origin,
                     const crypto::SigningKey& key, const Texts& entries) {
  fs::remove_all(directory);
  merkle::CompactTree tree;
  std::string bundle;
  std::vector<Hash> hashes;
  for (const std::string& entry : entries) {
    hashes.push_back(merkle::leaf_hash(as_bytes(entry)));
    tree.append(hashes.back());
    ASSERT_TRUE(tiles::append_entry(bundle, entry));
  }
  const auto put = [&](const std::string& path, const std::string& bytes) {
    fs::create_directories(fs::path(directory + "/" + path).parent_path());
    std::ofstream(directory + "/" + path, std::ios::binary) << bytes;
  };
  put(cat("tile/0/000.p/", entries.size()), tiles::write_tile(hashes));
  put(cat("tile/entries/000.p/", entries.size()), bundle);
  put("checkpoint", *note::sign_checkpoint(origin, entries.size(), tree.root(), key));
}

void Follow::publish_fork(std::uint64_t from, std::uint64_t size) {
  write_small_log(tiles(), ledger_.origin(), ledger_.key, other_entries(ledger_.log(), from, size));
}

TEST_F(Follow, IndexesEveryMarkerOfALogAsItGrows) {
  auto event = log::make_event(ledger_.origin(), 3);
  const std::vector<Marker> spends = event.spends;
  grow(300);
  ASSERT_TRUE(ledger_.append(std::move(event)));
  publish();
  EXPECT_EQ(follow().size, 301U);
  for (const Marker& marker : spends) {
    const auto places = places_of(monitor_->store(), marker);
    ASSERT_EQ(places->size(), 1U);
    EXPECT_EQ(places->front().seq, 300U);
  }
  EXPECT_TRUE(places_of(monitor_->store(), Marker{})->empty());
  grow(500);
  const Followed again = follow();
  EXPECT_EQ(again.before, 301U);
  EXPECT_EQ(again.size, 801U);
  EXPECT_EQ(again.odd, Texts());
  EXPECT_EQ(follow().before, 801U);
}

TEST_F(Follow, ReadsOnlyWhatIsNew) {
  grow(2000);
  follow();
  grow(10);
  const WatchedSource source(tiles());
  ASSERT_TRUE(monitor_->follow(identity(), source, kNow));
  std::size_t bundles = 0;
  for (const std::string& path : source.asked) {
    if (!path.starts_with("tile/entries/")) continue;
    ++bundles;
    EXPECT_EQ(path, "tile/entries/007.p/218");
  }
  EXPECT_EQ(bundles, 1U);
}

TEST_F(Follow, GoesOnWhereItWasStopped) {
  grow(256 * 70);
  for (const int answers : {1, 3, 60, 100, 135}) {
    WatchedSource source(tiles());
    source.answers_left = answers;
    EXPECT_FALSE(monitor_->follow(identity(), source, kNow)) << answers;
    reopen();
  }
  // The first piece of 64 tiles was finished and kept.
  EXPECT_EQ(known().indexed, 256U * 64);
  const Followed done = follow();
  EXPECT_EQ(done.before, 256U * 64);
  EXPECT_EQ(done.size, 256U * 70);
  EXPECT_EQ(done.odd, Texts()) << "the chain is checked across the stop";
}

TEST_F(Follow, KeepsAnotherTreeOfTheSameSizeAsEvidence) {
  grow(40);
  follow();
  publish_fork(39, 40);
  const Followed followed = follow();
  EXPECT_EQ(followed.outcome, Outcome::kConflict);
  EXPECT_NE(followed.reason.find("signed two trees of 40 entries"), std::string::npos);
  const auto conflict = witness::load_evidence(followed.evidence);
  ASSERT_TRUE(conflict);
  EXPECT_TRUE(note::verify_note(conflict->first.note, identity().keys));
  EXPECT_TRUE(note::verify_note(conflict->second.note, identity().keys));
  EXPECT_EQ(known().indexed, 40U);
  follow();
  EXPECT_EQ(witness::list_evidence(path_ + "/m")->size(), 1U);
}

TEST_F(Follow, KeepsALaterTreeThatDoesNotContinueAsEvidence) {
  grow(40);
  follow();
  publish_fork(20, 60);
  const Followed followed = follow();
  EXPECT_EQ(followed.outcome, Outcome::kConflict);
  EXPECT_NE(followed.reason.find("is not the beginning"), std::string::npos);
  EXPECT_EQ(known().indexed, 40U) << "nothing of it is indexed";
  EXPECT_FALSE(witness::load_evidence(followed.evidence)->proof.empty());
  // And back on the first history: followed again, the evidence stays.
  fs::remove_all(tiles());
  grow(30);
  EXPECT_EQ(follow().size, 70U);
  EXPECT_EQ(witness::list_evidence(path_ + "/m")->size(), 1U);
}

TEST_F(Follow, RemembersSizesItSawBetween) {
  grow(40);
  follow();
  grow(20);
  follow();
  publish_fork(20, 40);
  EXPECT_EQ(follow().outcome, Outcome::kConflict);
}

TEST_F(Follow, OlderCheckpointIsNotFollowedAndNotCalledAFork) {
  grow(40);
  fs::copy(tiles(), path_ + "/old", fs::copy_options::recursive);
  follow();
  grow(20);
  follow();
  fs::remove_all(tiles());
  fs::rename(path_ + "/old", tiles());
  const Followed followed = follow();
  EXPECT_EQ(followed.outcome, Outcome::kStale);
  EXPECT_TRUE(witness::list_evidence(path_ + "/m")->empty());
  EXPECT_EQ(known().indexed, 60U);
}

TEST_F(Follow, DamagedFilesAreNamedAndNothingOfThemCounts) {
  grow(600);
  const auto spoil = [&](const std::string& path, std::size_t at) {
    std::fstream file(tiles() + "/" + path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const char byte = static_cast<char>(file.get() ^ 1);
    file.seekp(static_cast<std::streamoff>(at));
    file.put(byte);
  };
  for (const std::string path : {"tile/entries/001", "tile/0/001", "tile/0/002.p/88"}) {
    spoil(path, 100);
    const auto followed = try_follow();
    ASSERT_FALSE(followed) << path;
    const bool edge = path.ends_with(".p/88");
    EXPECT_EQ(followed.error().field, edge ? "checkpoint" : path);
    spoil(path, 100);
  }
  EXPECT_EQ(follow().size, 600U);
}

TEST_F(Follow, WrongKeyOrLogIsRefused) {
  grow(3);
  tiles::LogIdentity stranger = identity();
  stranger.keys[0] = *note::make_vkey(ledger_.origin(), note::kEd25519,
                                      crypto::SigningKey::generate()->public_key());
  const tiles::DirectorySource source(tiles());
  EXPECT_EQ(monitor_->follow(stranger, source, kNow).error().code, Errc::kUnauthorized);
  tiles::LogIdentity foreign = identity();
  foreign.origin = "log.example/one";
  EXPECT_EQ(monitor_->follow(foreign, source, kNow).error().code, Errc::kInvalidArgument);
  EXPECT_TRUE(monitor_->logs()->empty());
}

TEST_F(Follow, EntriesThatBreakARuleAreToldAndKept) {
  Texts entries = other_entries(ledger_.log(), 0, 4);
  entries[2].replace(entries[2].find("\"seq\":2"), 7, "\"seq\":7");
  entries.push_back("no entry");
  entries.push_back(entries[1]);  // the same event, the same place, another chain
  write_small_log(tiles(), ledger_.origin(), ledger_.key, entries);
  const Followed followed = follow();
  EXPECT_EQ(followed.size, 6U);
  ASSERT_EQ(followed.odd.size(), 4U);
  EXPECT_NE(followed.odd[0].find("entry 2: says it is entry 7"), std::string::npos);
  EXPECT_NE(followed.odd[1].find("entry 3: its prev is not the hash"), std::string::npos);
  EXPECT_NE(followed.odd[2].find("entry 4: not an entry"), std::string::npos);
  EXPECT_NE(followed.odd[3].find("stands in entry 1 already"), std::string::npos);
  reopen();
  EXPECT_EQ(*load_oddities(monitor_->store(), known().number), followed.odd);
}

TEST_F(Follow, SeveralLogsAreKeptApart) {
  grow(5);
  follow();
  log::TestLedger other;
  other.append_many(7);
  ASSERT_TRUE(log::export_tiles(other.log(), other.log().checkpoint(), path_ + "/other"));
  ASSERT_TRUE(monitor_->follow(*tiles::make_identity(other.log().vkey()),
                               tiles::DirectorySource(path_ + "/other"), kNow));
  const auto logs = *monitor_->logs();
  ASSERT_EQ(logs.size(), 2U);
  EXPECT_NE(logs[0].number, logs[1].number);
  EXPECT_EQ(logs[0].indexed + logs[1].indexed, 12U);
}

TEST_F(Follow, EmptyLogIsFollowedToo) {
  publish();
  EXPECT_EQ(follow().size, 0U);
  grow(3);
  EXPECT_EQ(follow().size, 3U);
}

TEST(FollowedRecord, IsReadBackAndDamageIsNoticed) {
  FollowedLog log;
  log.origin = "quarrymark/x";
  log.vkey = "v";
  log.indexed = 7;
  log.last = Hash{1};
  log.last_time = kNow;
  log.followed = kNow;
  log.checkpoint = "a\n\nb\n";
  const std::string row = write_followed(log);
  const auto read = read_followed(3, row);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->checkpoint, log.checkpoint);
  EXPECT_EQ(read->last, log.last);
  EXPECT_EQ(read->indexed, 7U);
  for (const std::string& bad : {std::string(), row.substr(0, 30), "x" + row})
    EXPECT_EQ(read_followed(3, bad).error().code, Errc::kDataLoss);
}

}  // namespace
}  // namespace quarrymark::monitor
