// Graphs out of a list of numbers, so that a failing case shrinks: honest steps, mixtures, part
// draws, packs, voids, corrections, and now and then a step that should not be.
#pragma once

#include "ledger/balance/balance.h"
#include "tests/support/cases.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarrymark::custody {

struct Holding {
  StateRef state;
  std::string by;
};

class RandomGraph {
 public:
  // Each number is a step: which one, on what, and how much.
  explicit RandomGraph(const std::vector<std::uint32_t>& steps);

  Cast& cast() { return cast_; }
  const std::vector<Holding>& open() const { return open_; }
  // Dispatches everything that is still held, or the last thing made, to DUI: the delivery.
  void deliver(bool all);
  // Events that the delivered things descend from.
  std::vector<Recorded> chain();

 private:
  void run(std::uint32_t number);
  void extract(std::uint32_t number);
  void acquire(std::uint32_t number);
  void hand_over(std::size_t place, std::uint32_t number);
  void split(std::size_t place, std::uint32_t number);
  void draw_part(std::size_t place, std::uint32_t number);
  void mix(std::size_t place, std::uint32_t number);
  void pack(std::size_t place);
  void unpack(std::size_t place);
  void undo(std::size_t place);
  void correct(std::size_t place, std::uint32_t number);
  void relabel(std::size_t place, std::uint32_t number);
  void cheat(std::size_t place, std::uint32_t number);
  Holding take(std::size_t place);
  std::string name() { return "I" + std::to_string(++made_); }

  Cast cast_;
  std::vector<Holding> open_, spent_;
  std::map<EventId, std::size_t> number_of_;  // events by id
  int made_ = 0;
};

Question question_for(std::uint32_t number);
// Everything a report says, on one text, to compare two.
std::string printed(const Report& report);

}  // namespace quarrymark::custody
