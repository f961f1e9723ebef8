// A witness never signs what does not continue what it signed before, whatever happens to it.
#include "ledger/witness/witness.h"

#include "ledger/base/text.h"
#include "ledger/disk/files.h"
#include "ledger/merkle/proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/cosignature.h"
#include "ledger/tiles/verified_tree.h"
#include "tests/unit/tiles/memory_log.h"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace quarrymark::witness {
namespace {

namespace fs = std::filesystem;
using tiles::MemoryLog;

constexpr UtcTime kNow{1'772'442'843'120};

class WitnessTest : public ::testing::Test {
 protected:
  WitnessTest() {
    path_ = (fs::temp_directory_path() / "quarrymark_witness_XXXXXX").string();
    if (::mkdtemp(path_.data()) == nullptr) std::abort();
    path_ += "/w1";
    witness_.emplace(std::move(*Witness::create(path_, "witness.example/w1")));
    EXPECT_TRUE(witness_->add_log(log_.identity()));
  }
  ~WitnessTest() override { fs::remove_all(fs::path(path_).parent_path()); }

  // As an honest log would ask.
  AddCheckpoint request(std::uint64_t old_size) {
    AddCheckpoint out{old_size, {}, log_.checkpoint()};
    if (old_size > 0 && old_size < log_.entries.size()) {
      auto tree = tiles::VerifiedTree::open(log_, log_.parsed());
      out.proof = *merkle::make_consistency_proof(old_size, log_.entries.size(), tree->nodes());
    }
    return out;
  }
  Answer ask(const AddCheckpoint& asked) {
    auto answer = witness_->add_checkpoint(asked, kNow);
    if (answer) return std::move(*answer);
    ADD_FAILURE() << to_string(answer.error());
    return {};
  }
  void cosign(std::uint64_t size, std::uint64_t old_size) {
    log_.grow(size);
    const Answer answer = ask(request(old_size));
    ASSERT_EQ(answer.outcome, Outcome::kCosigned) << answer.reason;
  }
  std::string state_file() const {
    for (const auto& entry : fs::recursive_directory_iterator(path_ + "/logs"))
      if (entry.path().filename() == "checkpoint") return entry.path().string();
    return {};
  }

