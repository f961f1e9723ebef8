// Timing, and pairs of rates measured in alternating rounds, so that a noisy machine disturbs
// both sides alike.
#pragma once

#include "tests/bench/report.h"

#include <chrono>
#include <string>
#include <vector>

namespace quarrymark::bench {

template <class Work>
double seconds(const Work& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

class Rounds {
 public:
  void add(double ours, double other) {
    ours_.push_back(ours);
    other_.push_back(other);
    ratios_.push_back(ours / other);
  }
  Line line(std::string name, std::string unit, double aim) const {
    return {
        std::move(name), std::move(unit), median(ours_), median(other_), median(ratios_), aim, {}};
  }

 private:
  std::vector<double> ours_, other_, ratios_;
};

}  // namespace quarrymark::bench
