// The marks of verdicts as points in a square of 24, for every kind of drawing.
#pragma once

#include "scanner/paper/document.h"

#include <string_view>
#include <vector>

namespace quarrymark::paper {

struct Point {
  double x = 0, y = 0;
};

// A polygon or a line through `points`. Circles are polygons too: at this size nobody sees it.
struct Stroke {
  std::vector<Point> points;
  bool closed = false;
  bool filled = false;  // in the sign's colour; otherwise an outline of kStrokeWidth
  bool white = false;   // drawn on top in white
};

inline constexpr double kShapeSide = 24;
inline constexpr double kStrokeWidth = 2.4;

std::vector<Stroke> strokes_of(Shape shape);

// 0xRRGGBB; each at least 4.5 : 1 against white.
unsigned rgb_of(Colour colour);
std::string_view colour_name(Colour colour);  // "grey-blue", for style sheets

}  // namespace quarrymark::paper
