// A process that erases is killed at random moments: afterwards either nothing was erased, or the
// entry says so and the bytes are in no row and no file.
#include "ledger/record/erasing.h"
#include "tests/unit/record/node_fixture.h"

#include <csignal>
#include <random>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace quarrymark::record {
namespace {

constexpr std::string_view kSecret = "Person Whose Name Must Go";

std::string recorded_events() {
  return std::string(R"({"type": "acquire", "key": "a", "outputs": [{"kind": "block", )") +
         R"("aliases": ["B-1"]}], "fields": {"source": {"words": "from the yard"}, "how": )" +
         R"({"by": "typed", "second_person": ")" + std::string(kSecret) + R"("}}})";
}

[[noreturn]] void erase_and_go_on(const std::string& directory) {
  SystemClock clock;
  {
    const auto node = Node::open(directory, clock);
    if (!node) ::_exit(3);
    const auto log = (*node)->find_log("");
    if (!log) ::_exit(4);
    if (!erase_fields(**node, **log, {"a", {"how"}, "asked for"})) ::_exit(5);
  }
  if (!Node::open(directory, clock)) ::_exit(6);
  ::_exit(0);
}

// What the event's `how` was before, out of a copy of the row.
std::vector<std::string> needles_of(const std::string& directory) {
  SystemClock clock;
  const auto node = Node::open(directory, clock);
  EXPECT_TRUE(node) << to_string(node.error());
  const auto disclosures = (*node)->logs().front()->log->disclosures(0);
  for (const std::string& text : *disclosures)
    if (const std::string json = *base64url_decode(text); json.find(kSecret) != std::string::npos)
      return {text.substr(3, 14), text.substr(17, 14), json.substr(2, 14)};
  ADD_FAILURE() << "the name was never recorded";
  return {};
}

TEST(EraseCrash, AKilledErasureIsNothingOrIsFinishedAtTheNextOpen) {
  std::mt19937 random(20261124);
  int whole = 0, none = 0;
  for (int round = 0; round < 12; ++round) {
    ScratchDirectory directory;
    SystemClock clock;
    ASSERT_TRUE(Node::create_log(directory.path(), "Test Yard", "trader", "NL"));
    {
      const auto node = Node::open(directory.path(), clock);
      ASSERT_TRUE(node) << to_string(node.error());
      std::istringstream text(recorded_events());
      const auto requests = read_requests(text);
      ASSERT_TRUE(requests) << to_string(requests.error());
      const auto log = (*node)->find_log("");
      ASSERT_TRUE(record_requests(**node, **log, *requests));
    }
    const std::vector<std::string> needles = needles_of(directory.path());
    const pid_t child = ::fork();
    if (child == 0) erase_and_go_on(directory.path());
    ::usleep(random() % 120'000);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);

    const auto node = Node::open(directory.path(), clock);
    ASSERT_TRUE(node) << to_string(node.error());
    const auto& log = *(*node)->logs().front()->log;
    if (log.size() == 1) {
      ++none;
      continue;
    }
    ++whole;
    ASSERT_EQ(log.size(), 2u);
    const auto residue = (*node)->store().search(needles);
    ASSERT_TRUE(residue) << to_string(residue.error());
    EXPECT_TRUE(residue->found.empty()) << residue->found.front();
    EXPECT_TRUE(residue->unused.empty());
    EXPECT_GT(residue->rows, 0u);
  }
  RecordProperty("whole", whole);
  RecordProperty("none", none);
}

}  // namespace
}  // namespace quarrymark::record
