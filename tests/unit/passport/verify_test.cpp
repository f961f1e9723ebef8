#include "ledger/note/clear_note.h"
#include "ledger/note/signed_note.h"
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

std::string clear_note(const StoneChain& chain, const crypto::SigningKey& monitor,
                       std::uint64_t time, std::vector<note::ClearMarker> markers) {
  note::ClearNote clear{
      time, {{chain.factory.origin(), chain.factory.size(), chain.factory.root(4)}}, markers};
  return note::sign_note(note::write_clear_note(clear).value(), "monitor.example", monitor).value();
}

Trust with_monitor(Trust trust, const crypto::SigningKey& monitor) {
  trust.monitors.push_back(
      note::make_vkey("monitor.example", note::kEd25519, monitor.public_key()).value());
  return trust;
}

TEST(CheckPassports, AWholeChainHasNoFindings) {
  const StoneChain chain;
  const Checked checked = check(chain.passport(), chain.trust());
  EXPECT_EQ(described(checked), "");
  EXPECT_EQ(checked.evidence.events.size(), 9u);
  EXPECT_EQ(checked.evidence.items, std::vector{chain.to_buyer.ref(0)});
  EXPECT_EQ(checked.evidence.logs.size(), 3u);
  EXPECT_EQ(checked.evidence.reader.registrars, std::vector{chain.registrar.origin()});
}

TEST(CheckPassports, EventsCarryWhatTheEntrySays) {
  const StoneChain chain;
  const Checked checked = check(chain.passport(), chain.trust());
  const custody::Event* event = find_event(checked, chain.receive.id);
  ASSERT_NE(event, nullptr);
  EXPECT_EQ(event->log, chain.factory.origin());
  EXPECT_EQ(event->seq, 0u);
  EXPECT_EQ(event->spends, chain.receive.entry.spends);
  EXPECT_EQ(event->time, chain.receive.entry.time);
}

TEST(CheckPassports, CountsAnEnrolledPhoneAndNoOther) {
  StoneChain chain;
  const crypto::SigningKey stranger = support::test_key(77);
  const auto attest = chain.quarry.append({.type = "attest", .device = &stranger});
  const Checked checked = check(chain.passport(), chain.trust());
  ASSERT_EQ(described(checked), "");
  EXPECT_TRUE(find_event(checked, chain.extract.id)->device_signed);
  EXPECT_FALSE(find_event(checked, attest.id)->device_signed);
  EXPECT_FALSE(find_event(checked, chain.to_factory.id)->device_signed);
  // Nobody vouches for the phone when the registrar is not trusted.
  EXPECT_FALSE(find_event(check(chain.passport(), Trust()), chain.extract.id)->device_signed);
}

TEST(CheckPassports, AnEnrolledPhoneEnrolsAndWithdrawsOthers) {
  StoneChain chain;
  const crypto::SigningKey second = support::test_key(78);
  const std::string key = base64url_encode(second.public_key());
  chain.quarry.append({.type = "device", .fields = {{"enrol", key}}, .device = &chain.phone});
  const auto with = chain.quarry.append({.type = "attest", .device = &second});
  chain.quarry.append({.type = "device", .fields = {{"withdrawn", key}}, .device = &chain.phone});
  const auto without = chain.quarry.append({.type = "attest", .device = &second});
  const Checked checked = check(chain.passport(), chain.trust());
  ASSERT_EQ(described(checked), "");
  EXPECT_TRUE(find_event(checked, with.id)->device_signed);
  EXPECT_FALSE(find_event(checked, without.id)->device_signed);
}

TEST(CheckPassports, ARotatedKeyIsFollowed) {
  StoneChain chain;
  chain.factory.rotate(50);
  chain.factory.rotate(51);
  EXPECT_EQ(described(check(chain.passport(), chain.trust())), "");
  Trust trust = chain.trust();
  trust.pinned.push_back(
      {note::parse_vkey(chain.factory.last_vkey()).value(), "F", "factory", "CN"});
  EXPECT_EQ(described(check(chain.passport(), trust)), "");
}

TEST(CheckPassports, AQuorumThatIsMetCountsAndDates) {
  const StoneChain chain;
  const Checked checked = check(chain.cosigned_passport(), chain.strict_trust());
  ASSERT_EQ(described(checked), "");
  EXPECT_TRUE(checked.evidence.reader.asks_quorum);
  const custody::LogStanding& standing = checked.evidence.logs.at(chain.factory.origin());
  EXPECT_TRUE(standing.quorum_met);
  EXPECT_EQ(standing.cosigned.at(4).ms, 1'772'500'000'000);
}

