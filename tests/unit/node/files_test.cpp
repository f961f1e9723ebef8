#include "node/files/files.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <unistd.h>

namespace quarrymark::files {
namespace {

class Files : public ::testing::Test {
 protected:
  void SetUp() override {
    directory_ =
        std::filesystem::temp_directory_path() / ("quarrymark-files-" + std::to_string(::getpid()));
    std::filesystem::remove_all(directory_);
    std::filesystem::create_directories(directory_);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }
  std::string path(const char* name) const { return (directory_ / name).string(); }
  std::size_t entries() const {
    return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(directory_),
                                                  std::filesystem::directory_iterator()));
  }

  std::filesystem::path directory_;
};

TEST_F(Files, AreReadBackAsWritten) {
  const std::string bytes("a\0b\n", 4);
  ASSERT_TRUE(write(path("f"), bytes, Existing::kRefuse));
  EXPECT_EQ(read(path("f"), 100).value(), bytes);
  EXPECT_EQ(entries(), 1U);
}

TEST_F(Files, AreNotReplacedUnasked) {
  ASSERT_TRUE(write(path("f"), "old", Existing::kRefuse));
  const auto second = write(path("f"), "new", Existing::kRefuse);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::kAlreadyExists);
  EXPECT_EQ(read(path("f"), 100).value(), "old");
  EXPECT_EQ(entries(), 1U);
  ASSERT_TRUE(write(path("f"), "new", Existing::kReplace));
  EXPECT_EQ(read(path("f"), 100).value(), "new");
}

TEST_F(Files, DoNotEndUpBehindADanglingLinkUnasked) {
  std::filesystem::create_symlink(path("nowhere"), path("link"));
  EXPECT_FALSE(write(path("link"), "x", Existing::kRefuse));
  EXPECT_FALSE(std::filesystem::exists(path("nowhere")));
}

TEST_F(Files, OfExactlyTheLimitAreReadAndOneByteMoreIsRefused) {
  ASSERT_TRUE(write(path("f"), "12345", Existing::kRefuse));
  EXPECT_TRUE(read(path("f"), 5));
  const auto more = read(path("f"), 4);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().code, Errc::kTooLarge);
  EXPECT_EQ(read_at_most(path("f"), 3).value(), "1234");
}

TEST_F(Files, ThatAreMissingOrDirectoriesAreNamed) {
  const auto missing = read(path("none"), 5);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::kNotFound);
  EXPECT_NE(missing.error().message.find("none"), std::string::npos);
  EXPECT_FALSE(read(directory_.string(), 5));
  EXPECT_FALSE(write(path("no/such/f"), "x", Existing::kRefuse));
}

TEST_F(Files, EmptyAndMissingDirectoriesAreFree) {
  EXPECT_TRUE(is_free(directory_.string()));
  EXPECT_TRUE(is_free(path("none")));
  ASSERT_TRUE(write(path("f"), "x", Existing::kRefuse));
  EXPECT_FALSE(is_free(directory_.string()));
  EXPECT_FALSE(is_free(path("f")));
}

}  // namespace
}  // namespace quarrymark::files
