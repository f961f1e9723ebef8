// A process that appends is killed at random moments: every event whose receipt left it is in the
// log afterwards, and the log is whole.

#include "ledger/log/check.h"
#include "tests/unit/log/ledger.h"

#include <csignal>
#include <map>
#include <random>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace quarrymark::log {
namespace {

struct Acknowledged {
  Hash event{};
  std::uint64_t index = 0;
};

// Appends from three threads until it is killed, telling of each receipt through the pipe.
// Writes of that size to a pipe are atomic.
[[noreturn]] void append_for_ever(const std::string& path, const crypto::SigningKey& key,
                                  int pipe) {
  SystemClock clock;
  TestGuard guard;
  auto store = store::Store::open(path, {});
  if (!store) ::_exit(3);
  LogOptions options;
  options.head_file = path + "/head";
  auto log = Log::open(**store, 1, key, clock, guard, options);
  if (!log) ::_exit(4);
  const auto append = [&](std::size_t at_once) {
    while (true) {
      const auto appended = (*log)->append(make_events((*log)->origin(), at_once));
      if (!appended) ::_exit(5);
      for (const Receipt& receipt : appended->receipts) {
        const Acknowledged note{receipt.event.hash, receipt.index};
        if (::write(pipe, &note, sizeof note) != sizeof note) ::_exit(6);
      }
    }
  };
  // Not in this thread: it has the salts that the parent drew ahead and will use as well.
  std::thread one([&] { append(1); }), seven([&] { append(7); }), forty([&] { append(40); });
  one.join();
  seven.join();
  forty.join();
  ::_exit(0);
}

// Kills the child `after` so long: counted from its first receipt, or from its start.
std::vector<Acknowledged> run_and_kill(const std::string& path, const crypto::SigningKey& key,
                                       bool appending, std::chrono::microseconds after) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(ends[0]);
    append_for_ever(path, key, ends[1]);
  }
  ::close(ends[1]);
  std::vector<Acknowledged> received;
  Acknowledged note;
  const auto next = [&] {
    const bool got = ::read(ends[0], &note, sizeof note) == sizeof note;
    if (got) received.push_back(note);
    return got;
  };
  if (appending) {
    EXPECT_TRUE(next());
  }
  std::thread killer([&] {
    std::this_thread::sleep_for(after);
    ::kill(child, SIGKILL);
  });
  while (next()) {
  }
  killer.join();
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(ends[0]);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the child stopped by itself with " << WEXITSTATUS(status);
  return received;
}

TEST(Crash, KillingTheWriterLosesNoAcknowledgedEvent) {
  TestLedger ledger;
  std::mt19937 random(20260302);
  std::map<std::uint64_t, Hash> acknowledged;
  std::uint64_t last_size = 0;
  for (int round = 0; round < 24; ++round) {
    ledger.close();
    const bool appending = round % 6 != 5;  // else it may be hit while it opens the log
    const std::chrono::microseconds after(random() % 60'000);
    for (const Acknowledged& note : run_and_kill(ledger.path(), ledger.key, appending, after)) {
      EXPECT_TRUE(acknowledged.emplace(note.index, note.event).second)
          << "two receipts for entry " << note.index;
    }
    const Status opened = ledger.reopen();
    ASSERT_TRUE(opened) << "round " << round << ": " << opened.error().message;
    EXPECT_GE(ledger.log().size(), last_size);
    last_size = ledger.log().size();
    for (const auto& [index, event] : acknowledged) {
      const auto found = ledger.log().find_event(EventId{event});
      ASSERT_TRUE(found);
      ASSERT_EQ(*found, index) << "round " << round;
    }
    ASSERT_EQ(ledger.problems(2), std::vector<std::string>()) << "round " << round;
    ledger.append_many(1);  // the reopened log goes on where it was
  }
  EXPECT_GT(acknowledged.size(), 100u) << "the rounds were too short to show anything";
}

}  // namespace
}  // namespace quarrymark::log
