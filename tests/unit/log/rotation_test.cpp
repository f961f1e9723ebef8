// A log that changes its key: one durable step, whatever moment the process stops at.
#include "ledger/note/rotation.h"

#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/head.h"
#include "ledger/log/layout.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"
#include "tests/unit/log/ledger.h"

#include <filesystem>
#include <thread>

namespace quarrymark::log {
namespace {

namespace fs = std::filesystem;

Prepared rotate_event(const std::string& origin, const std::string& note) {
  const auto field = entry::make_disclosure("rotation", note);
  entry::Head head;
  head.type = "rotate";
  head.log = origin;
  head.at = "2026-03-02T09:14:03+01:00";
  head.fields.emplace_back(field.name, field.digest);
  const auto made = entry::make_disclosure(entry::kHeadName, entry::head_value(head));
  Prepared event;
  event.event = entry::event_id(made);
  event.head = made.text;
  event.disclosures.push_back(field.text);
  return event;
}

struct Rotating : TestLedger {
  crypto::SigningKey next = *crypto::SigningKey::generate();

  Result<Appended> rotate_to(const crypto::SigningKey& to) {
    const std::string note = *note::make_rotation(origin(), key, to);
    return log().rotate(rotate_event(origin(), note), to, note);
  }
  void rotate() {
    const auto rotated = rotate_to(next);
    ASSERT_TRUE(rotated) << rotated.error().message;
    key = next;
    next = *crypto::SigningKey::generate();
  }
  bool signed_by(const std::string& checkpoint, const std::string& vkey) {
    const auto note = note::parse_note(checkpoint);
    const auto parsed = note::parse_vkey(vkey);
    return note && parsed && note::verify_note(*note, {&*parsed, 1}).has_value();
  }
};

TEST(LogRotation, TheCheckpointThatCoversItIsSignedByTheNewKey) {
  Rotating ledger;
  ledger.append_many(3);
  const std::string before = ledger.log().checkpoint();
  ledger.rotate();
  const auto vkeys = ledger.log().vkeys();
  ASSERT_EQ(vkeys.size(), 2u);
  EXPECT_EQ(vkeys[0], ledger.log().vkey()) << "the first key goes on naming the log";
  EXPECT_TRUE(ledger.signed_by(before, vkeys[0]));
  EXPECT_TRUE(ledger.signed_by(ledger.log().checkpoint(), vkeys[1]));
  EXPECT_FALSE(ledger.signed_by(ledger.log().checkpoint(), vkeys[0]));
  const SignedHead head = ledger.log().signed_head();
  EXPECT_EQ(head.checkpoint, ledger.log().checkpoint());
  EXPECT_EQ(head.rotations.size(), 1u);
  EXPECT_EQ(ledger.problems(), std::vector<std::string>());
}

TEST(LogRotation, ALogGoesOnAndOpensAgainWithTheNewKeyAlone) {
  Rotating ledger;
  ledger.append_many(300);
  const crypto::SigningKey first = ledger.key;
  ledger.rotate();
  ledger.append_many(2);
  ledger.rotate();
  const crypto::SigningKey last = ledger.key;
  ASSERT_TRUE(ledger.reopen());
  EXPECT_EQ(ledger.log().vkeys().size(), 3u);
  ledger.append_many(5);
  EXPECT_EQ(ledger.log().size(), 309u);
  EXPECT_EQ(ledger.problems(2), std::vector<std::string>());
  ledger.key = first;
  EXPECT_EQ(ledger.reopen().error().code, Errc::kUnauthorized);
  ledger.key = last;
  EXPECT_TRUE(ledger.reopen());
  EXPECT_EQ(current_key(ledger.store(), 1).value(), last.public_key());
}

TEST(LogRotation, CanComeFirstOfAll) {
  Rotating ledger;
  ledger.rotate();
  ASSERT_TRUE(ledger.reopen());
  EXPECT_EQ(ledger.problems(), std::vector<std::string>());
}

TEST(LogRotation, ARefusedOneChangesNothing) {
  Rotating ledger;
  ledger.append_many(1);
  const std::string checkpoint = ledger.log().checkpoint();
  const crypto::SigningKey stranger = *crypto::SigningKey::generate();
  // Without the old signature: the stranger signs twice over.
  const std::string forged = *note::make_rotation(ledger.origin(), stranger, ledger.next);
  EXPECT_EQ(
      ledger.log().rotate(rotate_event(ledger.origin(), forged), ledger.next, forged).error().code,
      Errc::kUnauthorized);
  // Another key than the note names.
  const std::string note = *note::make_rotation(ledger.origin(), ledger.key, ledger.next);
  EXPECT_EQ(ledger.log().rotate(rotate_event(ledger.origin(), note), stranger, note).error().code,
            Errc::kInvalidArgument);
  // The guard has the last word.
  ledger.guard.rule = [](const Prepared&, std::uint64_t, UtcTime, store::Batch&) -> Status {
    return fail(Errc::kRefused, "no");
  };
  EXPECT_EQ(ledger.rotate_to(ledger.next).error().code, Errc::kRefused);
  ledger.guard.rule = {};
  EXPECT_EQ(ledger.log().checkpoint(), checkpoint);
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(1);
  EXPECT_EQ(ledger.log().vkeys().size(), 1u);
}

TEST(LogRotation, AStopBeforeTheWriteLeavesTheOldKeyAndOneAfterItTheNew) {
  class Failing final : public Journal {
   public:
    explicit Failing(bool writes) : writes_(writes) {}
    store::Store* store = nullptr;
    Status commit(store::Batch& batch) override {
      if (writes_) QM_TRY_VOID(store->write(batch, true));
      return fail(Errc::kIo, "stopped");
    }

   private:
    bool writes_;
  };
  for (const bool writes : {false, true}) {
    Rotating ledger;
    ledger.append_many(2);
    Failing journal(writes);
    ledger.journal = &journal;
    ASSERT_TRUE(ledger.reopen());
    journal.store = &ledger.store();
    EXPECT_FALSE(ledger.rotate_to(ledger.next));
    EXPECT_FALSE(ledger.append(make_event(ledger.origin())))
        << "its fate is unknown until reopened";
    ledger.journal = nullptr;
    if (writes) ledger.key = ledger.next;
    ASSERT_TRUE(ledger.reopen()) << "with the key that the store names";
    EXPECT_EQ(ledger.log().size(), writes ? 3u : 2u);
    EXPECT_EQ(ledger.log().vkeys().size(), writes ? 2u : 1u);
    ledger.append_many(1);
    EXPECT_EQ(ledger.problems(), std::vector<std::string>());
  }
}

TEST(LogRotation, AHeadFileOfBeforeItIsCaughtUp) {
  Rotating ledger;
  ledger.append_many(3);
  ledger.close();
  fs::copy_file(ledger.head_path(), ledger.path() + "/old-head");
  ASSERT_TRUE(ledger.reopen());
  ledger.rotate();
  ledger.close();
  fs::copy_file(ledger.path() + "/old-head", ledger.head_path(),
                fs::copy_options::overwrite_existing);
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(1);
}

TEST(LogRotation, CallersWhoAppendMeanwhileAreServed) {
  Rotating ledger;
  std::vector<std::thread> callers;
  for (int i = 0; i < 3; ++i)
    callers.emplace_back([&] {
      for (int n = 0; n < 40; ++n)
        if (!ledger.log().append(make_events(ledger.origin(), 3))) return;
    });
  for (int n = 0; n < 5; ++n) ledger.rotate();
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(ledger.log().size(), 3u * 40 * 3 + 5);
  ASSERT_TRUE(ledger.reopen());
  EXPECT_EQ(ledger.log().vkeys().size(), 6u);
  EXPECT_EQ(ledger.problems(2), std::vector<std::string>());
}

TEST(LogRotation, TheCheckNamesARotationThatNoEntryRecords) {
  Rotating ledger;
  ledger.append_many(2);
  ledger.rotate();
  auto record = load_record(ledger.store(), 1).value();
  record.rotations[0].seq = 0;
  ledger.put(store::Table::kMeta, record_key(1), write_record(record));
  const auto problems = ledger.problems();
  ASSERT_FALSE(problems.empty());
  EXPECT_NE(problems.back().find("seq 0"), std::string::npos) << problems.back();
}

TEST(LogRotation, ADamagedRotationDoesNotOpen) {
  Rotating ledger;
  ledger.rotate();
  auto record = load_record(ledger.store(), 1).value();
  record.rotations[0].note[80] ^= 1;
  ledger.put(store::Table::kMeta, record_key(1), write_record(record));
  EXPECT_EQ(ledger.reopen().error().code, Errc::kDataLoss);
}

TEST(MissingHead, IsAcceptedOnlyWhereItIsMissing) {
  Rotating ledger;
  ledger.append_many(2);
  ledger.rotate();
  const std::string checkpoint = ledger.log().checkpoint();
  ledger.close();
  const auto with_store = [&](auto look) {
    auto store = store::Store::open(ledger.path(), {});
    return look(**store, 1u, ledger.key, ledger.head_path());
  };
  EXPECT_EQ(with_store(&look_past_head).error().code, Errc::kFailedPrecondition);
  fs::remove(ledger.head_path());
  const auto looked = with_store(&look_past_head);
  ASSERT_TRUE(looked) << looked.error().message;
  EXPECT_EQ(looked->entries, 3u);
  EXPECT_EQ(looked->checkpoint, checkpoint);
  EXPECT_FALSE(fs::exists(ledger.head_path())) << "looking changes nothing";
  EXPECT_EQ(ledger.reopen().error().code, Errc::kDataLoss);
  ledger.close();
  ASSERT_TRUE(with_store(&accept_without_head));
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(1);
}

TEST(MissingHead, AHeadThatKnowsMoreIsNeverOverruled) {
  Rotating ledger;
  ledger.append_many(2);
  ledger.close();
  fs::copy(ledger.path() + "/store", ledger.path() + "/backup", fs::copy_options::recursive);
  ASSERT_TRUE(ledger.reopen());
  ledger.append_many(1);
  ledger.close();
  fs::remove_all(ledger.path() + "/store");
  fs::copy(ledger.path() + "/backup", ledger.path() + "/store", fs::copy_options::recursive);
  auto store = store::Store::open(ledger.path(), {});
  const auto accepted = accept_without_head(**store, 1, ledger.key, ledger.head_path());
  ASSERT_FALSE(accepted);
  EXPECT_EQ(accepted.error().code, Errc::kDataLoss);
}

TEST(Group, RefusesAnEventWhoseIdIsNotTheDigestOfItsHead) {
  TestLedger ledger;
  Prepared event = make_event(ledger.origin());
  event.head = make_event(ledger.origin()).head;
  EXPECT_EQ(ledger.append(event).error().code, Errc::kMalformed);
  event = make_event(ledger.origin());
  event.event.hash[0] ^= 1;
  EXPECT_EQ(ledger.append(event).error().code, Errc::kMalformed);
  EXPECT_EQ(ledger.log().size(), 0u);
}

}  // namespace
}  // namespace quarrymark::log
