// The two binary files, and directories of them.
#include "ledger/tiles/bundle.h"

#include "ledger/tiles/reading.h"
#include "tests/unit/tiles/memory_log.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <sys/stat.h>

namespace quarrymark::tiles {
namespace {

std::string bundle_of(const std::vector<std::string>& entries) {
  std::string bundle;
  for (const std::string& entry : entries) EXPECT_TRUE(append_entry(bundle, entry));
  return bundle;
}

TEST(Bundle, GivesBackItsEntriesEmptyOnesToo) {
  const std::string bundle = bundle_of({"a", "", std::string(65'535, 'x')});
  const auto entries = parse_bundle(bundle, 3);
  ASSERT_TRUE(entries);
  EXPECT_EQ((*entries)[1], "");
  EXPECT_EQ((*entries)[2].size(), 65'535U);
}

TEST(Bundle, RefusesFewerMoreAndCutEntries) {
  const std::string bundle = bundle_of({"one", "two"});
  EXPECT_FALSE(parse_bundle(bundle, 3));
  EXPECT_FALSE(parse_bundle(bundle, 1));
  EXPECT_TRUE(parse_bundle(bundle, 1, true));
  EXPECT_FALSE(parse_bundle("", 1));
  EXPECT_TRUE(parse_bundle("", 0));
  for (std::size_t length = 0; length < bundle.size(); ++length)
    EXPECT_FALSE(parse_bundle(bundle.substr(0, length), 2)) << length;
}

TEST(Bundle, RefusesAnEntryTheFormatCannotHold) {
  std::string bundle;
  EXPECT_EQ(append_entry(bundle, std::string(65'536, 'x')).error().code, Errc::kTooLarge);
  EXPECT_EQ(bundle, "");
}

TEST(Tile, RefusesOtherSizes) {
  EXPECT_TRUE(parse_tile(std::string(64, 'x'), 2));
  EXPECT_FALSE(parse_tile(std::string(63, 'x'), 2));
  EXPECT_FALSE(parse_tile(std::string(96, 'x'), 2));
  EXPECT_TRUE(parse_tile(std::string(96, 'x'), 2, true));
  EXPECT_FALSE(parse_tile(std::string(95, 'x'), 2, true));
  EXPECT_FALSE(parse_tile("", 1, true));
}

RC_GTEST_PROP(Bundle, WhatIsWrittenIsRead, ()) {
  const auto entries = *rc::gen::arbitrary<std::vector<std::string>>();
  std::string bundle;
  for (const std::string& entry : entries) RC_ASSERT(append_entry(bundle, entry).has_value());
  const auto read = parse_bundle(bundle, entries.size());
  RC_ASSERT(read.has_value());
  RC_ASSERT(std::equal(entries.begin(), entries.end(), read->begin(), read->end()));
}

class Directory : public ::testing::Test {
 protected:
  Directory() {
    path_ = (std::filesystem::temp_directory_path() / "quarrymark_tiles_XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~Directory() override { std::filesystem::remove_all(path_); }
  std::string path_;
};

TEST_F(Directory, IsReadLikeTheLogItWasWrittenFrom) {
  MemoryLog log;
  log.grow(300);
  log.save(path_);
  const DirectorySource source(path_);
  for (const auto& [path, bytes] : log.files) EXPECT_EQ(*source.read(path, 1 << 20), bytes) << path;
}

TEST_F(Directory, TellsWhatIsMissingFromWhatCannotBeRead) {
  std::filesystem::create_directories(path_ + "/tile/0/000");
  const DirectorySource source(path_);
  EXPECT_EQ(source.read("tile/0/001", 10).error().code, Errc::kNotFound);
  EXPECT_EQ(source.read("tile/0/000", 10).error().code, Errc::kIo);
  EXPECT_EQ(source.read("checkpoint", 10).error().code, Errc::kNotFound);
  ASSERT_EQ(::mkfifo((path_ + "/checkpoint").c_str(), 0600), 0);
  EXPECT_EQ(source.read("checkpoint", 10).error().code, Errc::kIo);
}

TEST_F(Directory, ReadsNoMoreThanTheLimit) {
  MemoryLog log;
  log.files["checkpoint"] = std::string(11, 'x');
  log.save(path_);
  EXPECT_EQ(DirectorySource(path_).read("checkpoint", 10).error().code, Errc::kTooLarge);
  EXPECT_TRUE(DirectorySource(path_).read("checkpoint", 11));
}

TEST_F(Directory, EntriesStayReadableWhenABundleMoves) {
  MemoryLog log;
  log.grow(1);
  auto bundle = read_bundle(log, bundle_at(1, 0));
  ASSERT_TRUE(bundle);
  const Bundle moved = std::move(*bundle);
  EXPECT_EQ(moved.entries.at(0), "entry 0");
}

}  // namespace
}  // namespace quarrymark::tiles
