// Where the steps of a chain stand in its picture, in points, for every kind of drawing.
//
// A lane for each party, steps from left to right in order of time. A chain that is too long for
// the width goes on in a further band below; what it continues from an earlier band is named by
// its number.
#pragma once

#include "scanner/paper/document.h"
#include "scanner/paper/shapes.h"

#include <cstddef>
#include <string>
#include <vector>

namespace quarrymark::paper {

inline constexpr double kChainWidth = 510;
inline constexpr double kLaneNameWidth = 150;
inline constexpr double kLaneHeight = 24;
inline constexpr double kStepRadius = 8.5;
inline constexpr std::size_t kMaxPictureSteps = 96;  // the list beside the picture has them all

struct LanePlace {
  std::size_t lane = 0;
  double y = 0;
  double from = 0, to = 0;  // of its faint line
};
struct StepPlace {
  std::size_t step = 0;
  Point middle;
};
struct LinkPlace {
  std::vector<Point> points;  // two, or four of a curve
};
struct StubPlace {
  std::size_t step = 0;  // the one that is continued
  Point from, to;
};

struct Band {
  double height = 0;  // everything in a band is relative to its top
  std::vector<LanePlace> lanes;
  std::vector<LinkPlace> links;
  std::vector<StubPlace> stubs;
  std::vector<StepPlace> steps;
};

std::vector<Band> lay_out(const Chain& chain);

}  // namespace quarrymark::paper