TEST(CheckPassports, AQuorumThatIsNotMetIsNotAFinding) {
  const StoneChain chain;
  const Checked checked = check(chain.passport(), chain.strict_trust());
  EXPECT_EQ(described(checked), "");
  EXPECT_FALSE(checked.evidence.logs.at(chain.factory.origin()).quorum_met);
}

TEST(CheckPassports, AWitnessNobodyKnowsSaysNothing) {
  const StoneChain chain;
  const Checked checked = check(chain.cosigned_passport(), chain.trust());
  EXPECT_EQ(described(checked), "");
  EXPECT_TRUE(checked.evidence.logs.at(chain.factory.origin()).cosigned.empty());
  EXPECT_FALSE(checked.evidence.reader.asks_quorum);
}

TEST(CheckPassports, ADateDoesNotCoverAnEntryShownOnlyWithoutCosignature) {
  const StoneChain chain;
  Passport passport = chain.passport();
  passport.packets[2] = chain.factory.packet({0, 3}, 4);
  passport.packets.push_back(chain.factory.packet({1}, 3, {chain.witness}));
  const Checked checked = check(passport, chain.strict_trust());
  ASSERT_EQ(described(checked), "");
  EXPECT_TRUE(checked.evidence.logs.at(chain.factory.origin()).cosigned.empty());
}

TEST(CheckPassports, AnEntryWithoutHeadIsSilent) {
  const StoneChain chain;
  Passport passport = chain.passport();
  passport.packets[1].disclosures[0].clear();
  const Checked checked = check(passport, chain.trust());
  ASSERT_EQ(described(checked), "");
  ASSERT_EQ(checked.evidence.silent.size(), 1u);
  EXPECT_EQ(checked.evidence.silent[0].event, chain.extract.id);
  EXPECT_EQ(checked.evidence.silent[0].log, chain.quarry.origin());
}

TEST(CheckPassports, DisclosuresOfOneEntryAddUpAcrossPassports) {
  const StoneChain chain;
  Passport one = chain.passport(), two = chain.passport();
  one.packets[2].disclosures[0].erase(one.packets[2].disclosures[0].begin() + 1,
                                      one.packets[2].disclosures[0].end());
  two.packets[2].disclosures[0].pop_back();  // the last field, remarks
  two.packets[2].disclosures[1].clear();     // the saw step without its head
  const Checked checked = check({write_passport(one), write_passport(two)}, chain.trust());
  ASSERT_EQ(described(checked), "");
  const custody::Event* receive = find_event(checked, chain.receive.id);
  EXPECT_EQ(receive->withheld_fields, std::vector<std::string>{"remarks"});
  EXPECT_TRUE(checked.evidence.silent.empty());
  EXPECT_EQ(checked.evidence.items.size(), 1u);
}

TEST(CheckPassports, AWithheldOutputIsNotJudged) {
  StoneChain chain;
  const auto odd = chain.factory.append({.type = "dispatch",
                                         .inputs = {chain.to_buyer.state(0)},
                                         .outputs = {support::item("another", "crate")},
                                         .fields = {{"to", json::Object{{"name", "a buyer"}}}}});
  Passport passport = chain.passport();
  EXPECT_EQ(first_code(check(passport, chain.trust())), "malformed");
  passport.packets[2].disclosures[4].erase(passport.packets[2].disclosures[4].begin() + 1);
  EXPECT_EQ(described(check(passport, chain.trust())), "");
  EXPECT_EQ(odd.seq, 4u);
}

