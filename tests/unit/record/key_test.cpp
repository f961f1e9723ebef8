// Changing a log's key, and what a stop between any two steps of it leaves behind (decision 12).
#include "ledger/base/text.h"
#include "ledger/note/rotation.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/verify.h"
#include "ledger/record/key_files.h"
#include "ledger/record/key_rotation.h"
#include "ledger/record/recovery.h"
#include "ledger/record/registrations.h"
#include "node_fixture.h"

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace quarrymark::record {
namespace {

namespace fs = std::filesystem;

passport::Checked checked(const std::string& passport,
                          const std::vector<std::string>& registrars = {}) {
  passport::Trust trust;
  for (const std::string& vkey : registrars) trust.registrars.push_back(*note::parse_vkey(vkey));
  const std::string_view view = passport;
  return passport::check_passports({&view, 1}, trust);
}

TEST(KeyRotation, PassportsOfBeforeAndAfterProve) {
  TestNode node;
  node.must_record(quarry_events());
  const std::string before = node.passport_of("extract-1");
  const auto rotated = rotate_key(node.node(), node.log());
  ASSERT_TRUE(rotated) << to_string(rotated.error());
  EXPECT_EQ(rotated->vkeys.size(), 2u);
  EXPECT_EQ(rotated->receipt.index, 3u);
  const std::string after = node.passport_of("extract-1");
  EXPECT_TRUE(checked(before).findings.empty());
  EXPECT_TRUE(checked(after).findings.empty());
  const auto packets = passport::parse_passport(after)->packets;
  ASSERT_EQ(packets.size(), 1u);
  EXPECT_EQ(packets[0].rotations, std::vector<std::string>{rotated->rotation});
  EXPECT_EQ(packets[0].key, node.log().vkey) << "the first key names the log";
  // Both together: the log's two checkpoints agree.
  const std::string_view both[] = {before, after};
  EXPECT_TRUE(passport::check_passports(both, {}).findings.empty());
  // A reader may hold either key of a registrar; an older passport only shows the first.
  EXPECT_TRUE(checked(after, {rotated->vkeys[0]}).findings.empty());
  EXPECT_TRUE(checked(after, {rotated->vkeys[1]}).findings.empty());
  EXPECT_TRUE(checked(before, {rotated->vkeys[0]}).findings.empty());
  EXPECT_EQ(checked(before, {rotated->vkeys[1]}).findings.front().code, "wrong_key");
}

TEST(KeyRotation, TheEventItselfIsEvidence) {
  TestNode node;
  const auto rotated = rotate_key(node.node(), node.log());
  ASSERT_TRUE(rotated);
  const auto exported = export_event(node.node(), node.log(), rotated->receipt.event.text());
  ASSERT_TRUE(exported) << to_string(exported.error());
  const auto proved = checked(exported->passport);
  ASSERT_TRUE(proved.findings.empty()) << proved.findings.front().sentence;
  EXPECT_EQ(proved.evidence.events.front().type, custody::EventType::kRotate);
}

TEST(KeyRotation, PartnersGoOnByTheOrigin) {
  TestNode quarry, factory("Cutting Works", "factory", "BE");
  quarry.knows(factory);
  factory.knows(quarry);
  ASSERT_TRUE(rotate_key(factory.node(), factory.log()));
  ASSERT_TRUE(rotate_key(quarry.node(), quarry.log()));
  quarry.must_record(quarry_events());
  quarry.must_record(
      event("dispatch", R"("key":"d","inputs":["B-1"],"fields":{"to":{"log":"Cutting Works"}})"));
  EXPECT_EQ(quarry.hand_over(factory, "d").arrived.size(), 1u);
  factory.must_record(event("receive", R"("key":"r","inputs":["B-1"])"));
  ASSERT_TRUE(rotate_key(factory.node(), factory.log()));
  factory.reopen();
  const std::string passport = factory.passport_of("r");
  EXPECT_TRUE(checked(passport).findings.empty());
  EXPECT_EQ(passport::parse_passport(passport)->packets.size(), 2u);
}

TEST(KeyRotation, ThePrivateKeyIsReadByItsOwnerAloneAndTheOldOneIsGone) {
  TestNode node;
  const std::string path = key_path(node.node().directory(), node.log().record.number);
  const auto old_key = *crypto::SigningKey::load(path);
  ASSERT_TRUE(rotate_key(node.node(), node.log()));
  struct stat status {};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_NE(crypto::SigningKey::load(path)->public_key(), old_key.public_key());
  EXPECT_FALSE(fs::exists(next_key_path(node.node().directory(), node.log().record.number)));
}

TEST(KeyRotation, IsRefusedWhereTheNodeIsOnlyRead) {
  TestNode node;
  ManualClock clock{UtcTime{0}};
  const std::string directory = node.node().directory();
  const auto reader = Node::open(directory, clock, {.read_only = true});
  ASSERT_TRUE(reader);
  EXPECT_EQ(rotate_key(**reader, *(*reader)->logs().front()).error().code,
            Errc::kFailedPrecondition);
  EXPECT_FALSE(fs::exists(next_key_path(directory, node.log().record.number)));
}

// The steps of a change of key, stopped after so many of them without closing anything.
enum class StoppedAfter { kNothing, kNewKeyOnDisk, kEntry, kOldKeyGone };

[[noreturn]] void rotate_and_die(const std::string& directory, StoppedAfter stop) {
  ManualClock clock{UtcTime{1'735'689'700'000}};
  auto node = Node::open(directory, clock);
  if (!node) ::_exit(1);
  OpenLog& log = *(*node)->logs().front();
  const auto die = [&](StoppedAfter step) {
    if (step == stop) ::kill(::getpid(), SIGKILL);
  };
  const auto old_key = load_log_key((*node)->store(), directory, log.record.number, true);
  die(StoppedAfter::kNothing);
  const auto next = make_next_key(directory, log.record.number);
  if (!old_key || !next) ::_exit(2);
  die(StoppedAfter::kNewKeyOnDisk);
  auto step = prepare_rotation(**node, log, *old_key, *next);
  if (!step || !log.log->rotate(std::move(step->event), *next, step->note)) ::_exit(3);
  die(StoppedAfter::kEntry);
  if (!settle_next_key(directory, log.record.number)) ::_exit(4);
  die(StoppedAfter::kOldKeyGone);
  ::_exit(5);
}

TEST(KeyRotation, AKillBetweenAnyTwoStepsLeavesALogThatOpens) {
  for (const auto stop : {StoppedAfter::kNothing, StoppedAfter::kNewKeyOnDisk, StoppedAfter::kEntry,
                          StoppedAfter::kOldKeyGone}) {
    SCOPED_TRACE(static_cast<int>(stop));
    TestNode node;
    node.must_record(quarry_events());
    const std::string directory = node.node().directory();
    node.close();
    const pid_t child = ::fork();
    if (child == 0) rotate_and_die(directory, stop);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "stopped by itself with " << WEXITSTATUS(status);

    const bool counts = stop == StoppedAfter::kEntry || stop == StoppedAfter::kOldKeyGone;
    {
      ManualClock clock{UtcTime{0}};
      const auto reader = Node::open(directory, clock, {.read_only = true});
      ASSERT_TRUE(reader) << to_string(reader.error());
      EXPECT_EQ((*reader)->logs().front()->log->vkeys().size(), counts ? 2u : 1u);
      EXPECT_EQ(fs::exists(next_key_path(directory, node.number())),
                stop == StoppedAfter::kNewKeyOnDisk || stop == StoppedAfter::kEntry)
          << "reading settles nothing";
    }
    node.reopen();
    EXPECT_FALSE(fs::exists(next_key_path(directory, node.number())));
    EXPECT_EQ(node.log().log->vkeys().size(), counts ? 2u : 1u);
    EXPECT_EQ(node.size(), counts ? 4u : 3u);
    node.must_record(event("dispose", R"("inputs":["B-2"],"fields":{"reason":{"text":"x"}})"));
    EXPECT_TRUE(checked(node.passport_of("extract-1")).findings.empty());
    ASSERT_TRUE(rotate_key(node.node(), node.log())) << "and can be rotated again";
    node.reopen();
    EXPECT_EQ(node.log().log->vkeys().size(), counts ? 3u : 2u);
  }
}

// Rotates until it is killed, telling of each through the pipe.
[[noreturn]] void rotate_for_ever(const std::string& directory, int pipe) {
  SystemClock clock;
  auto node = Node::open(directory, clock);
  if (!node) ::_exit(1);
  while (rotate_key(**node, *(*node)->logs().front()))
    if (::write(pipe, "r", 1) != 1) ::_exit(2);
  ::_exit(3);
}

TEST(KeyRotation, KillsAtAnyMomentLeaveALogThatOpens) {
  TestNode node;
  const std::string directory = node.node().directory();
  node.close();
  std::size_t keys = 1;
  for (unsigned round = 0; round < 12; ++round) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    const pid_t child = ::fork();
    if (child == 0) rotate_for_ever(directory, ends[1]);
    ::close(ends[1]);
    char told = 0;
    EXPECT_EQ(::read(ends[0], &told, 1), 1);
    ::usleep(round * 1'700);
    ::kill(child, SIGKILL);
    std::size_t more = 1;
    while (::read(ends[0], &told, 1) == 1) ++more;
    ::close(ends[0]);
    int status = 0;
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFSIGNALED(status)) << "stopped by itself with " << WEXITSTATUS(status);
    node.reopen();
    const std::size_t now = node.log().log->vkeys().size();
    EXPECT_GE(now, keys + more) << "what was told of is there";
    EXPECT_EQ(node.size(), now - 1) << "one entry for each change of key";
    keys = now;
    node.close();
  }
}

TEST(Recovery, AMissingHeadIsLookedPastAndAcceptedByNameOnly) {
  TestNode node;
  node.must_record(quarry_events());
  ASSERT_TRUE(rotate_key(node.node(), node.log()));
  const std::string directory = node.node().directory();
  EXPECT_FALSE(look_past_head(directory, "Nobody"));
  node.close();
  EXPECT_EQ(look_past_head(directory, "").error().code, Errc::kFailedPrecondition);
  fs::remove(head_path(directory, node.number()));
  ManualClock clock{UtcTime{0}};
  EXPECT_EQ(Node::open(directory, clock).error().code, Errc::kDataLoss);
  const auto loss = look_past_head(directory, "");
  ASSERT_TRUE(loss) << to_string(loss.error());
  EXPECT_EQ(loss->remaining.entries, 4u);
  EXPECT_EQ(Node::open(directory, clock).error().code, Errc::kDataLoss);
  ASSERT_TRUE(accept_without_head(directory, "Test Quarry"));
  node.reopen();
  EXPECT_EQ(node.size(), 4u);
}

struct Registered {
  TestNode registrar{"Register", "registrar", "BE"}, quarry, other{"Other", "factory", "BE"};
  Registered() {
    registrar.knows(quarry);
    registrar.knows(other);
    registrar.must_record(event(
        "site",
        R"("key":"s","fields":{"site":{"kind":"quarry","name":"Hill","country":"BE","quarry":"Hill"}})"));
    admit(
        "a",
        R"("sites":[{"site":"Hill","role":"operator","parcels":["P"],"from":null,"to":"2026-01-01"}])");
  }
  void admit(std::string_view key, std::string_view more = "") {
    registrar.must_record(event(
        "admit",
        cat(R"("key":")", key,
            R"(","fields":{"party":{"name":"Test Quarry"},"member":{"log":"Test Quarry","role":"quarry operator","country":"PT"})",
            more.empty() ? "" : ",", more, "}")));
  }
  std::vector<Registration> all() {
    return *registrations_of(registrar.node(), registrar.log(), quarry.log().record.origin);
  }
};

