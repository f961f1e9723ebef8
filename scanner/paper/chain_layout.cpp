#include "scanner/paper/chain_layout.h"

#include <algorithm>
#include <map>

namespace quarrymark::paper {
namespace {

constexpr double kStepDistance = 24;
constexpr double kFirstStep = kLaneNameWidth + 22;
constexpr auto kStepsInBand =
    static_cast<std::size_t>((kChainWidth - kFirstStep - kStepRadius) / kStepDistance) + 1;

class BandLayout {
 public:
  BandLayout(const Chain& chain, std::size_t begin, std::size_t end)
      : chain_(chain), begin_(begin), end_(end) {}

  Band make() {
    place_lanes();
    for (std::size_t step = begin_; step < end_; ++step) {
      band_.steps.push_back({step, middle(step)});
      std::size_t stubs = 0;
      for (const std::size_t before : chain_.steps[step].after)
        before < begin_ ? add_stub(before, step, stubs++) : add_link(before, step);
    }
    return std::move(band_);
  }

 private:
  void place_lanes() {
    for (std::size_t step = begin_; step < end_; ++step) used_.emplace(chain_.steps[step].lane, 0);
    double y = kLaneHeight / 2;
    for (auto& [lane, place] : used_) {
      place = y;
      band_.lanes.push_back(
          {lane, y, kLaneNameWidth + 4,
           kFirstStep + kStepDistance * static_cast<double>(end_ - begin_ - 1) + kStepRadius});
      y += kLaneHeight;
    }
    band_.height = y - kLaneHeight / 2 + 4;
  }

  Point middle(std::size_t step) const {
    return {kFirstStep + kStepDistance * static_cast<double>(step - begin_),
            used_.at(chain_.steps[step].lane)};
  }

  bool something_between(std::size_t from, std::size_t to) const {
    for (std::size_t step = from + 1; step < to; ++step)
      if (chain_.steps[step].lane == chain_.steps[to].lane) return true;
    return false;
  }

  void add_link(std::size_t from, std::size_t to) {
    const Point a = middle(from), b = middle(to);
    if (a.y == b.y && !something_between(from, to)) {
      band_.links.push_back({{a, b}});
      return;
    }
    // Over the heads of the steps between, or in an S from lane to lane.
    if (a.y == b.y) {
      const double over = a.y - kLaneHeight * 0.6;
      band_.links.push_back({{a, {a.x + 6, over}, {b.x - 6, over}, b}});
      return;
    }
    const double half = std::min(kStepDistance, (b.x - a.x) / 2);
    band_.links.push_back({{a, {a.x + half, a.y}, {b.x - half, b.y}, b}});
  }

  void add_stub(std::size_t before, std::size_t step, std::size_t earlier) {
    const Point to = middle(step);
    const double rise = static_cast<double>(earlier) * 5;
    band_.stubs.push_back(
        {before, {to.x - kStepRadius - 6, to.y - kStepRadius - 1 - rise}, {to.x - 5, to.y - 5}});
  }

  const Chain& chain_;
  std::size_t begin_, end_;
  std::map<std::size_t, double> used_;  // lanes of this band, with their y
  Band band_;
};

}  // namespace

std::vector<Band> lay_out(const Chain& chain) {
  std::vector<Band> bands;
  const std::size_t count = std::min(chain.steps.size(), kMaxPictureSteps);
  for (std::size_t begin = 0; begin < count; begin += kStepsInBand)
    bands.push_back(BandLayout(chain, begin, std::min(count, begin + kStepsInBand)).make());
  return bands;
}

}  // namespace quarrymark::paper
