// Damage to the files below an open ledger's feet: nothing that was acknowledged may be missing
// without a word. Either the store refuses to open, or the head file shows the loss.

#include "tests/unit/log/ledger.h"

#include <filesystem>
#include <fstream>
#include <sys/wait.h>
#include <unistd.h>

namespace quarrymark::log {
namespace {

namespace fs = std::filesystem;

// Leaves a store behind whose events are in the write-ahead log only, as a kill does.
void append_and_vanish(TestLedger& ledger, std::size_t calls) {
  ledger.close();
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    if (!ledger.reopen()) ::_exit(1);
    for (std::size_t i = 0; i < calls; ++i) ledger.append_many(1);
    ::_exit(0);  // no destructor runs
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_EQ(WEXITSTATUS(status), 0);
}

// The write-ahead log that holds something.
fs::path newest_wal(const TestLedger& ledger) {
  fs::path newest;
  for (const auto& file : fs::directory_iterator(ledger.path() + "/store"))
    if (file.path().extension() == ".log" && file.file_size() > 0 &&
        (newest.empty() || file.path() > newest))
      newest = file.path();
  return newest;
}

void flip_byte(const fs::path& path, std::uintmax_t offset) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(offset));
  const int byte = file.get();
  file.seekp(static_cast<std::streamoff>(offset));
  file.put(static_cast<char>(byte ^ 0x40));
}

TEST(Damage, AFlippedByteAnywhereInTheWriteAheadLogIsNeverSilent) {
  for (const int per_mille : {20, 200, 500, 800, 970, 999}) {
    TestLedger ledger;
    append_and_vanish(ledger, 60);
    const fs::path wal = newest_wal(ledger);
    ASSERT_FALSE(wal.empty());
    const auto size = fs::file_size(wal);
    ASSERT_GT(size, 20'000u);
    flip_byte(wal, size * static_cast<std::uintmax_t>(per_mille) / 1000);
    const Status opened = ledger.reopen();
    ASSERT_FALSE(opened) << "damage at " << per_mille << " per mille went unnoticed";
    EXPECT_EQ(opened.error().code, Errc::kDataLoss) << opened.error().message;
  }
}

TEST(Damage, ATornTailIsShownByTheHeadFile) {
  for (const int cut : {1, 7, 400, 3000}) {
    TestLedger ledger;
    append_and_vanish(ledger, 60);
    const fs::path wal = newest_wal(ledger);
    ASSERT_FALSE(wal.empty());
    fs::resize_file(wal, fs::file_size(wal) - static_cast<std::uintmax_t>(cut));
    const Status opened = ledger.reopen();
    ASSERT_FALSE(opened) << "a tail cut by " << cut << " bytes went unnoticed";
    EXPECT_EQ(opened.error().code, Errc::kDataLoss);
    EXPECT_NE(opened.error().message.find("lost"), std::string::npos) << opened.error().message;
  }
}

TEST(Damage, AVanishedWriteAheadLogIsShownByTheHeadFile) {
  TestLedger ledger;
  append_and_vanish(ledger, 20);
  fs::remove(newest_wal(ledger));
  const Status opened = ledger.reopen();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::kDataLoss) << opened.error().message;
}

TEST(Damage, AFlippedByteInATableFileIsFoundByTheCheck) {
  TestLedger ledger;
  ledger.append_many(500);
  ASSERT_TRUE(ledger.store().flush());
  ledger.close();
  std::uintmax_t largest = 0;
  fs::path table;
  for (const auto& file : fs::directory_iterator(ledger.path() + "/store"))
    if (file.path().extension() == ".sst" && file.file_size() > largest) {
      largest = file.file_size();
      table = file.path();
    }
  ASSERT_FALSE(table.empty());
  flip_byte(table, largest / 3);
  const Status opened = ledger.reopen();
  if (!opened) {
    EXPECT_EQ(opened.error().code, Errc::kDataLoss) << opened.error().message;
    return;
  }
  const auto problems = ledger.problems();
  ASSERT_FALSE(problems.empty());
  EXPECT_NE(problems[0].find("damaged"), std::string::npos) << problems[0];
}

}  // namespace
}  // namespace quarrymark::log
