// A disk that is full, on a small memory file system of its own (needs the right to mount one).

#include "ledger/log/check.h"
#include "tests/unit/log/ledger.h"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <sys/mount.h>

namespace quarrymark::log {
namespace {

constexpr std::uint64_t kMegabyte = 1024 * 1024;

class SmallDisk {
 public:
  SmallDisk() {
    path_ = (std::filesystem::temp_directory_path() / "quarrymark_disk_XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
    mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, "size=48m") == 0;
    problem_ = errno;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  bool mounted() const { return mounted_; }
  const char* problem() const { return std::strerror(problem_); }
  const std::string& path() const { return path_; }

  // A file that takes all but `left` bytes of what is free.
  void fill(std::uint64_t left) {
    const auto free = std::filesystem::space(path_).available;
    if (free <= left) return;
    std::ofstream file(path_ + "/ballast", std::ios::binary | std::ios::app);
    const std::string block(64 * 1024, 'x');
    for (std::uint64_t bytes = free - left; bytes >= block.size(); bytes -= block.size())
      file.write(block.data(), static_cast<std::streamsize>(block.size()));
  }
  void relieve() { std::filesystem::remove(path_ + "/ballast"); }

 private:
  std::string path_;
  bool mounted_ = false;
  int problem_ = 0;
};

class FullDiskTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!disk_.mounted())
      GTEST_SKIP() << "NOT TESTED: a full disk. Mounting a small file system needs root ("
                   << disk_.problem() << ").";
  }

  void open(std::uint64_t reserve) {
    log_.reset();
    store_.reset();
    store::Options options;
    options.create = true;
    options.reserve_bytes = reserve;
    auto store = store::Store::open(disk_.path() + "/ledger", options);
    ASSERT_TRUE(store) << store.error().message;
    store_ = std::move(*store);
    if (first_) {
      ASSERT_TRUE(Log::create(*store_, 1, key_));
    }
    first_ = false;
    LogOptions log_options;
    log_options.head_file = disk_.path() + "/ledger/head";
    auto log = Log::open(*store_, 1, key_, clock_, guard_, log_options);
    ASSERT_TRUE(log) << log.error().message;
    log_ = std::move(*log);
  }

  SmallDisk disk_;
  ManualClock clock_;
  TestGuard guard_;
  const crypto::SigningKey key_ = *crypto::SigningKey::generate();
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<Log> log_;
  bool first_ = true;
};

TEST_F(FullDiskTest, AppendsAreRefusedBelowTheReserveReadsLiveAndAppendsComeBack) {
  open(8 * kMegabyte);
  ASSERT_TRUE(log_->append(make_events(log_->origin(), 10)));
  disk_.fill(4 * kMegabyte);
  const auto refused = log_->append(make_events(log_->origin(), 1));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::kResourceExhausted) << refused.error().message;
  EXPECT_TRUE(log_->entry(9));
  EXPECT_EQ(log_->size(), 10u);
  EXPECT_EQ(check_log(*store_, 1, {})->problems, std::vector<std::string>());

  open(8 * kMegabyte);  // a full disk does not keep a ledger from being opened and read
  EXPECT_TRUE(log_->entry(9));
  EXPECT_FALSE(log_->append(make_events(log_->origin(), 1)));

  disk_.relieve();
  const auto appended = log_->append(make_events(log_->origin(), 1));
  ASSERT_TRUE(appended) << appended.error().message;
  EXPECT_EQ(appended->receipts[0].index, 10u);
  EXPECT_EQ(check_log(*store_, 1, {})->problems, std::vector<std::string>());
}

TEST_F(FullDiskTest, AnErrorThatIsLatchedIsNamedAndReopeningClearsIt) {
  open(0);  // no reserve: the store runs into the wall
  ASSERT_TRUE(log_->append(make_events(log_->origin(), 10)));
  disk_.fill(256 * 1024);
  std::uint64_t acknowledged = 10;
  Result<Appended> appended;
  for (int i = 0; i < 2000 && appended; ++i) {
    appended = log_->append(make_events(log_->origin(), 1));
    if (appended) ++acknowledged;
  }
  ASSERT_FALSE(appended) << "the disk never became full";
  if (appended.error().code == Errc::kIo) {
    EXPECT_NE(appended.error().message.find("close and reopen"), std::string::npos)
        << appended.error().message;
  }
  disk_.relieve();
  EXPECT_TRUE(log_->entry(acknowledged - 1)) << "reads stay alive";
  open(0);
  EXPECT_GE(log_->size(), acknowledged);
  EXPECT_TRUE(log_->append(make_events(log_->origin(), 1)));
  EXPECT_EQ(check_log(*store_, 1, {})->problems, std::vector<std::string>());
}

}  // namespace
}  // namespace quarrymark::log
