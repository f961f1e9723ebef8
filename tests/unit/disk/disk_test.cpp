// Files are there whole or not at all, and one writer at a time has a directory.
#include "ledger/disk/files.h"
#include "ledger/disk/lock.h"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace quarrymark::disk {
namespace {

namespace fs = std::filesystem;

class Disk : public ::testing::Test {
 protected:
  Disk() {
    path_ = (fs::temp_directory_path() / "quarrymark_disk_XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
  }
  ~Disk() override { fs::remove_all(path_); }
  std::size_t files() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path_), fs::directory_iterator()));
  }
  std::string path_;
};

TEST_F(Disk, ReplacesAndReadsBack) {
  const std::string file = path_ + "/a";
  EXPECT_FALSE(*read_file(file, 10));
  ASSERT_TRUE(replace_durably(file, "one"));
  ASSERT_TRUE(replace(file, "two"));
  EXPECT_EQ(**read_file(file, 10), "two");
  EXPECT_TRUE(sync_file_system(path_));
  EXPECT_EQ(files(), 1U) << "nothing half-written is left";
}

TEST_F(Disk, MissingParentIsMissingAndNotAnError) {
  EXPECT_FALSE(*read_file(path_ + "/a/b/c", 10));
  std::ofstream(path_ + "/a") << "x";
  EXPECT_FALSE(*read_file(path_ + "/a/b", 10));
}

TEST_F(Disk, WhatCannotBeReadIsAnError) {
  EXPECT_EQ(read_file(path_, 10).error().code, Errc::kIo);
  ASSERT_EQ(::mkfifo((path_ + "/pipe").c_str(), 0600), 0);
  EXPECT_EQ(read_file(path_ + "/pipe", 10).error().code, Errc::kIo);
  std::ofstream(path_ + "/long") << "12345678901";
  EXPECT_EQ(read_file(path_ + "/long", 10).error().code, Errc::kTooLarge);
  EXPECT_EQ(read_file("/dev/zero", 10).error().code, Errc::kIo);
}

TEST_F(Disk, FailedWriteLeavesTheOldFile) {
  const std::string file = path_ + "/a";
  ASSERT_TRUE(replace_durably(file, "old"));
  EXPECT_FALSE(replace_durably(path_ + "/none/a", "new"));
  fs::create_directories(path_ + "/taken/x");
  EXPECT_FALSE(replace_durably(path_ + "/taken", "new")) << "a directory is in its place";
  EXPECT_EQ(**read_file(file, 10), "old");
  EXPECT_EQ(files(), 2U);
}

TEST_F(Disk, DirectoriesAreMadeWithTheirParentsAndMode) {
  ASSERT_TRUE(make_directory(path_ + "/a/b/c", 0700));
  struct stat found {};
  ASSERT_EQ(::stat((path_ + "/a/b/c").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0700U);
  EXPECT_TRUE(make_directory(path_ + "/a/b/c"));
  std::ofstream(path_ + "/file") << "x";
  EXPECT_FALSE(make_directory(path_ + "/file/d"));
}

TEST_F(Disk, LockKeepsThreadsApart) {
  std::atomic<int> inside{0}, most{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round) {
        const auto lock = DirectoryLock::take(path_);
        ASSERT_TRUE(lock);
        const int now = ++inside;
        if (now > most) most = now;
        --inside;
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(most, 1);
}

TEST_F(Disk, LockOfAKilledProcessIsFree) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto lock = DirectoryLock::take(path_);
    static_cast<void>(!::write(ends[1], "x", 1));
    for (;;) ::pause();
  }
  char byte = 0;
  ASSERT_EQ(::read(ends[0], &byte, 1), 1);
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
  EXPECT_TRUE(DirectoryLock::take(path_));
}

}  // namespace
}  // namespace quarrymark::disk
