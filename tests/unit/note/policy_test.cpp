#include "ledger/note/policy.h"

#include "ledger/base/text.h"
#include "tests/unit/note/keys.h"

#include <gtest/gtest.h>

namespace quarrymark::note {
namespace {

std::string witness_vkey(int number) {
  return test_vkey(cat("w", number), kEd25519Cosignature, static_cast<std::uint8_t>(number)).text();
}
std::string log_vkey(int number) {
  return test_vkey(cat("l", number), kEd25519, static_cast<std::uint8_t>(number)).text();
}
VerifierKey witness(int number) { return *parse_vkey(witness_vkey(number)); }

std::string witness_line(std::string_view name, int number) {
  return cat("witness ", name, ' ', witness_vkey(number), '\n');
}

// The two-level policy of the specification, with keys 1 to 6.
std::string two_levels() {
  return cat("log ", log_vkey(1), "\n\n", witness_line("X1", 1), witness_line("X2", 2),
             witness_line("X3", 3), "group X-witnesses 2 X1 X2 X3\n\n", witness_line("Y1", 4),
             witness_line("Y2", 5), witness_line("Y3", 6),
             "group Y-witnesses any Y1 Y2 Y3\n\ngroup X-and-Y all X-witnesses Y-witnesses\n"
             "quorum X-and-Y\n");
}

void refused_at(std::string_view text, std::string_view line, std::string_view part_of_message) {
  const auto policy = parse_policy(text);
  ASSERT_FALSE(policy) << text;
  EXPECT_EQ(policy.error().code, Errc::kMalformed);
  EXPECT_EQ(policy.error().field, line) << policy.error().message;
  EXPECT_NE(policy.error().message.find(part_of_message), std::string::npos)
      << policy.error().message;
}

TEST(Policy, OfTwoLevelsAsksForTwoOfXAndOneOfY) {
  const auto policy = parse_policy(two_levels());
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->logs.size(), 1U);
  EXPECT_EQ(policy->witness_keys().size(), 6U);
  EXPECT_TRUE(quorum_met(*policy, std::vector{witness(1), witness(3), witness(5)}));
  EXPECT_TRUE(quorum_met(*policy, std::vector{witness(1), witness(2), witness(3), witness(4)}));
  EXPECT_FALSE(quorum_met(*policy, std::vector{witness(1), witness(5), witness(6)}));
  EXPECT_FALSE(quorum_met(*policy, std::vector{witness(1), witness(2), witness(3)}));
  EXPECT_FALSE(quorum_met(*policy, {}));
}

TEST(Policy, CountsAWitnessOnceHoweverOftenItCosigned) {
  const auto policy = parse_policy(two_levels());
  EXPECT_FALSE(quorum_met(*policy, std::vector{witness(1), witness(1), witness(4)}));
}

TEST(Policy, CountsOnlyTheWitnessesItNames) {
  const auto policy = parse_policy(cat(witness_line("a", 1), "quorum a\n"));
  EXPECT_TRUE(quorum_met(*policy, std::vector{witness(1)}));
  EXPECT_FALSE(quorum_met(*policy, std::vector{witness(2)}));
  // The same key as a log's key is another statement.
  EXPECT_FALSE(quorum_met(*policy, std::vector{test_vkey("w1", kEd25519, 1)}));
}

TEST(Policy, WithQuorumNoneIsMetByNothing) {
  const auto policy = parse_policy("quorum none\n");
  ASSERT_TRUE(policy);
  EXPECT_FALSE(policy->quorum);
  EXPECT_TRUE(quorum_met(*policy, {}));
}

TEST(Policy, MayNameAGroupOrWitnessTheQuorumDoesNotNeed) {
  const auto policy =
      parse_policy(cat(witness_line("a", 1), witness_line("b", 2), "group g all a b\nquorum b\n"));
  ASSERT_TRUE(policy);
  EXPECT_TRUE(quorum_met(*policy, std::vector{witness(2)}));
  EXPECT_FALSE(quorum_met(*policy, std::vector{witness(1)}));
}

TEST(Policy, AllowsCommentsEmptyLinesAndAnyWhiteSpace) {
  const auto policy = parse_policy(
      cat("# first\n\n \t \n  # indented, with caf\xc3\xa9 and \xff\n\t", "witness\t a \t",
          witness_vkey(1), "  https://w.example/ \n  quorum   a\t\n#last\n"));
  ASSERT_TRUE(policy) << policy.error().message;
  EXPECT_EQ(policy->witnesses[0].url, "https://w.example/");
  EXPECT_TRUE(quorum_met(*policy, std::vector{witness(1)}));
}

TEST(Policy, TreatsNamesAsOctets) {
  EXPECT_TRUE(parse_policy(cat(witness_line("K", 1), witness_line("\xe2\x84\xaa", 2),
                               witness_line("\xff", 3), "group all any K \xff\nquorum all\n")));
  // A no-break space is part of a name.
  EXPECT_TRUE(parse_policy(cat(witness_line("a\xc2\xa0z", 1), "quorum a\xc2\xa0z\n")));
}

TEST(Policy, MayDefineThingsAfterTheQuorum) {
  EXPECT_TRUE(parse_policy(cat("quorum none\n", witness_line("a", 1), "log ", log_vkey(1), "\n")));
}

TEST(Policy, KeepsLogsWithTheirUrls) {
  const auto policy = parse_policy(
      cat("log ", log_vkey(1), " https://l.example\nlog ", log_vkey(2), "\nquorum none\n"));
  ASSERT_TRUE(policy);
  EXPECT_EQ(policy->logs[0].url, "https://l.example");
  EXPECT_EQ(policy->logs[0].key, *parse_vkey(log_vkey(1)));
  EXPECT_EQ(policy->logs[1].url, "");
}

TEST(Policy, KeepsAWitnessWhoseSignaturesAreNotVerifiedHereAndNeverCountsIt) {
  const std::string material(1312, 'm');
  const std::uint32_t id = key_id("pq", kMlDsaCosignature, as_bytes(material));
  const std::uint8_t id_bytes[] = {std::uint8_t(id >> 24), std::uint8_t(id >> 16),
                                   std::uint8_t(id >> 8), std::uint8_t(id)};
  const std::string vkey =
      cat("pq+", hex_encode(id_bytes), '+', base64_encode(as_bytes("\x06" + material)));
  const std::string witnesses = cat("witness pq ", vkey, '\n', witness_line("a", 1));
  const auto all = parse_policy(cat(witnesses, "group g all pq a\nquorum g\n"));
  ASSERT_TRUE(all) << all.error().message;
  EXPECT_FALSE(all->witnesses[0].key);
  EXPECT_EQ(all->witness_keys().size(), 1U);
  EXPECT_FALSE(quorum_met(*all, std::vector{witness(1)}));
  const auto any = parse_policy(cat(witnesses, "group g any pq a\nquorum g\n"));
  EXPECT_TRUE(quorum_met(*any, std::vector{witness(1)}));
}

TEST(Policy, RefusesAWitnessWithALogKey) {
  refused_at(cat("witness a ", log_vkey(1), "\nquorum a\n"), "line 1", "cosignature type");
}

TEST(Policy, RefusesDuplicateKeysWhateverTheirNames) {
  refused_at(cat(witness_line("a", 1), "witness b ",
                 test_vkey("other", kEd25519Cosignature, 1).text(), "\nquorum none\n"),
             "line 2", "a second line with the public key");
  refused_at(
      cat("log ", log_vkey(1), "\nlog ", test_vkey("x", kEd25519, 1).text(), "\nquorum none\n"),
      "line 2", "a second line with the public key");
  // A log and a witness may share one; they are told apart by type.
  EXPECT_TRUE(parse_policy(cat("log ", log_vkey(1), "\n", witness_line("a", 1), "quorum none\n")));
}

TEST(Policy, RefusesANameDefinedTwice) {
  refused_at(cat(witness_line("a", 1), witness_line("a", 2), "quorum a\n"), "line 2",
             "defined a second time");
  refused_at(cat(witness_line("a", 1), "group a any a\nquorum a\n"), "line 2",
             "defined a second time");
}

TEST(Policy, RefusesNoneAsNameOrMember) {
  refused_at(cat(witness_line("none", 1), "quorum none\n"), "line 1", "\"none\" is taken");
  refused_at(cat(witness_line("a", 1), "group none any a\nquorum none\n"), "line 2",
             "\"none\" is taken");
  refused_at(cat(witness_line("a", 1), "group g any a none\nquorum g\n"), "line 2",
             "no witness or group");
}

TEST(Policy, RefusesWhatIsNotDefinedOnAnEarlierLine) {
  refused_at(cat("quorum a\n", witness_line("a", 1)), "line 1", "no witness or group \"a\"");
  refused_at(cat("group g any a\n", witness_line("a", 1), "quorum g\n"), "line 1",
             "no witness or group \"a\"");
  refused_at(cat(witness_line("a", 1), "group g any a g\nquorum g\n"), "line 2",
             "no witness or group \"g\"");
}

TEST(Policy, RefusesAMemberListedTwice) {
  refused_at(cat(witness_line("a", 1), "group g any a a\nquorum g\n"), "line 2", "a second time");
  refused_at(
      cat(witness_line("a", 1), witness_line("b", 2), "group g any a\ngroup h any b a\nquorum h\n"),
      "line 4", "a second time");
  refused_at(cat(witness_line("a", 1), "group g any a\ngroup h any g\ngroup i any g\nquorum i\n"),
             "line 4", "a second time");
}

TEST(Policy, RefusesThresholdsThatCannotBeMeant) {
  for (const char* threshold : {"0", "3", "-1", "+1", "02", "1.0", "most", "18446744073709551617"})
    refused_at(
        cat(witness_line("a", 1), witness_line("b", 2), "group g ", threshold, " a b\nquorum g\n"),
        "line 3", "threshold from 1 to 2");
  refused_at(cat(witness_line("a", 1), "group g any\nquorum g\n"), "line 2", "expected group");
  refused_at("group g\nquorum g\n", "line 1", "expected group");
}

TEST(Policy, NeedsExactlyOneQuorumLine) {
  refused_at("# nothing\n", "", "got none");
  refused_at("quorum none\nquorum none\n", "line 2", "a second quorum");
  refused_at("quorum\n", "line 1", "expected quorum");
  refused_at(cat(witness_line("a", 1), "quorum a a\n"), "line 2", "expected quorum");
}

TEST(Policy, RefusesLinesItDoesNotKnow) {
  refused_at("quorum none\nmonitor x\n", "line 2", "expected log, witness, group or quorum");
  refused_at("Quorum none\n", "line 1", "expected log, witness, group or quorum");
  refused_at("log\nquorum none\n", "line 1", "expected log");
  refused_at(cat("log ", log_vkey(1), " url more\nquorum none\n"), "line 1", "expected log");
  refused_at(cat("witness a ", witness_vkey(1), " url more\nquorum none\n"), "line 1",
             "expected witness");
  refused_at("witness a\nquorum none\n", "line 1", "expected witness");
  refused_at("log nonsense\nquorum none\n", "line 1", "vkey");
  refused_at(cat(witness_line("a", 1), "quorum a # comment\n"), "line 2", "expected quorum");
}

TEST(Policy, RefusesCarriageReturnsControlsAndAnOpenLastLine) {
  refused_at("quorum none\r\n", "", "control character");
  refused_at("quorum\vnone\n", "", "control character");
  refused_at("quorum none\n\x7f\n", "", "control character");
  refused_at("quorum none", "", "does not end with a newline");
  refused_at("", "", "does not end with a newline");
  refused_at("\xef\xbb\xbfquorum none\n", "line 1", "expected log, witness, group or quorum");
}

TEST(Policy, HasLimitsWellAboveWhatTheSpecificationAsksFor) {
  EXPECT_EQ(parse_policy(std::string(kMaxPolicySize, '\n') + "\n").error().code, Errc::kTooLarge);
  std::string text;
  for (int i = 0; i < 256; ++i) text += witness_line(cat("w", i), i);
  text += "group g0 any w0\n";
  for (int i = 1; i < 256; ++i) text += cat("group g", i, " all g", i - 1, " w", i, '\n');
  const auto chain = parse_policy(text + "quorum g255\n");
  ASSERT_TRUE(chain) << chain.error().message;
  EXPECT_FALSE(quorum_met(*chain, std::vector{witness(0)}));
  EXPECT_TRUE(quorum_met(*chain, chain->witness_keys()));
  EXPECT_EQ(parse_policy(text + "group g256 any g255\nquorum g256\n").error().code,
            Errc::kTooLarge);
}

}  // namespace
}  // namespace quarrymark::note
