// Signed passports out of a list of numbers, so that a failing case shrinks: honest steps and
// frauds, over real logs, with everything shown.
#pragma once

#include "ledger/custody/contract.h"
#include "ledger/judge/judge.h"
#include "tests/support/passport_builder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarrymark::passport {

// A thing somebody holds.
struct Held {
  support::Spent state;
  json::Value output;
  support::TestLog* by = nullptr;
};

class RandomChain {
 public:
  // Each number is a step: which one, on what, and how much.
  explicit RandomChain(const std::vector<std::uint32_t>& steps);

  // About everything that is still held, dispatched to the buyer, or the last thing alone.
  Passport deliver(bool all);
  Trust trust() const;

 private:
  using Output = json::Value;

  void run(std::uint32_t number);
  void admit_everybody();
  void extract(std::uint32_t number);
  void acquire(std::uint32_t number);
  void hand_over(std::size_t place, std::uint32_t number);
  void split(std::size_t place, std::uint32_t number);
  void mix(std::size_t place, std::uint32_t number);
  void pack(std::size_t place);
  void relabel(std::size_t place, std::uint32_t number);
  void correct(std::size_t place, std::uint32_t number);
  void undo(std::size_t place);
  void use_again(std::uint32_t number);
  void use_as_a_stranger(std::size_t place, std::uint32_t number);
  void revoke(std::uint32_t number);

  support::Appended add(support::TestLog& log, support::Draft draft);
  void keep(const support::Appended& event, const std::vector<Output>& outputs,
            support::TestLog& by);
  Held take(std::size_t place);
  support::TestLog& party(std::uint32_t number);
  std::string name() { return "I" + std::to_string(++made_); }
  std::string serial() { return std::to_string(10'000'000 + ++made_); }

  support::TestLog registrar_{1}, hill_{2}, hole_{3}, trader_{4}, factory_{5}, works_{6},
      importer_{7}, buyer_{8}, stranger_{9};
  std::vector<support::Appended> admits_;
  support::Appended hill_site_, hole_site_;
  std::vector<Held> open_, spent_;
  std::map<EventId, Held> split_of_;  // what a split that can be undone took, by its event
  std::vector<std::pair<support::Appended, support::TestLog*>> splits_;
  int made_ = 0;
};

custody::Question question_for(std::uint32_t number);

}  // namespace quarrymark::passport