TEST(CheckPassports, AClearNoteOfAKnownMonitorIsTaken) {
  const StoneChain chain;
  const crypto::SigningKey monitor = support::test_key(95);
  const Marker marker = chain.receive.entry.spends[0];
  Passport passport = chain.passport();
  passport.clear =
      clear_note(chain, monitor, 1'772'600'000, {{marker, {{chain.factory.origin(), 0}}}});
  const Checked known = check(passport, with_monitor(chain.trust(), monitor));
  ASSERT_EQ(described(known), "");
  ASSERT_TRUE(known.evidence.clear.has_value());
  EXPECT_EQ(known.evidence.clear->time.ms, 1'772'600'000'000);
  EXPECT_EQ(known.evidence.clear->markers.at(marker).size(), 1u);
  EXPECT_EQ(known.evidence.clear->sizes.at(chain.factory.origin()), 4u);

  const Checked unknown = check(passport, chain.trust());
  EXPECT_EQ(described(unknown), "");
  EXPECT_FALSE(unknown.evidence.clear.has_value());
}

TEST(CheckPassports, OfTwoClearNotesTheLaterCountsAndEveryUseSeen) {
  const StoneChain chain;
  const crypto::SigningKey monitor = support::test_key(95);
  const Marker marker = chain.receive.entry.spends[0];
  Passport later = chain.passport(), earlier = chain.passport();
  later.clear = clear_note(chain, monitor, 1'772'600'000, {{marker, {}}});
  earlier.clear =
      clear_note(chain, monitor, 1'772'500'000, {{marker, {{chain.factory.origin(), 0}}}});
  const Trust trust = with_monitor(chain.trust(), monitor);
  const Checked checked = check({write_passport(later), write_passport(earlier)}, trust);
  ASSERT_EQ(described(checked), "");
  EXPECT_EQ(checked.evidence.clear->time.ms, 1'772'600'000'000);
  EXPECT_EQ(checked.evidence.clear->markers.at(marker).size(), 1u);
}

TEST(CheckPassports, ItemsMayBeRecordStates) {
  const StoneChain chain;
  Passport passport = chain.passport();
  passport.items = {chain.admit_quarry.ref(entry::kRecordOut)};
  passport.packets = {chain.registrar.packet({1}, 3)};
  const Checked checked = check(passport, chain.trust());
  EXPECT_EQ(described(checked), "");
  EXPECT_EQ(checked.evidence.items.size(), 1u);
}

TEST(CheckPassports, TwoHalvesOfASplitHistoryAreFoundAcrossPassports) {
  StoneChain chain;
  TestLog other = chain.factory;
  chain.factory.append({.type = "attest", .fields = {{"statement", json::Object{{"text", "a"}}}}});
  other.append({.type = "attest", .fields = {{"statement", json::Object{{"text", "b"}}}}});
  const Passport one = chain.passport();
  Passport two = one;
  two.packets[2] = other.packet();
  EXPECT_EQ(described(check(one, chain.trust())), "");
  EXPECT_EQ(described(check(two, chain.trust())), "");
  const Checked both = check({write_passport(one), write_passport(two)}, chain.trust());
  EXPECT_EQ(first_code(both), "split_history");
  EXPECT_NE(both.findings[0].sentence.find("Passport 2, packet 3, log "), std::string::npos)
      << described(both);
}

TEST(CheckPassports, OneSeqWithTwoEntriesUnderDifferentSizesIsASplitHistory) {
  StoneChain chain;
  TestLog other = chain.factory;
  chain.factory.append({.type = "attest"});
  other.append({.type = "attest"});
  other.append({.type = "attest"});
  const Checked both = check(passport_of({&chain.factory, &other}), Trust());
  EXPECT_EQ(first_code(both), "split_history");
}

TEST(CheckPassports, ManyFindingsAreCutOff) {
  StoneChain chain;
  Passport passport = chain.passport();
  const Packet bad{"no key", {}, "", {"{}"}, {{}}, {}};
  for (int i = 0; i < 300; ++i) passport.packets.push_back(bad);
  EXPECT_EQ(check(passport, chain.trust()).findings.size(), kMaxFindings);
}

TEST(CheckPassports, EveryFindingIsInvalidAndSaysWhere) {
  const StoneChain chain;
  Passport passport = chain.passport();
  passport.packets[1].disclosures[1][1] = passport.packets[1].disclosures[0][1];
  const Checked checked = check(passport, chain.trust());
  ASSERT_EQ(checked.findings.size(), 1u) << described(checked);
  const custody::Finding& finding = checked.findings[0];
  EXPECT_EQ(finding.code, "wrong_disclosure");
  EXPECT_EQ(finding.verdict, custody::Verdict::kInvalid);
  const json::Value facts(finding.facts);
  EXPECT_TRUE(json::members_ascend(facts));
  EXPECT_EQ(*facts.find("seq")->if_integer(), 1);
  EXPECT_EQ(*facts.find("packet")->if_integer(), 2);
  EXPECT_EQ(*facts.find("log")->if_string(), chain.quarry.origin());
  EXPECT_EQ(*facts.find("field")->if_string(), "out.0");
}

TEST(CheckPassports, NothingAtAllIsNoFinding) {
  const Checked checked = check_passports({}, Trust());
  EXPECT_TRUE(checked.findings.empty());
  EXPECT_TRUE(checked.evidence.events.empty());
}

}  // namespace
}  // namespace quarrymark::passport