TEST(Registrations, ListEveryAdmissionAndWhatBecameOfIt) {
  Registered all;
  all.admit("b");
  all.registrar.must_record(event(
      "correct",
      R"("fields":{"corrects":{"event":"key:a"},"party":{"name":"Test Quarry Ltd"},"reason":{"text":"name"}})"));
  all.registrar.must_record(
      event("revoke", R"("fields":{"about":{"event":"key:a"},"reason":{"text":"closed"}})"));
  const auto list = all.all();
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].name, "Test Quarry Ltd");
  EXPECT_EQ(list[0].corrections, 1);
  ASSERT_EQ(list[0].sites.size(), 1u);
  EXPECT_EQ(list[0].sites[0].name, "Hill");
  EXPECT_EQ(list[0].sites[0].parcels, std::vector<std::string>{"P"});
  ASSERT_TRUE(list[0].end);
  EXPECT_EQ(list[0].end->type, custody::EventType::kRevoke);
  EXPECT_EQ(list[0].end->reason, "closed");
  EXPECT_EQ(list[1].name, "Test Quarry");
  EXPECT_FALSE(list[1].end);
  EXPECT_TRUE(
      registrations_of(all.registrar.node(), all.registrar.log(), all.other.log().record.origin)
          ->empty());
}

TEST(Registrations, AreProvedByTheRegistrarsLogAlone) {
  Registered all;
  all.registrar.must_record(
      event("revoke", R"("fields":{"about":{"event":"key:a"},"reason":{"text":"closed"}})"));
  std::vector<std::string> ids;
  for (const Registration& one : all.all()) {
    ids.push_back(one.event.text());
    ids.push_back(one.end->event.text());
  }
  const auto exported = export_events(all.registrar.node(), all.registrar.log(), ids);
  ASSERT_TRUE(exported) << to_string(exported.error());
  const auto proved = checked(exported->passport, {all.registrar.log().vkey});
  ASSERT_TRUE(proved.findings.empty());
  EXPECT_EQ(proved.evidence.logs.size(), 1u);
}

TEST(Registrations, AMemberIsNamedByKeyOriginOrName) {
  Registered all;
  const std::string origin = all.quarry.log().record.origin;
  for (const std::string& text : {origin, all.quarry.log().vkey, std::string("Test Quarry")})
    EXPECT_EQ(member_origin(all.registrar.node(), text).value(), origin) << text;
  for (const char* text : {"Nobody", "quarrymark/short", "quarrymark/x+12345678+AAAA", ""})
    EXPECT_FALSE(member_origin(all.registrar.node(), text)) << text;
}

}  // namespace
}  // namespace quarrymark::record
