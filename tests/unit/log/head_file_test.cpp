#include "ledger/log/head_file.h"

#include "tests/unit/log/ledger.h"

#include <filesystem>
#include <fstream>

namespace quarrymark::log {
namespace {

class HeadFileTest : public ::testing::Test {
 protected:
  HeadFileTest()
      : key_(*crypto::SigningKey::generate()),
        origin_(note::origin_for_key(key_.public_key())),
        vkey_(*note::make_vkey(origin_, note::kEd25519, key_.public_key())) {
    path_ = (std::filesystem::temp_directory_path() / "quarrymark_head_XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
    path_ += "/head";
  }
  ~HeadFileTest() override {
    std::filesystem::remove_all(std::filesystem::path(path_).parent_path());
  }

  std::string signed_at(std::uint64_t size, std::uint8_t root = 1) {
    Hash hash{};
    hash[0] = root;
    return *note::sign_checkpoint(origin_, size, hash, key_);
  }
  std::optional<std::uint64_t> newest() {
    auto head = HeadFile::open(path_);
    EXPECT_TRUE(head);
    const auto kept = head->read({&vkey_, 1});
    EXPECT_TRUE(kept) << kept.error().message;
    if (!*kept) return std::nullopt;
    return (**kept).size;
  }
  void write(std::initializer_list<std::uint64_t> sizes) {
    auto head = HeadFile::open(path_);
    ASSERT_TRUE(head->read({&vkey_, 1}));
    for (const std::uint64_t size : sizes) ASSERT_TRUE(head->write(signed_at(size)));
  }
  void damage(std::size_t offset) {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(offset));
    file.put('#');
  }

  const crypto::SigningKey key_;
  const std::string origin_;
  const note::VerifierKey vkey_;
  std::string path_;
};

TEST_F(HeadFileTest, HoldsNothingWhenNew) { EXPECT_EQ(newest(), std::nullopt); }

TEST_F(HeadFileTest, ReturnsTheNewestOfManyWritten) {
  write({1, 2, 3});
  EXPECT_EQ(newest(), 3u);
  write({10, 11});
  EXPECT_EQ(newest(), 11u);
  EXPECT_EQ(std::filesystem::file_size(path_), 2 * kHeadSlotBytes);
}

TEST_F(HeadFileTest, FallsBackToTheOtherSlotWhenOneIsTorn) {
  write({1, 2});  // slot 0 and slot 1
  damage(kHeadSlotBytes + 70);
  EXPECT_EQ(newest(), 1u);
  write({3});  // must take the place of the torn slot
  EXPECT_EQ(newest(), 3u);
  damage(kHeadSlotBytes + 70);
  EXPECT_EQ(newest(), 1u) << "the good slot was not overwritten";
}

TEST_F(HeadFileTest, IgnoresACheckpointOfAnotherKey) {
  const auto other = *crypto::SigningKey::generate();
  auto head = HeadFile::open(path_);
  ASSERT_TRUE(head->write(*note::sign_checkpoint(origin_, 9, Hash{}, other)));
  EXPECT_EQ(newest(), std::nullopt);
}

TEST_F(HeadFileTest, RefusesTwoRootsForOneSize) {
  {
    auto head = HeadFile::open(path_);
    ASSERT_TRUE(head->write(signed_at(5, 1)));
    ASSERT_TRUE(head->write(signed_at(5, 2)));
  }
  auto head = HeadFile::open(path_);
  const auto kept = head->read({&vkey_, 1});
  ASSERT_FALSE(kept);
  EXPECT_EQ(kept.error().code, Errc::kDataLoss);
}

TEST_F(HeadFileTest, RefusesANoteThatDoesNotFit) {
  auto head = HeadFile::open(path_);
  EXPECT_EQ(head->write(std::string(kHeadSlotBytes, 'x')).error().code, Errc::kTooLarge);
}

TEST_F(HeadFileTest, SaysWhichFileCannotBeOpened) {
  const auto head = HeadFile::open("/nonexistent/head");
  ASSERT_FALSE(head);
  EXPECT_EQ(head.error().code, Errc::kIo);
  EXPECT_NE(head.error().message.find("/nonexistent/head"), std::string::npos);
}

}  // namespace
}  // namespace quarrymark::log
