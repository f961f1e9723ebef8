// A log as files for others, cosigned checkpoints coming back, and what entries of tiles say.
#include "ledger/base/text.h"
#include "ledger/log/cosigned.h"
#include "ledger/log/entry_audit.h"
#include "ledger/log/tiles_export.h"
#include "ledger/merkle/compact_range.h"
#include "ledger/merkle/proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/cosignature.h"
#include "ledger/tiles/bundle.h"
#include "ledger/tiles/check.h"
#include "tests/unit/log/ledger.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace quarrymark::log {
namespace {

namespace fs = std::filesystem;
using Texts = std::vector<std::string>;

class Files : public ::testing::Test {
 protected:
  std::string tiles() const { return ledger_.path() + "/tiles"; }
  TilesExport export_all() {
    const auto done = export_tiles(ledger_.log(), ledger_.log().checkpoint(), tiles());
    if (done) return *done;
    ADD_FAILURE() << to_string(done.error());
    return {};
  }
  Texts problems() {
    const auto identity = *tiles::make_identity(ledger_.log().vkey());
    EntryAudit audit(identity.origin);
    tiles::CheckOptions options;
    options.audit = &audit;
    options.threads = 2;
    const auto report = tiles::check_log(tiles::DirectorySource(tiles()), identity, options);
    return report ? report->problems : Texts{to_string(report.error())};
  }
  std::string refusal(std::string_view checkpoint = {}) {
    const auto done = export_tiles(
        ledger_.log(), checkpoint.empty() ? ledger_.log().checkpoint() : std::string(checkpoint),
        tiles());
    return done ? "" : to_string(done.error());
  }
  TestLedger ledger_;
};

TEST_F(Files, ExportedLogHoldsAtEverySize) {
  for (const std::size_t more : {0, 1, 254, 1, 1, 300, 500}) {
    if (more > 0) ledger_.append_many(more);
    export_all();
    EXPECT_EQ(problems(), Texts()) << ledger_.log().size();
  }
}

TEST_F(Files, OnlyWhatIsNewIsWritten) {
  ledger_.append_many(1000);
  EXPECT_EQ(export_all().bundles, 4U);
  fs::remove(tiles() + "/tile/entries/000");  // would be made again if it were written
  EXPECT_EQ(export_all().bundles, 0U);
  ledger_.append_many(100);
  const TilesExport done = export_all();
  EXPECT_EQ(done.before, 1000U);
  EXPECT_EQ(done.bundles, 2U);
  EXPECT_FALSE(fs::exists(tiles() + "/tile/entries/000"));
  EXPECT_FALSE(fs::exists(tiles() + "/tile/0/003.p")) << "outgrown";
  EXPECT_TRUE(fs::exists(tiles() + "/tile/0/004.p/76"));
}

TEST_F(Files, InterruptedExportIsTakenUpAgain) {
  ledger_.append_many(300);
  export_all();
  ledger_.append_many(300);
  // Everything but the checkpoint was written, and the last file only in part elsewhere.
  const std::string old = [&] {
    std::ifstream in(tiles() + "/checkpoint", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }();
  export_all();
  std::ofstream(tiles() + "/checkpoint", std::ios::binary) << old;
  std::ofstream(tiles() + "/tile/0/001", std::ios::binary) << "half";
  EXPECT_EQ(export_all().before, 300U);
  EXPECT_EQ(problems(), Texts());
}

TEST_F(Files, AnotherLogOrHistoryInTheDirectoryIsRefused) {
  ledger_.append_many(5);
  TestLedger other;
  other.append_many(5);
  ASSERT_TRUE(export_tiles(other.log(), other.log().checkpoint(), tiles()));
  EXPECT_NE(refusal().find("another log"), std::string::npos);
  const auto put = [&](const std::string& note) {
    std::ofstream(tiles() + "/checkpoint", std::ios::binary) << note;
  };
  put(*note::sign_checkpoint(ledger_.origin(), 5, Hash{}, ledger_.key));
  EXPECT_NE(refusal().find("another history"), std::string::npos);
  put(*note::sign_checkpoint(ledger_.origin(), 6, Hash{}, ledger_.key));
  EXPECT_NE(refusal().find("newest entries are lost"), std::string::npos);
  put("rubbish");
  EXPECT_NE(refusal().find("checkpoint"), std::string::npos);
  fs::remove_all(tiles());
  export_all();
  const std::string before =
      *note::sign_checkpoint(ledger_.origin(), 3, *ledger_.log().root(3), ledger_.key);
  EXPECT_NE(refusal(before).find("more than the 3"), std::string::npos);
}

TEST_F(Files, ProofsOfTheLogHold) {
  ledger_.append_many(600);
  const Log& log = ledger_.log();
  for (const std::uint64_t size : {1, 256, 257, 600})
    for (const std::uint64_t index : {0, 255, 256, 599}) {
      if (index >= size) {
        EXPECT_FALSE(log.inclusion_proof(size, index));
        continue;
      }
      const Hash leaf = merkle::leaf_hash(as_bytes(*log.entry(index)));
      EXPECT_TRUE(merkle::verify_inclusion(leaf, index, size, *log.inclusion_proof(size, index),
                                           *log.root(size)));
    }
  EXPECT_TRUE(merkle::verify_consistency(257, 600, *log.consistency_proof(257, 600), *log.root(257),
                                         *log.root(600)));
  EXPECT_FALSE(log.consistency_proof(0, 601));
  EXPECT_FALSE(log.consistency_proof(601, 600));
  EXPECT_FALSE(log.tile(0, 2, 89));
}

TEST_F(Files, WhatEntriesSayIsCheckedBesideTheirHashes) {
  // A log whose tree is right and whose entries are not: its key signs whatever it likes.
  ledger_.append_many(3);
  Texts entries;
  for (std::uint64_t seq = 0; seq < 3; ++seq) entries.push_back(*ledger_.log().entry(seq));
  entries.push_back(entries[2]);
  entries.push_back("nothing");
  merkle::CompactTree tree;
  std::vector<Hash> hashes;
  std::string bundle;
  for (const std::string& entry : entries) {
    hashes.push_back(merkle::leaf_hash(as_bytes(entry)));
    tree.append(hashes.back());
    ASSERT_TRUE(tiles::append_entry(bundle, entry));
  }
  fs::create_directories(tiles() + "/tile/0/000.p");
  fs::create_directories(tiles() + "/tile/entries/000.p");
  std::ofstream(tiles() + "/tile/0/000.p/5", std::ios::binary) << tiles::write_tile(hashes);
  std::ofstream(tiles() + "/tile/entries/000.p/5", std::ios::binary) << bundle;
  std::ofstream(tiles() + "/checkpoint", std::ios::binary)
      << *note::sign_checkpoint(ledger_.origin(), 5, tree.root(), ledger_.key);
  const Texts found = problems();
  ASSERT_EQ(found.size(), 4U);
  EXPECT_EQ(found[0], "entry 3: says it is entry 2");
  EXPECT_EQ(found[1], "entry 3: its prev is not the hash of entry 2");
  EXPECT_NE(found[2].find("entry 4: not an entry"), std::string::npos);
  EXPECT_NE(found[3].find("stands in entry 2 already"), std::string::npos);
}

TEST(OwnOrigin, IsToldFromOthers) {
  const auto key = *crypto::SigningKey::generate();
  EXPECT_TRUE(is_own_origin(note::origin_for_key(key.public_key())));
  for (const char* other : {"", "quarrymark/", "quarrymark/short", "log.example/one"})
    EXPECT_FALSE(is_own_origin(other)) << other;
}

class Cosigned : public ::testing::Test {
 protected:
  Cosigned() : witness_(*crypto::SigningKey::generate()) { ledger_.append_many(10); }
  note::VerifierKey vkey() const {
    return *note::make_vkey("witness.example/w1", note::kEd25519Cosignature, witness_.public_key());
  }
  std::string cosign(const std::string& checkpoint, std::uint64_t time) {
    const auto note = *note::parse_note(checkpoint);
    return checkpoint + note::write_signature_line(*note::make_cosignature(
                            note.text, time, "witness.example/w1", witness_));
  }
  Result<CosignedTaken> take(const std::string& note) {
    const note::VerifierKey key = vkey();
    return take_cosigned(ledger_.store(), ledger_.log(), note, {&key, 1});
  }
  std::optional<std::string> newest(std::uint64_t entries) {
    return *newest_cosigned(ledger_.store(), ledger_.log().number(), entries);
  }
  TestLedger ledger_;
  const crypto::SigningKey witness_;
};

TEST_F(Cosigned, NewestThatCoversIsFound) {
  EXPECT_FALSE(newest(0));
  const std::string ten = cosign(ledger_.log().checkpoint(), 1000);
  ASSERT_TRUE(take(ten));
  EXPECT_EQ(newest(1), ten);
  EXPECT_EQ(newest(10), ten);
  EXPECT_FALSE(newest(11));
  ledger_.append_many(5);
  EXPECT_FALSE(newest(15));
  ASSERT_TRUE(take(cosign(ledger_.log().checkpoint(), 2000)));
  EXPECT_NE(newest(1), ten);
  ASSERT_TRUE(ledger_.reopen());
  EXPECT_TRUE(newest(15)) << "it was durable";
  EXPECT_EQ(ledger_.problems(), Texts()) << "and is nothing the log's own check minds";
}

TEST_F(Cosigned, FirstTimeOfAWitnessIsKeptAndOthersAdded) {
  const std::string plain = ledger_.log().checkpoint();
  ASSERT_TRUE(take(cosign(plain, 1000)));
  const auto again = take(cosign(plain, 2000));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->note, cosign(plain, 1000));
  const auto second = *crypto::SigningKey::generate();
  const auto text = note::parse_note(plain)->text;
  const std::string both =
      plain + note::write_signature_line(*note::make_cosignature(text, 3000, "other", second));
  const auto other = *note::make_vkey("other", note::kEd25519Cosignature, second.public_key());
  const auto joined = take_cosigned(ledger_.store(), ledger_.log(), both, {&other, 1});
  ASSERT_TRUE(joined);
  EXPECT_EQ(note::parse_note(joined->note)->signatures.size(), 3U);
}

TEST_F(Cosigned, LinesNobodyNamedAreLeftOut) {
  const auto stranger = *crypto::SigningKey::generate();
  const std::string plain = ledger_.log().checkpoint();
  const std::string with_stranger =
      cosign(plain, 1000) + note::write_signature_line(*note::make_cosignature(
                                note::parse_note(plain)->text, 7, "stranger", stranger));
  const auto taken = take(with_stranger);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->ignored, 1U);
  EXPECT_EQ(taken->note, cosign(plain, 1000));
}

