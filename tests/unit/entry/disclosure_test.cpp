#include "ledger/entry/disclosure.h"

#include "ledger/json/writer.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace quarrymark::entry {
namespace {

std::string encoded(std::string_view plain) { return base64url_encode(as_bytes(plain)); }

TEST(Disclosure, ComesBackWithItsDigest) {
  const Disclosure made =
      make_disclosure("stone", json::Object{{"family", "granite"}, {"name", "x"}});
  const auto parsed = parse_disclosure(made.text);
  ASSERT_TRUE(parsed) << to_string(parsed.error());
  EXPECT_EQ(parsed->digest, made.digest);
  EXPECT_EQ(parsed->name, "stone");
  EXPECT_EQ(parsed->value, made.value);
}

TEST(Disclosure, SaltsNeverRepeat) {
  std::set<std::string> texts;
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(texts.insert(make_disclosure("a", 1).text).second);
}

TEST(Disclosure, AForkedChildDrawsItsOwnSalts) {
  static_cast<void>(make_disclosure("a", 1));  // fills the pool
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const std::string text = make_disclosure("a", 1).text;
    ::_exit(::write(pipe_ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size())
                ? 0
                : 1);
  }
  const std::string own = make_disclosure("a", 1).text;
  std::string theirs(own.size(), '\0');
  ASSERT_EQ(::read(pipe_ends[0], theirs.data(), theirs.size()),
            static_cast<ssize_t>(theirs.size()));
  ASSERT_EQ(::waitpid(child, nullptr, 0), child);
  ::close(pipe_ends[0]);
  ::close(pipe_ends[1]);
  EXPECT_NE(own, theirs);
}

TEST(Disclosure, RefusesEveryOtherForm) {
  const std::string salt = "AAAAAAAAAAAAAAAAAAAAAA";
  ASSERT_TRUE(parse_disclosure(encoded("[\"" + salt + "\",\"a\",1]")));
  for (const std::string& plain : std::vector<std::string>{
           std::string("[\"AAAA\",\"a\",1]"),                    // short salt
           std::string("[\"AAAAAAAAAAAAAAAAAAAAAB\",\"a\",1]"),  // spare bits in the salt
           "[\"" + salt + "\",\"a\"]", "[\"" + salt + "\",\"a\",1,2]",
           "[\"" + salt + "\", \"a\",1]", "[\"" + salt + "\",1,1]", "[1,\"a\",1]", "{\"a\":1}",
           "\"" + salt + "\"", "[\"" + salt + "\",\"a\",1.0]",
           "[\"" + salt + "\",\"a\",{\"b\":1,\"a\":2}]",  // members descend
           "[\"" + salt + "\",\"a\",[{\"b\":1,\"a\":2}]]",
           "[\"" + salt + "\",\"a\",{\"a\":1,\"a\":2}]",
           "[\"" + salt + "\",\"a\",[[[[[[[[1]]]]]]]]]",  // nine levels
           "[\"" + salt + "\",\"a\",\"\\u00e9\"]", "\xef\xbb\xbf[\"" + salt + "\",\"a\",1]"})
    EXPECT_FALSE(parse_disclosure(encoded(plain))) << plain;
  EXPECT_FALSE(parse_disclosure(""));
  EXPECT_FALSE(parse_disclosure("not base64!"));
  EXPECT_FALSE(parse_disclosure(encoded("[\"" + salt + "\",\"a\",1]") + "="));
}

TEST(Disclosure, AHeadKeepsItsOwnMemberOrder) {
  EXPECT_TRUE(
      parse_disclosure(encoded("[\"AAAAAAAAAAAAAAAAAAAAAA\",\"event\",{\"b\":1,\"a\":2}]")));
}

// The digest is over the text as it came, whatever its spelling inside (RFC 9901 §4.2.3).
TEST(Disclosure, DigestsAgreeWithRfc9901) {
  const std::filesystem::path path =
      std::filesystem::path(QUARRYMARK_VECTORS_DIR) / "sd-jwt/inline.json";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "NO VECTORS: sd-jwt/inline.json is not there";
  std::ifstream file(path);
  const auto cases = nlohmann::json::parse(file);
  ASSERT_FALSE(cases.empty());
  for (const auto& vector : cases)
    EXPECT_EQ(disclosure_digest(vector["disclosure"].get<std::string>()).text(),
              vector["sha256_b64url"].get<std::string>());
}

}  // namespace
}  // namespace quarrymark::entry
