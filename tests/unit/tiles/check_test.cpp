// Whole logs of files: sound ones of many sizes, and each kind of damage named as what it is.
#include "ledger/tiles/check.h"

#include "ledger/base/text.h"
#include "ledger/merkle/tree_hash.h"
#include "tests/unit/tiles/memory_log.h"

#include <gtest/gtest.h>

namespace quarrymark::tiles {
namespace {

using Problems = std::vector<std::string>;

Problems problems_of(const MemoryLog& log, unsigned threads = 1) {
  CheckOptions options;
  options.threads = threads;
  const auto report = check_log(log, log.identity(), options);
  if (!report) return {cat("error: ", to_string(report.error()))};
  EXPECT_EQ(report->unanswered, Problems());
  return report->problems;
}

// Exactly one problem, and it begins like this.
void expect_only(const MemoryLog& log, const std::string& start) {
  const Problems problems = problems_of(log);
  ASSERT_EQ(problems.size(), 1U) << start << " | " << (problems.empty() ? "" : problems[0]) << " | "
                                 << (problems.size() > 1 ? problems[1] : "");
  EXPECT_EQ(problems[0].substr(0, start.size()), start);
}

TEST(TilesCheck, AcceptsSoundLogsOfEverySizeAroundTheEdges) {
  for (const std::uint64_t size : {0, 1, 2, 255, 256, 257, 511, 512, 513, 700}) {
    MemoryLog log;
    log.grow(size);
    const auto report = check_log(log, log.identity(), {});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->problems, Problems()) << size;
    EXPECT_EQ(report->entries, size);
    EXPECT_EQ(report->root, log.root(size));
  }
}

TEST(TilesCheck, AcceptsALogOfThreeLevelsWithSeveralThreads) {
  MemoryLog log;
  log.grow(70'000);
  EXPECT_EQ(problems_of(log, 3), Problems());
}

TEST(TilesCheck, TakesFullFilesWherePartialOnesAreGone) {
  MemoryLog log;
  log.grow(300);
  const std::string old = log.checkpoint();
  log.grow(512);
  for (const char* path : {"tile/0/001.p/44", "tile/entries/001.p/44", "tile/1/000.p/1"})
    log.files.erase(path);
  log.files["checkpoint"] = old;
  // The level above never becomes full at this size, so that file has to be there.
  expect_only(log, "tile/1/000.p/1: missing");
  log.files["tile/1/000.p/1"] = log.files["tile/1/000.p/2"].substr(0, 32);
  EXPECT_EQ(problems_of(log), Problems());
}

class Damaged : public ::testing::Test {
 protected:
  Damaged() { log_.grow(700); }
  MemoryLog log_;
};

TEST_F(Damaged, EntryInAFullBundleIsNamedWithItsIndex) {
  log_.flip("tile/entries/001", 2 + 3);  // in the text of entry 256
  expect_only(log_, "tile/entries/001: entry 256: expected leaf hash ");
}

TEST_F(Damaged, EntryInThePartialBundleIsNamed) {
  const std::string& bundle = log_.files["tile/entries/002.p/188"];
  log_.flip("tile/entries/002.p/188", bundle.size() - 1);
  expect_only(log_, "tile/entries/002.p/188: entry 699: expected leaf hash ");
}

TEST_F(Damaged, FullTileIsNamedAndNotItsEntries) {
  log_.flip("tile/0/001", 32 * 7);
  expect_only(log_, "tile/0/001: hash 7: expected ");
}

TEST_F(Damaged, PartialTileIsNamedAndNotItsEntries) {
  log_.flip("tile/0/002.p/188", 5);
  expect_only(log_, "tile/0/002.p/188: hash 0: expected ");
}

TEST_F(Damaged, TileOfTheLevelAboveIsNamed) {
  log_.flip("tile/1/000.p/2", 32);
  expect_only(log_, "tile/1/000.p/2: hash 1: expected ");
}

TEST_F(Damaged, SeveralFilesAreEachNamed) {
  log_.flip("tile/1/000.p/2", 0);
  log_.flip("tile/entries/000", 3);
  log_.flip("tile/entries/002.p/188", 2);
  const Problems problems = problems_of(log_);
  ASSERT_EQ(problems.size(), 3U);
  EXPECT_EQ(problems[0].substr(0, 20), "tile/1/000.p/2: hash");
  EXPECT_EQ(problems[1].substr(0, 40), "tile/entries/002.p/188: entry 512: expec");
  EXPECT_EQ(problems[2].substr(0, 25), "tile/entries/000: entry 0");
}

TEST_F(Damaged, FullTileOfLevelOneInATallLogIsNamed) {
  MemoryLog tall;
  tall.grow(65'800);
  tall.flip("tile/1/000", 32 * 200);
  expect_only(tall, "tile/1/000: hash 200: expected ");
  tall.publish();
  tall.flip("tile/2/000.p/1", 1);
  expect_only(tall, "tile/2/000.p/1: hash 0: expected ");
  tall.publish();
  tall.flip("tile/entries/200", 3);
  expect_only(tall, "tile/entries/200: entry 51200: expected leaf hash ");
}

TEST_F(Damaged, RootOfTheCheckpointIsNamedWithWhatTheTilesLeadTo) {
  note::Checkpoint other = log_.parsed();
  other.root[0] ^= 1;
  log_.files["checkpoint"] = *note::sign_note(note::write_checkpoint(other), log_.origin, log_.key);
  expect_only(log_, "checkpoint: its root is ");
}

TEST_F(Damaged, EveryByteOfTheSignedTextMatters) {
  const std::string good = log_.checkpoint();
  for (std::size_t at = 0; at < good.size(); ++at) {
    log_.files["checkpoint"] = good;
    log_.flip("checkpoint", at);
    expect_only(log_, "checkpoint");
  }
}

TEST_F(Damaged, EntryAndTileRewrittenTogetherDoNotLeadToTheTree) {
  MemoryLog other;
  other.grow(700);
  other.rewrite(256, 700, "forged");
  log_.files["tile/0/001"] = other.files["tile/0/001"];
  log_.files["tile/entries/001"] = other.files["tile/entries/001"];
  expect_only(log_, "tile/0/001: leads to ");
}

TEST_F(Damaged, MissingFilesAreNamed) {
  log_.files.erase("tile/0/001");
  expect_only(log_, "tile/0/001: missing");
  log_.publish();
  log_.files.erase("tile/entries/000");
  expect_only(log_, "tile/entries/000: missing");
  log_.publish();
  log_.files.erase("tile/1/000.p/2");
  expect_only(log_, "tile/1/000.p/2: missing");
  log_.publish();
  log_.files.erase("tile/0/002.p/188");
  expect_only(log_, "tile/0/002.p/188: missing");
}

TEST_F(Damaged, TruncatedAndOverlongFilesAreNamedWithSizes) {
  log_.files["tile/0/000"].pop_back();
  expect_only(log_, "tile/0/000: expected 8192 bytes for 256 hashes, got 8191");
  log_.publish();
  log_.files["tile/entries/000"].pop_back();
  expect_only(log_, "tile/entries/000: entry 255 is cut off: expected 9 bytes, got 8");
  log_.publish();
  log_.files["tile/entries/000"] += "x";
  expect_only(log_, "tile/entries/000: expected 256 entries, got 1 bytes more");
  log_.publish();
  log_.files["tile/0/001"] += log_.files["tile/0/001"];
  expect_only(log_, "tile/0/001: too large");
}

// A full tile served under the name of a partial one, and the other way round.
TEST_F(Damaged, PartialAndFullFilesAreNotTakenForOneAnother) {
  log_.files["tile/0/002.p/188"] = log_.files["tile/0/001"];
  expect_only(log_, "tile/0/002.p/188: expected 6016 bytes for 188 hashes, got 8192");
  log_.publish();
  log_.files["tile/0/001"] = log_.files["tile/0/002.p/188"];
  expect_only(log_, "tile/0/001: expected 8192 bytes for 256 hashes, got 6016");
  log_.publish();
  log_.files["tile/entries/002.p/188"] = log_.files["tile/entries/001"];
  expect_only(log_, "tile/entries/002.p/188: expected 188 entries, got ");
}

TEST_F(Damaged, SwappedTilesAreBothNamed) {
  std::swap(log_.files["tile/0/000"], log_.files["tile/0/001"]);
  const Problems problems = problems_of(log_);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_NE(problems[0].find("tile/0/000: hash 0"), std::string::npos);
  EXPECT_NE(problems[0].find("255 more in this file"), std::string::npos);
  EXPECT_NE(problems[1].find("tile/0/001: hash 0"), std::string::npos);
}

TEST_F(Damaged, FilesNobodyAnswersForAreNotCalledBad) {
  log_.silent.insert("tile/entries/001");
  const auto report = check_log(log_, log_.identity(), {});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->problems, Problems());
  ASSERT_EQ(report->unanswered.size(), 1U);
  EXPECT_EQ(report->unanswered[0], "tile/entries/001: nobody answers");
}

TEST_F(Damaged, UnansweredCheckpointIsAnErrorAndNoVerdict) {
  log_.silent.insert("checkpoint");
  const auto report = check_log(log_, log_.identity(), {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, Errc::kIo);
}

TEST_F(Damaged, CheckpointOfAnotherKeyOrLogIsRefused) {
  LogIdentity stranger = log_.identity();
  stranger.keys[0] =
      *note::make_vkey(log_.origin, note::kEd25519, crypto::SigningKey::generate()->public_key());
  auto report = check_log(log_, stranger, {});
  ASSERT_TRUE(report);
  ASSERT_EQ(report->problems.size(), 1U);
  EXPECT_NE(report->problems[0].find("expected a signature by " + stranger.keys[0].text()),
            std::string::npos);
  LogIdentity renamed = log_.identity();
  renamed.origin = "log.example/two";
  report = check_log(log_, renamed, {});
  ASSERT_TRUE(report);
  EXPECT_NE(report->problems.at(0).find("of another log"), std::string::npos);
}

TEST_F(Damaged, EmptyTreeWithAnotherRootIsRefused) {
  MemoryLog empty;
  empty.files["checkpoint"] = *note::sign_checkpoint(empty.origin, 0, Hash{}, empty.key);
  expect_only(empty, "checkpoint: an empty tree has root ");
}

TEST_F(Damaged, ManyProblemsAreToldInFewLines) {
  MemoryLog log;
  log.grow(256 * 150);
  for (auto& [path, bytes] : log.files)
    if (path.starts_with("tile/entries/")) bytes[5] ^= 1;
  const Problems problems = problems_of(log, 2);
  EXPECT_EQ(problems.size(), 101U);
  EXPECT_EQ(problems.back(), "… and 50 more like these");
}

TEST(TilesIdentity, OnlyKeysALogSignsWithAreTaken) {
  const auto key = *crypto::SigningKey::generate();
  EXPECT_TRUE(make_identity(note::make_vkey("a", note::kEd25519, key.public_key())->text()));
  const auto witness = note::make_vkey("a", note::kEd25519Cosignature, key.public_key())->text();
  ASSERT_FALSE(make_identity(witness));
  EXPECT_NE(make_identity(witness).error().message.find("type 4"), std::string::npos);
  EXPECT_FALSE(make_identity(""));
  EXPECT_EQ(
      make_identity(note::make_vkey("a", note::kEd25519, key.public_key())->text(), "b c")->origin,
      "b c");
}

}  // namespace
}  // namespace quarrymark::tiles
