#include "ledger/passport/trust.h"

#include "tests/support/stone_chain.h"

#include <gtest/gtest.h>

namespace quarrymark::passport {
namespace {

using support::StoneChain;

struct Parts {
  StoneChain chain;
  std::string registrars = "[\"" + chain.registrar.vkey() + "\"]";
  std::string monitors = "[]";
  std::string verifiers = "[\"" + chain.buyer.origin() + "\"]";
  std::string pinned = "[{\"log\":\"" + chain.quarry.vkey() +
                       "\",\"name\":\"Q\",\"role\":\"quarry operator\",\"country\":\"IN\"}]";
  std::string policy = "\"witness w " + chain.witness.vkey() + "\\nquorum w\\n\"";

  std::string file() const {
    return "{\"v\":1,\"registrars\":" + registrars + ",\"monitors\":" + monitors +
           ",\"verifiers\":" + verifiers + ",\"pinned\":" + pinned + ",\"policy\":" + policy + "}";
  }
};

TEST(ParseTrust, ReadsWhatItWrites) {
  const Parts parts;
  const auto trust = parse_trust(parts.file());
  ASSERT_TRUE(trust.has_value()) << to_string(trust.error());
  EXPECT_EQ(trust->registrars.size(), 1u);
  EXPECT_EQ(trust->verifiers[0], parts.chain.buyer.origin());
  EXPECT_EQ(trust->pinned[0].log.name, parts.chain.quarry.origin());
  EXPECT_TRUE(trust->policy.quorum.has_value());
  EXPECT_EQ(write_trust(*trust), parts.file());
}

TEST(ParseTrust, AcceptsWhiteSpaceSincePeopleEditIt) {
  std::string file = "\n" + Parts().file();
  for (std::size_t at = file.find(",\""); at != std::string::npos; at = file.find(",\"", at + 4))
    file.replace(at, 1, ",\n  ");
  EXPECT_TRUE(parse_trust(file).has_value());
}

TEST(ParseTrust, AnEmptyPolicyAsksNothing) {
  Parts parts;
  parts.policy = "\"\"";
  const auto trust = parse_trust(parts.file());
  ASSERT_TRUE(trust.has_value()) << to_string(trust.error());
  EXPECT_FALSE(trust->policy.quorum.has_value());
}

TEST(ParseTrust, RefusesOtherFiles) {
  const Parts good;
  const std::string log_key = good.chain.registrar.vkey();
  const std::string witness_key = good.chain.witness.vkey();
  const auto with = [](auto member, std::string value) {
    Parts parts;
    parts.*member = std::move(value);
    return parts.file();
  };
  std::string reordered = good.file();
  reordered.replace(reordered.find("\"v\":1,"), 6, "");
  const std::string bad[] = {
      "",
      "{}",
      reordered,
      good.file().substr(0, good.file().size() - 1) + ",\"x\":1}",
      with(&Parts::registrars, "[\"" + witness_key + "\"]"),
      with(&Parts::registrars, "[\"registrar\"]"),
      with(&Parts::registrars, "\"" + log_key + "\""),
      with(&Parts::registrars, "[\"" + log_key + "\",\"" + log_key + "\"]"),
      with(&Parts::registrars, "[1]"),
      with(&Parts::monitors, "[\"" + witness_key + "\"]"),
      with(&Parts::verifiers, "[\"buyer\"]"),
      with(&Parts::verifiers, "[\"quarrymark/short\"]"),
      with(&Parts::pinned, "[{\"log\":\"" + log_key + "\"}]"),
      with(&Parts::pinned,
           "[{\"log\":\"" + witness_key + "\",\"name\":\"\",\"role\":\"\",\"country\":\"\"}]"),
      with(&Parts::policy, "\"quorum w\\n\""),
      with(&Parts::policy, "\"witness w " + log_key + "\\nquorum w\\n\""),
      with(&Parts::policy, "null"),
  };
  for (const std::string& file : bad) {
    const auto trust = parse_trust(file);
    EXPECT_FALSE(trust.has_value()) << file;
  }
}

TEST(ParseTrust, RefusesAKeyOfALogThatIsNotNamedByAnOrigin) {
  Parts parts;
  const auto key =
      note::make_vkey("registrar.example", note::kEd25519, support::test_key(5).public_key());
  parts.registrars = "[\"" + key->text() + "\"]";
  const auto trust = parse_trust(parts.file());
  ASSERT_FALSE(trust.has_value());
  EXPECT_NE(trust.error().field.find("registrars[0]"), std::string::npos);
  // A monitor is no log and is called what it likes.
  Parts monitors;
  monitors.monitors = parts.registrars;
  EXPECT_TRUE(parse_trust(monitors.file()).has_value());
}

}  // namespace
}  // namespace quarrymark::passport