  std::string path_;
  MemoryLog log_{"log.example/one"};
  std::optional<Witness> witness_;
};

TEST_F(WitnessTest, CosignsALogAsItGrows) {
  log_.grow(5);
  const Answer first = ask(request(0));
  ASSERT_EQ(first.outcome, Outcome::kCosigned);
  // The answer is a signature line over the checkpoint it was asked about, with its time.
  const auto note = note::parse_note(log_.checkpoint() + first.body);
  ASSERT_TRUE(note);
  const auto verified = note::verify_note(*note, {&witness_->vkey(), 1});
  ASSERT_TRUE(verified);
  EXPECT_EQ(verified->front().timestamp, static_cast<std::uint64_t>(kNow.ms / 1000));
  EXPECT_EQ(witness_->vkey().type, note::kEd25519Cosignature);
  cosign(300, 5);
  cosign(600, 300);
  // Again the same: signed again.
  EXPECT_EQ(ask(request(600)).outcome, Outcome::kCosigned);
}

TEST_F(WitnessTest, AnEmptyLogIsCosignedAndGrowsFromThere) {
  EXPECT_EQ(ask(request(0)).outcome, Outcome::kCosigned);
  cosign(3, 0);
}

TEST_F(WitnessTest, ServesTheLatestCosignedCheckpoint) {
  EXPECT_FALSE((*witness_->find_log(log_.origin))->latest);
  cosign(7, 0);
  const auto known = *witness_->find_log(log_.origin);
  ASSERT_TRUE(known->latest);
  std::vector<note::VerifierKey> keys = log_.identity().keys;
  keys.push_back(witness_->vkey());
  EXPECT_EQ(note::verify_note(known->latest->note, keys)->size(), 2U);
  EXPECT_FALSE(*witness_->find_log("log.example/other"));
}

TEST_F(WitnessTest, RefusesARollback) {
  cosign(300, 0);
  const std::string old = log_.checkpoint();
  cosign(400, 300);
  const Answer answer = ask({300, {}, old});
  EXPECT_EQ(answer.outcome, Outcome::kOldSizeDiffers);
  EXPECT_EQ(answer.body, "400\n");
  EXPECT_NE(answer.reason.find("never gets shorter"), std::string::npos);
  EXPECT_EQ(ask({0, {}, old}).outcome, Outcome::kOldSizeDiffers);
}

TEST_F(WitnessTest, RefusesAForkOfTheSameSizeAndKeepsTheEvidence) {
  cosign(300, 0);
  log_.rewrite(299, 300, "forged");
  const Answer answer = ask(request(300));
  EXPECT_EQ(answer.outcome, Outcome::kNotConsistent);
  EXPECT_EQ(answer.body, "");
  ASSERT_TRUE(answer.evidence);
  const auto conflict = load_evidence(*answer.evidence);
  ASSERT_TRUE(conflict);
  EXPECT_EQ(conflict->first.checkpoint.size, conflict->second.checkpoint.size);
  EXPECT_NE(conflict->first.checkpoint.root, conflict->second.checkpoint.root);
  // Both are signed by the log, which is the point of keeping them.
  EXPECT_TRUE(note::verify_note(conflict->first.note, log_.identity().keys));
  EXPECT_TRUE(note::verify_note(conflict->second.note, log_.identity().keys));
  EXPECT_EQ(list_evidence(path_)->size(), 1U);
  ask(request(300));
  EXPECT_EQ(list_evidence(path_)->size(), 1U) << "the same conflict twice is one";
}

TEST_F(WitnessTest, RefusesAForkThatGrew) {
  cosign(300, 0);
  log_.rewrite(299, 500, "forged");
  EXPECT_EQ(ask(request(300)).outcome, Outcome::kNotConsistent);
  EXPECT_EQ(ask(request(0)).outcome, Outcome::kOldSizeDiffers);
  EXPECT_EQ((*witness_->find_log(log_.origin))->latest->checkpoint.size, 300U);
}

TEST_F(WitnessTest, RefusesEveryBrokenProof) {
  cosign(300, 0);
  log_.grow(777);
  const AddCheckpoint good = request(300);
  for (std::size_t i = 0; i < good.proof.size(); ++i) {
    AddCheckpoint changed = good;
    changed.proof[i][7] ^= 1;
    EXPECT_EQ(ask(changed).outcome, Outcome::kNotConsistent) << i;
    changed = good;
    changed.proof.erase(changed.proof.begin() + static_cast<std::ptrdiff_t>(i));
    EXPECT_EQ(ask(changed).outcome, Outcome::kNotConsistent) << i;
  }
  AddCheckpoint longer = good;
  longer.proof.push_back(Hash{});
  EXPECT_EQ(ask(longer).outcome, Outcome::kNotConsistent);
  EXPECT_EQ(ask(good).outcome, Outcome::kCosigned);
}

TEST_F(WitnessTest, RefusesAProofWhereNoneIsNeeded) {
  log_.grow(5);
  AddCheckpoint asked = request(0);
  asked.proof.push_back(Hash{});
  EXPECT_EQ(ask(asked).outcome, Outcome::kNotConsistent);
}

TEST_F(WitnessTest, RefusesUnknownLogsAndForeignOrWrongSignatures) {
  MemoryLog other("log.example/other");
  other.grow(3);
  EXPECT_EQ(ask({0, {}, other.checkpoint()}).outcome, Outcome::kUnknownLog);

  log_.grow(3);
  const auto stranger = *crypto::SigningKey::generate();
  const std::string by_stranger = *note::sign_checkpoint(log_.origin, 3, log_.root(3), stranger);
  EXPECT_EQ(ask({0, {}, by_stranger}).outcome, Outcome::kNotSigned);

  std::string spoilt = log_.checkpoint();
  spoilt[spoilt.size() - 10] = spoilt[spoilt.size() - 10] == 'A' ? 'B' : 'A';
  EXPECT_EQ(ask({0, {}, spoilt}).outcome, Outcome::kNotSigned);
  EXPECT_EQ(ask(request(0)).outcome, Outcome::kCosigned);
}

TEST_F(WitnessTest, RefusesAnOldSizeAboveTheCheckpoints) {
  log_.grow(3);
  EXPECT_EQ(ask(request(4)).outcome, Outcome::kBadRequest);
}

TEST_F(WitnessTest, RefusesAnEmptyTreeWithAnotherRoot) {
  const std::string note = *note::sign_checkpoint(log_.origin, 0, Hash{}, log_.key);
  EXPECT_EQ(ask({0, {}, note}).outcome, Outcome::kNotConsistent);
}

TEST_F(WitnessTest, RefusesWhatIsNoRequestOrNote) {
  log_.grow(3);
  const std::string good = write_add_checkpoint(request(0));
  const auto outcome = [&](const std::string& body) {
    return witness_->add_checkpoint(body, kNow)->outcome;
  };
  for (const std::string& body :
       {std::string(), std::string("old 0"), std::string("old 0\n"), std::string("old 0\n\n"),
        "old 00" + good.substr(5), "old -1" + good.substr(5), "new 0" + good.substr(5),
        "old 0\r" + good.substr(5), "old 0\nAAAA\n" + good.substr(6),
        good.substr(0, good.size() - 1), good.substr(6), "old 0\n\n" + good.substr(6),
        "old 18446744073709551616" + good.substr(5)})
    EXPECT_EQ(outcome(body), Outcome::kBadRequest) << body.substr(0, 40);
  std::string hyphen = good;
  hyphen.replace(hyphen.find("\xe2\x80\x94"), 3, "-");
  EXPECT_EQ(outcome(hyphen), Outcome::kBadRequest);
  std::string carriage = good;
  carriage.insert(carriage.size() - 1, "\r");
  EXPECT_EQ(outcome(carriage), Outcome::kBadRequest);
  std::string many = "old 0\n";
  for (int i = 0; i < 64; ++i) many += base64_encode(Hash{}) + "\n";
  EXPECT_EQ(outcome(many + good.substr(6)), Outcome::kBadRequest);
  EXPECT_FALSE((*witness_->find_log(log_.origin))->latest) << "nothing was remembered";
  EXPECT_EQ(outcome(good), Outcome::kCosigned);
}

TEST_F(WitnessTest, RemembersAcrossRestarts) {
  cosign(300, 0);
  witness_.emplace(std::move(*Witness::open(path_)));
  log_.rewrite(200, 300, "forged");
  EXPECT_EQ(ask(request(300)).outcome, Outcome::kNotConsistent);
  EXPECT_EQ(ask(request(0)).outcome, Outcome::kNotConsistent) << "same size, other root";
}

TEST_F(WitnessTest, DamagedMemoryStopsItInsteadOfMakingItForget) {
  cosign(300, 0);
  const std::string file = state_file();
  const std::string good = **disk::read_file(file, 1 << 20);
  for (const std::string& bytes : {std::string(), good.substr(0, 40), std::string("rubbish\n"),
                                   good.substr(0, good.find("\n\xe2\x80\x94") + 1)}) {
    std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
    log_.grow(400);
    const auto answer = witness_->add_checkpoint(request(0), kNow);
    ASSERT_FALSE(answer) << bytes;
    EXPECT_EQ(answer.error().code, Errc::kDataLoss);
  }
}

// Killed at any moment between the check and the answer, it never signs two trees of one size: a
// signature leaves only after the checkpoint is on the disk.
TEST_F(WitnessTest, KilledAtAnyMomentItNeverSignsTwoTreesOfOneSize) {
  cosign(50, 0);
  MemoryLog forged = log_;
  for (int round = 0; round < 40; ++round) {
    const std::uint64_t latest = (*witness_->find_log(log_.origin))->latest->checkpoint.size;
    log_.grow(latest + 10);
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) {
      const auto answer = witness_->add_checkpoint(request(latest), kNow);
      const char given = answer && answer->outcome == Outcome::kCosigned ? '1' : '0';
      static_cast<void>(!::write(ends[1], &given, 1));
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(150 * round));
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(ends[1]);
    char given = '0';
    static_cast<void>(!::read(ends[0], &given, 1));
    ::close(ends[0]);
    const std::uint64_t kept = (*witness_->find_log(log_.origin))->latest->checkpoint.size;
    if (given == '1') {
      ASSERT_EQ(kept, latest + 10) << "a signature was given out and forgotten";
    }
    // Whatever was kept, another tree of its size gets nothing.
    forged.entries.assign(log_.entries.begin(), log_.entries.end());
    forged.key = log_.key;
    forged.rewrite(latest - 1, kept, cat("forged ", round));
    const auto answer =
        witness_->add_checkpoint(AddCheckpoint{kept, {}, forged.checkpoint()}, kNow);
    ASSERT_TRUE(answer);
    ASSERT_EQ(answer->outcome, Outcome::kNotConsistent);
    log_.grow(kept);
    log_.entries.resize(kept);
    log_.publish();
  }
}