TEST_F(Cosigned, WhatReadersWouldRefuseIsRefused) {
  const std::string plain = ledger_.log().checkpoint();
  EXPECT_EQ(take(plain).error().code, Errc::kUnauthorized);
  std::string spoilt = cosign(plain, 1000);
  spoilt[spoilt.size() - 8] = spoilt[spoilt.size() - 8] == 'A' ? 'B' : 'A';
  EXPECT_EQ(take(spoilt).error().code, Errc::kUnauthorized);
  EXPECT_EQ(take("rubbish").error().code, Errc::kMalformed);
  // Somebody else's log; another tree under this log's key; a longer one.
  TestLedger other;
  EXPECT_EQ(take(cosign(other.log().checkpoint(), 1000)).error().code, Errc::kRefused);
  const auto sign = [&](std::uint64_t size, const Hash& root) {
    return cosign(*note::sign_checkpoint(ledger_.origin(), size, root, ledger_.key), 1000);
  };
  EXPECT_EQ(take(sign(10, Hash{})).error().code, Errc::kRefused);
  EXPECT_EQ(take(sign(11, Hash{})).error().code, Errc::kRefused);
  const std::string unsigned_note =
      *note::sign_checkpoint(ledger_.origin(), 10, *ledger_.log().root(10), witness_);
  EXPECT_EQ(take(cosign(unsigned_note, 1000)).error().code, Errc::kUnauthorized);
  const auto text = cat(note::parse_note(plain)->text, "extension\n");
  EXPECT_EQ(take(cosign(*note::sign_note(text, ledger_.origin(), ledger_.key), 1)).error().code,
            Errc::kRefused);
  EXPECT_FALSE(newest(0)) << "nothing was kept";
}

}  // namespace
}  // namespace quarrymark::log
