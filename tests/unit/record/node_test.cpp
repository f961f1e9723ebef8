#include "ledger/base/text.h"
#include "node_fixture.h"

#include <fstream>

namespace quarrymark::record {
namespace {

std::string problem_of(const auto& result) { return result ? "" : to_string(result.error()); }

TEST(Node, KeepsSeveralLogsAndFindsThemByNameOrOrigin) {
  const ScratchDirectory directory;
  const auto a = Node::create_log(directory.path(), "Quarry A", "quarry operator", "PT");
  const auto b = Node::create_log(directory.path(), "Quarry B", "quarry operator", "PT");
  ASSERT_TRUE(a && b) << problem_of(a) << problem_of(b);
  ManualClock clock;
  const auto node = Node::open(directory.path(), clock);
  ASSERT_TRUE(node) << problem_of(node);
  EXPECT_EQ((*node)->logs().size(), 2U);
  EXPECT_EQ((*(*node)->find_log("Quarry B"))->record.origin, b->origin);
  EXPECT_EQ((*(*node)->find_log(a->origin))->record.name, "Quarry A");
  EXPECT_EQ(problem_of((*node)->find_log("")),
            cat("log: ", directory.path(), " has several logs, say which: Quarry A, Quarry B"));
  EXPECT_EQ((*node)->find_log("Quarry C").error().code, Errc::kNotFound);
}

TEST(Node, TheOnlyLogNeedsNoName) {
  TestNode node("Only");
  EXPECT_EQ((*node.node().find_log(""))->record.name, "Only");
}

TEST(Node, RefusesASecondLogOfTheSameName) {
  const ScratchDirectory directory;
  ASSERT_TRUE(Node::create_log(directory.path(), "Quarry", "factory", "PT"));
  const auto again = Node::create_log(directory.path(), " Quarry ", "factory", "PT");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, Errc::kAlreadyExists);
}

TEST(Node, RefusesWrongRolesAndCountries) {
  const ScratchDirectory directory;
  EXPECT_EQ(Node::create_log(directory.path(), "Q", "owner", "PT").error().field, "role");
  EXPECT_EQ(Node::create_log(directory.path(), "Q", "factory", "Portugal").error().field,
            "country");
  EXPECT_EQ(Node::create_log(directory.path(), " ", "factory", "PT").error().field, "name");
  EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST(Node, RefusesADirectoryThatHoldsSomethingElse) {
  const ScratchDirectory directory;
  std::ofstream(directory.path() + "/photo.jpg") << "x";
  EXPECT_EQ(Node::create_log(directory.path(), "Q", "factory", "PT").error().code,
            Errc::kFailedPrecondition);
}

TEST(Node, SaysThatThereIsNoLedger) {
  const ScratchDirectory directory;
  ManualClock clock;
  const auto node = Node::open(directory.path(), clock);
  ASSERT_FALSE(node);
  EXPECT_EQ(node.error().code, Errc::kFailedPrecondition);
}

TEST(Node, SaysThatTheStoreIsOpenElsewhere) {
  const ScratchDirectory directory;
  ASSERT_TRUE(Node::create_log(directory.path(), "Q", "factory", "PT"));
  ManualClock clock;
  const auto first = Node::open(directory.path(), clock);
  ASSERT_TRUE(first);
  const auto second = Node::open(directory.path(), clock);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::kFailedPrecondition);
}

TEST(Node, KnowsEverythingAgainAfterReopening) {
  TestNode node;
  node.must_record(quarry_events());
  node.reopen();
  EXPECT_EQ(node.size(), 3U);
  node.must_record(event("split", R"("inputs":["B-1"],"outputs":[{"kind":"slab"}])"));
}

TEST(Node, KeysAreForTheOwnerOnly) {
  TestNode node;
  const auto mode = std::filesystem::status(node.node().directory() + "/keys").permissions();
  EXPECT_EQ(mode & std::filesystem::perms::mask, std::filesystem::perms::owner_all);
}

TEST(Contacts, AreReadAnewAndFoundByName) {
  TestNode a("A"), b("Bé");
  a.knows(b);
  const auto contacts = a.node().contacts();
  ASSERT_TRUE(contacts);
  EXPECT_EQ(contacts->find(" Be\u0301 "), std::vector{b.log().record.origin})
      << "names compare after NFC";
  EXPECT_EQ(contacts->name_of(b.log().record.origin), "Bé");
  EXPECT_TRUE(contacts->find("C").empty());
}

TEST(Contacts, RefuseWhatIsNoLogsKey) {
  TestNode a("A");
  std::ofstream(a.node().contacts_path()) << R"({"X": "no vkey"})";
  const auto contacts = a.node().contacts();
  ASSERT_FALSE(contacts);
  EXPECT_NE(contacts.error().message.find("\"X\""), std::string::npos) << contacts.error().message;
  std::ofstream(a.node().contacts_path(), std::ios::trunc) << R"(["X"])";
  EXPECT_FALSE(a.node().contacts());
  std::ofstream(a.node().contacts_path(), std::ios::trunc) << R"({"X": 1})";
  EXPECT_FALSE(a.node().contacts());
}

}  // namespace
}  // namespace quarrymark::record
