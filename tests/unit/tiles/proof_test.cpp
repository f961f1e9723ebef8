// Offline proofs: one spelling, and nothing that does not hold.
#include "ledger/tiles/proof.h"

#include "ledger/base/text.h"
#include "ledger/merkle/proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/cosignature.h"
#include "ledger/tiles/verified_tree.h"
#include "tests/unit/tiles/memory_log.h"

#include <gtest/gtest.h>

namespace quarrymark::tiles {
namespace {

class TlogProof : public ::testing::Test {
 protected:
  TlogProof() : witness_(*crypto::SigningKey::generate()) {
    log_.grow(300);
    auto tree = VerifiedTree::open(log_, log_.parsed());
    proof_.index = 270;
    proof_.hashes = *merkle::make_inclusion_proof(270, 300, tree->nodes());
    proof_.checkpoint = log_.checkpoint();
    leaf_ = merkle::leaf_hash(as_bytes(log_.entries[270]));
  }

  std::string witness_vkey() const {
    return note::make_vkey("witness.example", note::kEd25519Cosignature, witness_.public_key())
        ->text();
  }
  note::Policy policy(const std::string& more = "quorum none\n") const {
    return *note::parse_policy(
        cat("log ", log_.identity().keys[0].text(), "\nwitness W ", witness_vkey(), "\n", more));
  }
  void cosign() {
    const auto opened = parse_signed_checkpoint(proof_.checkpoint);
    proof_.checkpoint += note::write_signature_line(
        *note::make_cosignature(opened->note.text, 1'700'000'000, "witness.example", witness_));
  }
  // The line that is named as wrong; "" when it is accepted.
  std::string refused_at(const std::string& text) const {
    const auto parsed = parse_proof(text);
    return parsed ? "" : parsed.error().field;
  }
  std::string text() const { return write_proof(proof_); }
  std::string replaced(const std::string& from, const std::string& to) const {
    std::string out = text();
    const std::size_t at = out.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return out.replace(at, from.size(), to);
  }

  MemoryLog log_;
  crypto::SigningKey witness_;
  Proof proof_;
  Hash leaf_{};
};

TEST_F(TlogProof, IsReadBackAsItWasWritten) {
  EXPECT_EQ(*parse_proof(text()), proof_);
  proof_.extra = std::string("any\0bytes", 9);
  EXPECT_EQ(*parse_proof(text()), proof_);
  proof_.extra = "";
  EXPECT_EQ(*parse_proof(text()), proof_);
}

TEST_F(TlogProof, HoldsForItsEntryOnly) {
  EXPECT_EQ(check_proof(proof_, leaf_, policy()).outcome, ProofOutcome::kHolds);
  const Hash other = merkle::leaf_hash(as_bytes(log_.entries[271]));
  const ProofCheck check = check_proof(proof_, other, policy());
  EXPECT_EQ(check.outcome, ProofOutcome::kInvalid);
  EXPECT_NE(check.problem.find("inclusion proof of entry 270 in 300"), std::string::npos);
}

TEST_F(TlogProof, ChangedHashIndexOrCountIsInvalid) {
  Proof changed = proof_;
  changed.hashes[3][0] ^= 1;
  EXPECT_EQ(check_proof(changed, leaf_, policy()).outcome, ProofOutcome::kInvalid);
  changed = proof_;
  changed.index = 271;
  EXPECT_EQ(check_proof(changed, leaf_, policy()).outcome, ProofOutcome::kInvalid);
  changed = proof_;
  changed.hashes.pop_back();
  EXPECT_EQ(check_proof(changed, leaf_, policy()).outcome, ProofOutcome::kInvalid);
  changed = proof_;
  changed.index = 300;
  EXPECT_EQ(check_proof(changed, leaf_, policy()).outcome, ProofOutcome::kInvalid);
}

TEST_F(TlogProof, UnknownLogIsNotVerifiableAndNotCalledWrong) {
  const MemoryLog other("log.example/other");
  const auto strangers =
      *note::parse_policy(cat("log ", other.identity().keys[0].text(), "\nquorum none\n"));
  EXPECT_EQ(check_proof(proof_, leaf_, strangers).outcome, ProofOutcome::kNotVerifiable);
}

TEST_F(TlogProof, KnownKeyUnderAnotherOriginDoesNotCount) {
  // A log that signs another's origin with its own key.
  const note::Checkpoint parsed = log_.parsed();
  const auto other_key = *crypto::SigningKey::generate();
  proof_.checkpoint =
      *note::sign_note(note::write_checkpoint(parsed), "log.example/other", other_key);
  const auto known = *note::parse_policy(cat(
      "log ", note::make_vkey("log.example/other", note::kEd25519, other_key.public_key())->text(),
      "\nquorum none\n"));
  const ProofCheck check = check_proof(proof_, leaf_, known);
  EXPECT_EQ(check.outcome, ProofOutcome::kNotVerifiable);
  EXPECT_NE(check.problem.find("no known key of the log"), std::string::npos);
}

TEST_F(TlogProof, QuorumIsAskedFor) {
  EXPECT_EQ(check_proof(proof_, leaf_, policy("quorum W\n")).outcome, ProofOutcome::kNotVerifiable);
  cosign();
  const ProofCheck check = check_proof(proof_, leaf_, policy("quorum W\n"));
  EXPECT_EQ(check.outcome, ProofOutcome::kHolds);
  EXPECT_TRUE(check.asks_witnesses);
  ASSERT_EQ(check.signatures.size(), 2U);
  EXPECT_EQ(check.signatures[1].timestamp, 1'700'000'000U);
}

TEST_F(TlogProof, CosignatureOfAnotherCheckpointMakesItInvalid) {
  cosign();
  const std::string line = proof_.checkpoint.substr(proof_.checkpoint.rfind("\n\xe2\x80\x94") + 1);
  log_.grow(301);
  auto tree = VerifiedTree::open(log_, log_.parsed());
  proof_.hashes = *merkle::make_inclusion_proof(270, 301, tree->nodes());
  proof_.checkpoint = log_.checkpoint() + line;
  EXPECT_EQ(check_proof(proof_, leaf_, policy()).outcome, ProofOutcome::kInvalid);
}

TEST_F(TlogProof, EveryOtherSpellingIsRefusedAtItsLine) {
  EXPECT_EQ(refused_at(""), "line 1");
  EXPECT_EQ(refused_at("c2sp.org/tlog-proof@v2\n" + text().substr(23)), "line 1");
  EXPECT_EQ(refused_at(replaced("@v1\n", "@v1\r\n")), "line 1");
  EXPECT_EQ(refused_at(" " + text()), "line 1");
  EXPECT_EQ(refused_at(replaced("index 270\n", "")), "line 2");
  EXPECT_EQ(refused_at(replaced("index 270", "index 0270")), "line 2");
  EXPECT_EQ(refused_at(replaced("index 270", "index +270")), "line 2");
  EXPECT_EQ(refused_at(replaced("index 270", "index  270")), "line 2");
  EXPECT_EQ(refused_at(replaced("index 270", "index 18446744073709551616")), "line 2");
  EXPECT_EQ(refused_at(replaced("index 270", "Index 270")), "line 2");
  EXPECT_EQ(refused_at(replaced("index 270", "extra !!!!\nindex 270")), "line 2");
  EXPECT_EQ(refused_at(replaced("index 270", "extra YQ\nindex 270")), "line 2");
  EXPECT_EQ(refused_at(replaced("index 270", "extra YQ==\nextra YQ==\nindex 270")), "line 3");
  EXPECT_EQ(refused_at(replaced("index 270\n", "index 270\nAAAA\n")), "line 3");
  // Without the line between them the origin is taken for a hash.
  EXPECT_EQ(refused_at(replaced("\n\nlog.example", "\nlog.example")),
            cat("line ", 3 + proof_.hashes.size()));
  EXPECT_EQ(refused_at(replaced("\n\nlog.example", "\n\n\nlog.example")),
            cat("line ", 4 + proof_.hashes.size()));
  EXPECT_EQ(refused_at(text().substr(0, text().size() - 1)),
            cat("line ", 4 + proof_.hashes.size()));
  EXPECT_EQ(refused_at(replaced("\xe2\x80\x94", "-")), cat("line ", 4 + proof_.hashes.size()));
}

TEST_F(TlogProof, LimitsHold) {
  proof_.hashes.assign(64, Hash{});
  EXPECT_EQ(refused_at(text()), "");
  proof_.hashes.assign(65, Hash{});
  EXPECT_EQ(refused_at(text()), "line 67");
  EXPECT_EQ(parse_proof(std::string(kMaxProofBytes + 1, 'x')).error().code, Errc::kTooLarge);
}

}  // namespace
}  // namespace quarrymark::tiles
