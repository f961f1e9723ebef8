// Keys in passports: those of logs, as they change, and those of devices. FORMATS.md rules 15 and
// 24; docs/later_events.md.
#include "ledger/judge/judge.h"
#include "ledger/note/clear_note.h"
#include "ledger/note/rotation.h"
#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace quarrymark::passport {
namespace {

using support::StoneChain;
using support::TestLog;

const custody::Event* find_event(const Checked& checked, const EventId& id) {
  for (const custody::Event& event : checked.evidence.events)
    if (event.id == id) return &event;
  return nullptr;
}

bool has_code(const custody::Report& report, std::string_view code) {
  for (const custody::Finding& finding : report.findings)
    if (finding.code == code) return true;
  return false;
}

std::string fact(const custody::Finding& finding, std::string_view name) {
  for (const auto& [key, value] : finding.facts)
    if (key == name && value.if_string() != nullptr) return *value.if_string();
  return {};
}

TEST(Rotation, ALaterOneDoesNothingToAnEarlierPassport) {
  StoneChain chain;
  const Passport earlier = chain.passport();
  chain.factory.rotate(50);
  chain.factory.append(
      {.type = "rotate", .fields = {{"rotation", chain.factory.packet().rotations.back()}}});
  EXPECT_EQ(described(check(earlier, chain.trust())), "");
  EXPECT_EQ(described(check(chain.passport(), chain.trust())), "");
  // Both at once: one log, two checkpoints, two keys.
  EXPECT_EQ(
      described(check({write_passport(earlier), write_passport(chain.passport())}, chain.trust())),
      "");
}

TEST(Rotation, WithoutTheOldSignatureIsAWrongKey) {
  StoneChain chain;
  Passport passport = chain.passport();
  const auto forged =
      note::make_rotation(chain.factory.origin(), support::test_key(60), support::test_key(61));
  ASSERT_TRUE(forged);
  passport.packets[2].rotations = {*forged};
  const Checked checked = check(passport, chain.trust());
  ASSERT_EQ(checked.findings.size(), 1u) << described(checked);
  EXPECT_EQ(checked.findings[0].code, "wrong_key");
  EXPECT_EQ(fact(checked.findings[0], "field"), "rotations[0]");
}

TEST(Rotation, LeftOutOfThePacketIsAWrongSignature) {
  StoneChain chain;
  chain.factory.rotate(50);
  Passport passport = chain.passport();
  passport.packets[2].rotations.clear();
  EXPECT_EQ(first_code(check(passport, chain.trust())), "wrong_signature");
}

TEST(Rotation, AnEntryRecordsTheOneThatThePacketShows) {
  StoneChain chain;
  chain.factory.rotate(50);
  const std::string rotation = chain.factory.packet().rotations.back();
  chain.factory.append({.type = "rotate", .fields = {{"rotation", rotation}}});
  EXPECT_EQ(described(check(chain.passport(), chain.trust())), "");
  // Another note, even one that both keys signed, is not what the packet shows.
  for (const std::string& other :
       {std::string("no note at all"),
        note::make_rotation(chain.factory.origin(), support::test_key(50), support::test_key(51))
            .value()}) {
    StoneChain copy = chain;
    copy.factory.append({.type = "rotate", .fields = {{"rotation", other}}});
    const Checked checked = check(copy.passport(), copy.trust());
    ASSERT_EQ(checked.findings.size(), 1u) << described(checked);
    EXPECT_EQ(checked.findings[0].code, "wrong_key");
    EXPECT_EQ(fact(checked.findings[0], "field"), "rotation");
  }
}

TEST(Rotation, WithheldFromItsEntryIsNotMissed) {
  StoneChain chain;
  chain.factory.rotate(50);
  chain.factory.append({.type = "rotate", .fields = {{"rotation", "whatever"}}});
  Passport passport = chain.passport();
  passport.packets[2].disclosures.back().resize(1);  // the head alone
  EXPECT_EQ(described(check(passport, chain.trust())), "");
}

TEST(DeviceEvent, ReplayedInAnotherLogIsAWrongDisclosure) {
  StoneChain chain;
  // The factory puts the quarry's signed head into an entry of its own.
  TestLog log(70);
  log.append({.type = "attest", .device = &chain.phone, .change_entry = [&](entry::Entry& entry) {
                entry.event = chain.extract.id;
                entry.device = chain.extract.entry.device;
              }});
  Passport passport = passport_of({&log});
  passport.items[0].event = chain.extract.id;
  passport.packets[0].disclosures[0] = chain.extract.disclosures;
  const Checked checked = check(passport, chain.trust());
  ASSERT_FALSE(checked.findings.empty());
  EXPECT_EQ(checked.findings[0].code, "wrong_disclosure");
  EXPECT_EQ(fact(checked.findings[0], "field"), "head.log");
}

TEST(DeviceEvent, TheSignatureOfAnotherEventDoesNotServe) {
  StoneChain chain;
  const auto second = chain.quarry.append({.type = "attest", .device = &chain.phone});
  Passport passport = chain.passport();
  passport.packets[1].disclosures.back().back() = chain.extract.disclosures.back();
  const Checked checked = check(passport, chain.trust());
  EXPECT_EQ(first_code(checked), "wrong_disclosure") << described(checked);
}

std::string key_text(const crypto::SigningKey& key) { return base64url_encode(key.public_key()); }

TEST(Enrolment, ADeviceEnrolsTheNextAndAnybodyOfTheLogWithdraws) {
  StoneChain chain;
  const crypto::SigningKey second = support::test_key(92), third = support::test_key(93);
  const auto say = [&](const crypto::SigningKey* by) {
    return chain.quarry.append({.type = "attest", .device = by}).id;
  };
  const auto device = [&](const char* field, const crypto::SigningKey& key,
                          const crypto::SigningKey* by) {
    chain.quarry.append({.type = "device", .fields = {{field, key_text(key)}}, .device = by});
  };
  device("enrol", second, &chain.phone);
  device("enrol", third, nullptr);  // nobody enrolled says so
  const EventId by_second = say(&second), by_third = say(&third), before = say(&chain.phone);
  device("withdrawn", chain.phone, nullptr);  // it was lost, and it was the only one
  const EventId after = say(&chain.phone);
  device("enrol", third, &chain.phone);
  const EventId still_third = say(&third);
  device("enrol", chain.phone, &second);  // found again
  const EventId found = say(&chain.phone);
  const Checked checked = check(chain.passport(), chain.trust());
  ASSERT_EQ(described(checked), "");
  EXPECT_TRUE(find_event(checked, by_second)->device_signed);
  EXPECT_FALSE(find_event(checked, by_third)->device_signed);
  EXPECT_TRUE(find_event(checked, before)->device_signed);
  EXPECT_FALSE(find_event(checked, after)->device_signed);
  EXPECT_FALSE(find_event(checked, still_third)->device_signed);
  EXPECT_TRUE(find_event(checked, found)->device_signed);
  EXPECT_EQ(find_event(checked, after)->device_key, key_text(chain.phone));
}

TEST(DeviceCounter, AnEventThatWasDroppedLeavesAHole) {
  StoneChain chain;
  for (int i = 0; i < 3; ++i) chain.quarry.append({.type = "attest", .device = &chain.phone});
  const auto holes = [&](const Passport& passport) -> std::string {
    const Checked checked = check(passport, chain.trust());
    EXPECT_EQ(described(checked), "");
    const custody::Report report = custody::judge(checked.evidence, {}, checked.findings);
    for (const custody::Finding& finding : report.findings)
      if (finding.code == "device_counter_hole") return fact(finding, "missing");
    return "";
  };
  Passport passport = chain.passport();
  EXPECT_EQ(holes(passport), "");
  // Number 3 without its head: who says what it holds sees that one is missing.
  const std::size_t last = chain.quarry.size() - 1;
  passport.packets[1].disclosures[last - 1].clear();
  EXPECT_EQ(holes(passport), "3");
  // Without its device the event is nobody's number.
  passport = chain.passport();
  passport.packets[1].disclosures[last - 2].pop_back();
  EXPECT_EQ(holes(passport), "2");
}

TEST(ClearNotes, AnEarlierOneClearsNothingUntilTheLater) {
  const StoneChain chain;
  const crypto::SigningKey monitor = support::test_key(95);
  Trust trust = chain.trust();
  trust.monitors.push_back(
      note::make_vkey("monitor.example", note::kEd25519, monitor.public_key()).value());
  const Marker first = chain.receive.entry.spends[0], second = chain.saw.entry.spends[0];
  const auto with_note = [&](std::uint64_t time, const Marker& marker) {
    note::ClearNote note{time,
                         {{chain.factory.origin(), chain.factory.size(), chain.factory.root(4)}},
                         {{marker, {}}}};
    Passport passport = chain.passport();
    passport.clear =
        note::sign_note(note::write_clear_note(note).value(), "monitor.example", monitor).value();
    return write_passport(passport);
  };
  for (const bool later_first : {true, false}) {
    std::vector<std::string> files{with_note(1'772'600'000, first),
                                   with_note(1'772'500'000, second)};
    if (!later_first) std::swap(files[0], files[1]);
    const Checked checked = check(files, trust);
    ASSERT_EQ(described(checked), "");
    const custody::ClearFacts& clear = *checked.evidence.clear;
    EXPECT_EQ(clear.time.ms, 1'772'600'000'000);
    EXPECT_EQ(clear.markers.count(second), 1u);
    EXPECT_EQ(clear.earlier.count(second), 1u);
    EXPECT_EQ(clear.earlier.count(first), 0u);
  }
}

// A passport's records, all of them, as a monitor that follows every log answers for them.
note::ClearNote full_note(const StoneChain& chain) {
  note::ClearNote note;
  note.time = 1'772'600'000;
  for (const TestLog* log : {&chain.registrar, &chain.quarry, &chain.factory})
    note.logs.push_back({log->origin(), log->size(), log->root(log->size())});
  return note;
}

TEST(ClearNotes, WithoutEveryMarkerAreNoClearance) {
  const StoneChain chain;
  const crypto::SigningKey monitor = support::test_key(95);
  Trust trust = chain.trust();
  trust.monitors.push_back(
      note::make_vkey("monitor.example", note::kEd25519, monitor.public_key()).value());
  note::ClearNote note = full_note(chain);
  std::sort(note.logs.begin(), note.logs.end(),
            [](const auto& a, const auto& b) { return a.origin < b.origin; });
  Passport passport = chain.passport();
  passport.clear =
      note::sign_note(note::write_clear_note(note).value(), "monitor.example", monitor).value();
  const Checked checked = check(passport, trust);
  ASSERT_EQ(described(checked), "");
  EXPECT_TRUE(has_code(custody::judge(checked.evidence, {}, {}), "not_checked_for_later"));
}

}  // namespace
}  // namespace quarrymark::passport
