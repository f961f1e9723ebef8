// One wrong thing at a time in a passport that is right otherwise, and the finding it leads to.
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/entry/device.h"
#include "ledger/json/writer.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/clear_note.h"
#include "ledger/note/signed_note.h"
#include "tests/unit/passport/checking.h"

#include <gtest/gtest.h>

#include <functional>

namespace quarrymark::passport {
namespace {

using support::StoneChain;
using support::TestLog;

// The chain, its passport (registrar, quarry, factory) and the trust file; a case spoils them.
struct Scene {
  StoneChain chain;
  Passport passport = chain.cosigned_passport();
  Trust trust = chain.strict_trust();
  std::string bytes;  // instead of the passport, when not empty

  Packet& quarry() { return passport.packets[1]; }
  Packet& factory() { return passport.packets[2]; }
  // After the chain grew.
  void show_again() { passport.packets = chain.cosigned_passport().packets; }
};

struct Case {
  const char* name;
  const char* code;
  std::function<void(Scene&)> spoil;
};

void change(std::string& text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << "nothing to spoil: " << from;
  text.replace(at, from.size(), to);
}

std::string vkey_of(std::string_view name, std::uint8_t type, const crypto::SigningKey& key) {
  return note::make_vkey(name, type, key.public_key()).value().text();
}

// The checkpoint with another text, signed by the right key.
std::string signed_again(const TestLog& log, std::string text) {
  return note::sign_note(text, log.origin(), log.signing_key()).value();
}

std::string text_of(const std::string& note) { return note::parse_note(note).value().text; }

void clear_with(Scene& scene, std::string note) { scene.passport.clear = std::move(note); }

const crypto::SigningKey& monitor_key() {
  static const crypto::SigningKey key = support::test_key(95);
  return key;
}

void trust_monitor(Scene& scene) {
  scene.trust.monitors.push_back(
      note::make_vkey("monitor.example", note::kEd25519, monitor_key().public_key()).value());
}

std::string clear_of_factory(const Scene& scene, const Hash& root) {
  const note::ClearNote clear{1'772'600'000, {{scene.chain.factory.origin(), 4, root}}, {}};
  return note::sign_note(note::write_clear_note(clear).value(), "monitor.example", monitor_key())
      .value();
}

// The factory's log with one more event whose head or entry is not as it should be.
template <class Change>
void append_wrong_head(Scene& scene, Change change_head) {
  scene.chain.factory.append(
      {.type = "attest", .change_head_value = [change_head](json::Value& v) { change_head(v); }});
  scene.show_again();
}

template <class Change>
void append_wrong_entry(Scene& scene, Change change_entry) {
  scene.chain.factory.append(
      {.type = "attest", .change_entry = [change_entry](entry::Entry& e) { change_entry(e); }});
  scene.show_again();
}

const Case kFrames[] = {
    {"NoJson", "malformed", [](Scene& s) { s.bytes = "certainly"; }},
    {"Nothing", "malformed", [](Scene& s) { s.bytes = " "; }},
    {"AFinalNewline", "malformed", [](Scene& s) { s.bytes = write_passport(s.passport) + "\n"; }},
    {"AByteOrderMark", "malformed",
     [](Scene& s) { s.bytes = "\xef\xbb\xbf" + write_passport(s.passport); }},
    {"WhiteSpace", "malformed",
     [](Scene& s) { change(s.bytes = write_passport(s.passport), "\"items\":", "\"items\": "); }},
    {"AnotherVersion", "malformed",
     [](Scene& s) { change(s.bytes = write_passport(s.passport), "{\"v\":1", "{\"v\":2"); }},
    {"AnUnknownMember", "malformed",
     [](Scene& s) {
       change(s.bytes = write_passport(s.passport), "\"v\":1,", "\"v\":1,\"x\":0,");
     }},
    {"AnUnknownMemberOfAPacket", "malformed",
     [](Scene& s) {
       change(s.bytes = write_passport(s.passport), "\"rotations\":[],",
              "\"rotations\":[],\"x\":0,");
     }},
    {"AnEscapeThatIsNotNeeded", "malformed",
     [](Scene& s) {
       change(s.bytes = write_passport(s.passport), "\"clear\"", "\"cl\\u0065ar\"");
     }},
    {"NoItems", "malformed", [](Scene& s) { s.passport.items.clear(); }},
    {"AnItemTwice", "malformed", [](Scene& s) { s.passport.items.push_back(s.passport.items[0]); }},
    {"AnItemThatIsNotInThePassport", "malformed",
     [](Scene& s) { s.passport.items[0].event.hash[5] ^= 1; }},
    {"AnItemBeyondTheOutputs", "malformed", [](Scene& s) { s.passport.items[0].out = 1; }},
    {"AnItemBelowTheRecord", "malformed", [](Scene& s) { s.passport.items[0].out = -2; }},
    {"AnItemShownWithoutHead", "malformed", [](Scene& s) { s.factory().disclosures[3].clear(); }},
    {"NoEntries", "malformed",
     [](Scene& s) { s.quarry().entries.clear(), s.quarry().disclosures.clear(); }},
    {"AListOfDisclosuresTooMany", "malformed",
     [](Scene& s) { s.quarry().disclosures.emplace_back(); }},
    {"AProofHashOfAnotherSpelling", "malformed",
     [](Scene& s) {
       s.passport.packets[2] = s.chain.factory.packet({3}, 4, {s.chain.witness});
       s.bytes = write_passport(s.passport);
       const std::size_t at = s.bytes.rfind("\"]}],\"clear\"");
       s.bytes.insert(at, "=");
     }},
};

const Case kKeys[] = {
    {"AKeyThatIsNone", "malformed", [](Scene& s) { s.quarry().key = "key"; }},
    {"AKeyWithAnotherId", "malformed",
     [](Scene& s) {
       char& digit = s.quarry().key[s.quarry().key.find('+') + 1];
       digit = digit == '0' ? '1' : '0';
     }},
    {"AWitnessKeyForALog", "wrong_key",
     [](Scene& s) {
       s.quarry().key = vkey_of(s.chain.quarry.origin(), note::kEd25519Cosignature,
                                s.chain.quarry.signing_key());
     }},
    {"AKeyThatDoesNotHashToItsOrigin", "wrong_key",
     [](Scene& s) {
       s.quarry().key = vkey_of(s.chain.quarry.origin(), note::kEd25519, monitor_key());
     }},
    {"TheKeyOfAnotherLog", "wrong_key", [](Scene& s) { s.quarry().key = s.factory().key; }},
    {"ARotationThatIsNoNote", "wrong_key",
     [](Scene& s) { s.quarry().rotations.push_back("next\n"); }},
    {"ARotationOfAnotherLog", "wrong_key",
     [](Scene& s) {
       s.chain.factory.rotate(50);
       s.quarry().rotations = s.chain.factory.packet().rotations;
     }},
    {"ARotationSignedByTheOldKeyAlone", "wrong_key",
     [](Scene& s) {
       s.chain.quarry.rotate(50);
       std::string rotation = s.chain.quarry.packet().rotations[0];
       rotation.resize(rotation.rfind("\u2014 "));
       s.quarry().rotations = {rotation};
     }},
    {"RotationsInTheWrongOrder", "wrong_key",
     [](Scene& s) {
       s.chain.quarry.rotate(50);
       s.chain.quarry.rotate(51);
       s.show_again();
       std::swap(s.quarry().rotations[0], s.quarry().rotations[1]);
     }},
    {"TheFirstKeySigningAfterARotation", "wrong_signature",
     [](Scene& s) {
       const std::string before = s.quarry().checkpoint;
       s.chain.quarry.rotate(50);
       s.show_again();
       s.quarry().checkpoint = before;
     }},
    {"ALaterKeySigningBeforeItsRotationIsShown", "wrong_signature",
     [](Scene& s) {
       s.chain.quarry.rotate(50);
       s.show_again();
       s.quarry().rotations.clear();
     }},
    {"ATrustedRegistrarKeyTheLogNeverHad", "wrong_key",
     [](Scene& s) {
       s.trust.registrars = {
           note::make_vkey(s.chain.registrar.origin(), note::kEd25519, monitor_key().public_key())
               .value()};
     }},
    {"APinnedKeyTheLogNeverHad", "wrong_key",
     [](Scene& s) {
       s.trust.pinned.push_back(
           {note::make_vkey(s.chain.quarry.origin(), note::kEd25519, monitor_key().public_key())
                .value(),
            "Q", "quarry operator", "IN"});
     }},
    {"ARegistrarPacketFromBeforeTheTrustedKey", "wrong_key",
     [](Scene& s) {
       s.chain.registrar.rotate(50);
       s.trust.registrars = {note::parse_vkey(s.chain.registrar.last_vkey()).value()};
     }},
};

const Case kCheckpoints[] = {
    {"ACheckpointThatIsNoNote", "malformed", [](Scene& s) { s.quarry().checkpoint = "2 entries"; }},
    {"ANoteThatIsNoCheckpoint", "malformed",
     [](Scene& s) { s.quarry().checkpoint = signed_again(s.chain.quarry, "two entries\n"); }},
    {"AnExtensionLine", "malformed",
     [](Scene& s) {
       s.quarry().checkpoint =
           signed_again(s.chain.quarry, text_of(s.quarry().checkpoint) + "note well\n");
     }},
    {"TooManySignatureLines", "malformed",
     [](Scene& s) {
       const std::string line =
           s.quarry().checkpoint.substr(s.quarry().checkpoint.find("\n\n") + 2);
       while (std::count(s.quarry().checkpoint.begin(), s.quarry().checkpoint.end(), '\n') < 69)
         s.quarry().checkpoint += line;
     }},
    {"TheCheckpointOfAnotherLog", "wrong_key",
     [](Scene& s) { s.quarry().checkpoint = s.factory().checkpoint; }},
    {"AnotherRootUnderTheSameSignature", "wrong_signature",
     [](Scene& s) {
       const std::string root = text_of(s.quarry().checkpoint);
       const std::string other = text_of(s.chain.quarry.checkpoint(1));
       change(s.quarry().checkpoint, root.substr(root.find("\n2\n") + 3),
              other.substr(other.find("\n1\n") + 3));
     }},
    {"NoSignatureByTheLog", "wrong_signature",
     [](Scene& s) {
       std::string& note = s.quarry().checkpoint;
       const std::size_t first = note.find("\n\n") + 2;
       note.erase(first, note.find('\n', first) + 1 - first);
     }},
    {"AKnownWitnessThatSignedAnotherTree", "cosignature_invalid",
     [](Scene& s) {
       const std::string other = s.chain.quarry.checkpoint(1, {s.chain.witness});
       std::string& note = s.quarry().checkpoint;
       note = s.chain.quarry.checkpoint(2) + other.substr(other.rfind("\u2014 "));
     }},
    {"AKnownWitnessTwiceOnceWrong", "cosignature_invalid",
     [](Scene& s) {
       const std::string other = s.chain.quarry.checkpoint(1, {s.chain.witness});
       s.quarry().checkpoint += other.substr(other.rfind("\u2014 "));
     }},
    {"ASizeSmallerThanAnEntry", "malformed",
     [](Scene& s) { s.quarry().checkpoint = s.chain.quarry.checkpoint(1, {s.chain.witness}); }},
    {"AClearNoteThatIsNone", "malformed", [](Scene& s) { clear_with(s, "all clear"); }},
    {"AClearNoteOfAnotherForm", "malformed",
     [](Scene& s) {
       clear_with(s, note::sign_note("all clear\n", "monitor.example", monitor_key()).value());
     }},
    {"AClearNoteAKnownMonitorDidNotSign", "wrong_signature",
     [](Scene& s) {
       trust_monitor(s);
       std::string note = clear_of_factory(s, s.chain.factory.root(4));
       change(note, "time 1772600000", "time 1772600001");
       clear_with(s, note);
     }},
    {"AMonitorThatSawAnotherTree", "split_history",
     [](Scene& s) {
       trust_monitor(s);
       clear_with(s, clear_of_factory(s, s.chain.factory.root(3)));
     }},
};

const Case kEntries[] = {
    {"AnEntryThatIsNone", "malformed", [](Scene& s) { s.quarry().entries[0] = "{}"; }},
    {"AnEntryWithWhiteSpace", "malformed", [](Scene& s) { s.quarry().entries[0] += " "; }},
    {"AnotherTime", "wrong_proof", [](Scene& s) { change(s.quarry().entries[0], ":03.", ":04."); }},
    {"EntriesThatDescend", "malformed",
     [](Scene& s) {
       std::swap(s.quarry().entries[0], s.quarry().entries[1]);
       std::swap(s.quarry().disclosures[0], s.quarry().disclosures[1]);
     }},
    {"AnEntryTwice", "malformed",
     [](Scene& s) {
       s.quarry().entries.push_back(s.quarry().entries[1]);
       s.quarry().disclosures.push_back(s.quarry().disclosures[1]);
     }},
    {"AnEntryOfAnotherLog", "wrong_chain",
     [](Scene& s) { s.quarry().entries[1] = s.factory().entries[1]; }},
    {"AnEntryLeftOut", "wrong_proof",
     [](Scene& s) { s.factory().entries.pop_back(), s.factory().disclosures.pop_back(); }},
    {"AHashTooMany", "wrong_proof", [](Scene& s) { s.quarry().proof.emplace_back(); }},
    {"AHashTooFew", "wrong_proof",
     [](Scene& s) {
       s.factory() = s.chain.factory.packet({3}, 4);
       s.factory().proof.pop_back();
     }},
    {"HashesInTheWrongOrder", "wrong_proof",
     [](Scene& s) {
       s.factory() = s.chain.factory.packet({3}, 4);
       std::swap(s.factory().proof[0], s.factory().proof[1]);
     }},
    {"ABrokenChain", "wrong_chain",
     [](Scene& s) { append_wrong_entry(s, [](entry::Entry& e) { e.prev->hash[0] ^= 1; }); }},
    {"AChainBrokenBetweenPackets", "wrong_chain",
     [](Scene& s) {
       append_wrong_entry(s, [](entry::Entry& e) { e.prev->hash[0] ^= 1; });
       s.factory() = s.chain.factory.packet({0, 1, 2, 3}, 5);
       s.passport.packets.push_back(s.chain.factory.packet({4}, 5));
     }},
    {"AnEventTwiceInOneLog", "wrong_chain",
     [](Scene& s) {
       const EventId again = s.chain.pack.id;
       append_wrong_entry(s, [again](entry::Entry& e) { e.event = again; });
       s.factory().disclosures[4].clear();
     }},
    {"OneSizeWithTwoRoots", "split_history",
     [](Scene& s) {
       TestLog other = s.chain.factory;
       s.chain.factory.append({.type = "attest"});
       other.append({.type = "attest"});
       s.show_again();
       s.passport.packets.push_back(other.packet({0}, 5));
     }},
    {"OneSeqWithTwoEntries", "split_history",
     [](Scene& s) {
       TestLog other = s.chain.factory;
       s.chain.factory.append({.type = "attest"});
       other.append({.type = "attest"});
       other.append({.type = "attest"});
       s.show_again();
       s.passport.packets.push_back(other.packet({4}, 6));
     }},
};

const Case kDisclosures[] = {
    {"ADisclosureThatIsNone", "malformed", [](Scene& s) { s.quarry().disclosures[0][1] = "?"; }},
    {"AHeadThatIsNone", "malformed", [](Scene& s) { s.quarry().disclosures[0][0] = "W10"; }},
    {"AFieldBeforeTheHead", "wrong_disclosure",
     [](Scene& s) { std::swap(s.quarry().disclosures[0][0], s.quarry().disclosures[0][1]); }},
    {"FieldsWithoutTheHead", "wrong_disclosure",
     [](Scene& s) { s.quarry().disclosures[0].erase(s.quarry().disclosures[0].begin()); }},
    {"TheHeadOfAnotherEntry", "wrong_disclosure",
     [](Scene& s) { s.quarry().disclosures[0] = s.quarry().disclosures[1]; }},
    {"FieldsInAnotherOrder", "wrong_disclosure",
     [](Scene& s) { std::swap(s.quarry().disclosures[0][1], s.quarry().disclosures[0][2]); }},
    {"AFieldTwice", "wrong_disclosure",
     [](Scene& s) {
       auto& list = s.quarry().disclosures[0];
       list.insert(list.begin() + 1, list[1]);
     }},
    {"AFieldOfAnotherEvent", "wrong_disclosure",
     [](Scene& s) { s.quarry().disclosures[0][2] = s.quarry().disclosures[1][2]; }},
    {"AFieldTheHeadDoesNotHave", "wrong_disclosure",
     [](Scene& s) { s.quarry().disclosures[0][3] = s.chain.receive.disclosure("remarks"); }},
    {"AFieldWithAnotherValue", "wrong_disclosure",
     [](Scene& s) {
       auto& text = s.quarry().disclosures[0][2];
       text = rewritten(text, "Khairpur", "Khairpor");
     }},
    {"ADeviceBeforeAField", "wrong_disclosure",
     [](Scene& s) {
       auto& list = s.quarry().disclosures[0];
       std::swap(list[list.size() - 1], list[list.size() - 2]);
     }},
    {"ADeviceTheEntryDoesNotName", "wrong_disclosure",
     [](Scene& s) {
       s.quarry().disclosures[0].back() =
           entry::make_device_disclosure(s.chain.phone, s.chain.extract.id).text;
     }},
    {"ADeviceWhereNoneSigned", "wrong_disclosure",
     [](Scene& s) {
       s.factory().disclosures[0].push_back(
           entry::make_device_disclosure(s.chain.phone, s.chain.receive.id).text);
     }},
};

const Case kHeads[] = {
    {"AHeadOfAnotherLog", "wrong_disclosure",
     [](Scene& s) {
       const std::string other = s.chain.quarry.origin();
       append_wrong_head(s, [other](json::Value& head) { *head.find("log") = other; });
     }},
    {"AnUnknownMemberOfAHead", "malformed",
     [](Scene& s) {
       append_wrong_head(s, [](json::Value& head) { head.if_object()->emplace_back("x", 0); });
     }},
    {"AHeadOfAnUnknownType", "malformed",
     [](Scene& s) {
       append_wrong_head(s, [](json::Value& head) { *head.find("type") = "steal"; });
     }},
    {"ATimeWithoutZone", "malformed",
     [](Scene& s) {
       append_wrong_head(s, [](json::Value& head) { *head.find("at") = "2026-03-02T14:44:03Z"; });
     }},
    {"OutputsThatTheFieldsLack", "malformed",
     [](Scene& s) { append_wrong_head(s, [](json::Value& head) { *head.find("outputs") = 1; }); }},
    {"ACounterWithoutDevice", "malformed",
     [](Scene& s) { append_wrong_head(s, [](json::Value& head) { *head.find("n") = 1; }); }},
    {"ADeviceWithoutCounter", "malformed",
     [](Scene& s) {
       s.chain.factory.append({.type = "attest",
                               .device = &s.chain.phone,
                               .change_head = [](entry::Head& head) { head.n = 0; }});
       s.show_again();
     }},
    {"MoreMarkersThanInputs", "wrong_marker",
     [](Scene& s) { append_wrong_entry(s, [](entry::Entry& e) { e.spends.emplace_back(); }); }},
    {"FewerMarkersThanInputs", "wrong_marker",
     [](Scene& s) {
       s.chain.factory.append({.type = "dispose",
                               .inputs = {s.chain.pack.state(0)},
                               .change_entry = [](entry::Entry& e) { e.spends.clear(); }});
       s.show_again();
     }},
    {"AMarkerOfSomethingElse", "wrong_marker",
     [](Scene& s) {
       s.chain.factory.append({.type = "dispose",
                               .inputs = {s.chain.pack.state(0)},
                               .change_entry = [](entry::Entry& e) { e.spends[0].hash[31] ^= 1; }});
       s.show_again();
     }},
    {"MarkersInAnotherOrder", "wrong_marker",
     [](Scene& s) {
       s.chain.factory.append(
           {.type = "dispose",
            .inputs = {s.chain.pack.state(0), s.chain.saw.state(0)},
            .change_entry = [](entry::Entry& e) { std::swap(e.spends[0], e.spends[1]); }});
       s.show_again();
     }},
    {"ADeviceSignatureOverAnotherEvent", "wrong_signature",
     [](Scene& s) {
       const auto wrong = entry::make_device_disclosure(s.chain.phone, s.chain.extract.id);
       s.chain.factory.append(
           {.type = "attest", .device = &s.chain.phone, .change_entry = [wrong](entry::Entry& e) {
              e.device = wrong.digest;
            }});
       s.show_again();
       s.factory().disclosures[4].back() = wrong.text;
     }},
    {"AnUnknownMemberOfADevice", "malformed",
     [](Scene& s) {
       const auto wrong = entry::make_disclosure(
           "device",
           json::Object{
               {"key", base64url_encode(s.chain.phone.public_key())}, {"sig", ""}, {"x", 0}});
       s.chain.factory.append(
           {.type = "attest", .device = &s.chain.phone, .change_entry = [wrong](entry::Entry& e) {
              e.device = wrong.digest;
            }});
       s.show_again();
       s.factory().disclosures[4].back() = wrong.text;
     }},
    {"AnOutputThatIsNone", "malformed",
     [](Scene& s) {
       s.chain.factory.append({.type = "acquire", .outputs = {json::Object{{"item", "X"}}}});
       s.show_again();
     }},
    {"AnOutputOfNothing", "malformed",
     [](Scene& s) {
       s.chain.factory.append({.type = "acquire", .outputs = {support::item("X", "batch", 0)}});
       s.show_again();
     }},
    {"SeveralOfWhatIsOne", "malformed",
     [](Scene& s) {
       s.chain.factory.append({.type = "acquire", .outputs = {support::item("X", "block", 2)}});
       s.show_again();
     }},
    {"AFieldAVerifierCannotRead", "malformed",
     [](Scene& s) {
       s.chain.factory.append({.type = "attest", .fields = {{"about", 7}}});
       s.show_again();
     }},
};

class RefusedPacket : public testing::TestWithParam<Case> {};

TEST_P(RefusedPacket, IsFound) {
  Scene scene;
  ASSERT_EQ(described(check(scene.passport, scene.trust)), "");
  GetParam().spoil(scene);
  const Checked checked = scene.bytes.empty() ? check(scene.passport, scene.trust)
                                              : check(std::vector{scene.bytes}, scene.trust);
  EXPECT_EQ(first_code(checked), GetParam().code) << described(checked);
  for (const custody::Finding& finding : checked.findings)
    EXPECT_EQ(finding.verdict, custody::Verdict::kInvalid);
}

std::string name_of(const testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(Frames, RefusedPacket, testing::ValuesIn(kFrames), name_of);
INSTANTIATE_TEST_SUITE_P(Keys, RefusedPacket, testing::ValuesIn(kKeys), name_of);
INSTANTIATE_TEST_SUITE_P(Checkpoints, RefusedPacket, testing::ValuesIn(kCheckpoints), name_of);
INSTANTIATE_TEST_SUITE_P(Entries, RefusedPacket, testing::ValuesIn(kEntries), name_of);
INSTANTIATE_TEST_SUITE_P(Disclosures, RefusedPacket, testing::ValuesIn(kDisclosures), name_of);
INSTANTIATE_TEST_SUITE_P(Heads, RefusedPacket, testing::ValuesIn(kHeads), name_of);

}  // namespace
}  // namespace quarrymark::passport