TEST_F(WitnessTest, TwoAtOnceCannotRollItBack) {
  cosign(10, 0);
  const AddCheckpoint shorter = (log_.grow(20), request(10));
  const AddCheckpoint longer = (log_.grow(500), request(10));
  std::vector<std::thread> threads;
  std::atomic<int> cosigned{0};
  for (int i = 0; i < 8; ++i)
    threads.emplace_back([&, i] {
      auto own = Witness::open(path_);
      const auto answer = own->add_checkpoint(i % 2 == 0 ? shorter : longer, kNow);
      if (answer && answer->outcome == Outcome::kCosigned) ++cosigned;
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(cosigned, 1) << "both start from 10, so only the first one is answered";
}

TEST_F(WitnessTest, KeepsItsKeyToItself) {
  struct stat found {};
  ASSERT_EQ(::stat((path_ + "/key.pem").c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777, 0600U);
  EXPECT_EQ(Witness::open(path_)->vkey(), witness_->vkey());
}

TEST_F(WitnessTest, IsNotMadeOverSomethingElse) {
  EXPECT_EQ(Witness::create(path_, "again").error().code, Errc::kAlreadyExists);
  const std::string other = path_ + "-other";
  fs::create_directory(other);
  std::ofstream(other + "/file") << "x";
  EXPECT_EQ(Witness::create(other, "w").error().code, Errc::kFailedPrecondition);
  EXPECT_FALSE(Witness::create(path_ + "-third", "two words"));
  EXPECT_FALSE(Witness::create(path_ + "-third", ""));
  EXPECT_FALSE(fs::exists(path_ + "-third"));
  EXPECT_EQ(Witness::open(path_ + "-third").error().code, Errc::kFailedPrecondition);
}

TEST_F(WitnessTest, KnowsSeveralKeysOfOneLogAndEachOnce) {
  EXPECT_EQ(witness_->add_log(log_.identity()).error().code, Errc::kAlreadyExists);
  const auto second = *crypto::SigningKey::generate();
  const auto vkey = *note::make_vkey(log_.origin, note::kEd25519, second.public_key());
  ASSERT_TRUE(witness_->add_log({log_.origin, {vkey}}));
  log_.grow(4);
  const std::string note = *note::sign_checkpoint(log_.origin, 4, log_.root(4), second);
  EXPECT_EQ(ask({0, {}, note}).outcome, Outcome::kCosigned);
  log_.grow(9);
  EXPECT_EQ(ask(request(4)).outcome, Outcome::kCosigned);
  EXPECT_EQ(witness_->logs()->size(), 1U);
  EXPECT_EQ(witness_->logs()->at(0).log.keys.size(), 2U);
}

// The exchange of a published witness's own test: a real log's checkpoint of 35 million entries.
TEST_F(WitnessTest, PublishedExchangeIsAnsweredAsItSays) {
  const fs::path file = fs::path(QUARRYMARK_VECTORS_DIR) / "witness" / "sumdb.txt";
  if (!fs::exists(file)) GTEST_SKIP() << "NO THIRD-PARTY VECTORS at " << file;
  std::ifstream in(file, std::ios::binary);
  const std::string script{std::istreambuf_iterator<char>(in), {}};
  const std::size_t key_at = script.find(" -key ") + 6;
  const std::string vkey = script.substr(key_at, script.find('\n', key_at) - key_at);
  const std::size_t begin = script.find("```\nold 0\n") + 4;
  const std::string body = script.substr(begin, script.find("```", begin) - begin);
  EXPECT_EQ(witness_->add_checkpoint(body, kNow)->outcome, Outcome::kUnknownLog);
  ASSERT_TRUE(witness_->add_log(*tiles::make_identity(vkey, "go.sum database tree")));
  const auto answer = witness_->add_checkpoint(body, kNow);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->outcome, Outcome::kCosigned) << answer->reason;
  EXPECT_EQ((*witness_->find_log("go.sum database tree"))->latest->checkpoint.size, 35225469U);
  // Asked again from the beginning: where it stands.
  const auto again = witness_->add_checkpoint(body, kNow);
  EXPECT_EQ(again->outcome, Outcome::kOldSizeDiffers);
  EXPECT_EQ(again->body, "35225469\n");
}

TEST(AddCheckpointRequest, IsReadBackAsItWasWritten) {
  const AddCheckpoint request{17, {Hash{}, Hash{1}}, "text\n\nsignature\n"};
  EXPECT_EQ(*parse_add_checkpoint(write_add_checkpoint(request)), request);
  EXPECT_EQ(parse_add_checkpoint("old 1\nAA\n\nx").error().field, "line 2");
  EXPECT_EQ(parse_add_checkpoint("old  1\n\nx").error().field, "line 1");
  EXPECT_EQ(parse_add_checkpoint(std::string(kMaxAddCheckpointBytes + 1, 'x')).error().code,
            Errc::kTooLarge);
}

TEST(Evidence, OfTwoSizesHoldsAProofForAnybody) {
  const std::string directory = (fs::temp_directory_path() / "quarrymark_evidence_test").string();
  fs::remove_all(directory);
  MemoryLog log;
  log.grow(300);
  auto first = *tiles::parse_signed_checkpoint(log.checkpoint());
  log.rewrite(100, 600, "forged");
  auto second = *tiles::parse_signed_checkpoint(log.checkpoint());
  auto tree = tiles::VerifiedTree::open(log, second.checkpoint);
  auto relation = *tree->relation_to(300, first.checkpoint.root);
  const auto kept = keep_evidence(directory, {first, second, relation.proof});
  ASSERT_TRUE(kept);
  const auto loaded = load_evidence(*kept);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->proof, relation.proof);
  EXPECT_FALSE(merkle::verify_consistency(300, 600, loaded->proof, loaded->first.checkpoint.root,
                                          loaded->second.checkpoint.root));
  fs::remove(*kept + "/proof");
  EXPECT_EQ(load_evidence(*kept).error().code, Errc::kDataLoss);
  EXPECT_TRUE(list_evidence(directory + "-none")->empty());
  fs::remove_all(directory);
}

}  // namespace
}  // namespace quarrymark::witness
