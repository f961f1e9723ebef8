#include "scanner/paper/shapes.h"

#include <cmath>

namespace quarrymark::paper {
namespace {

constexpr double kTurn = 6.283185307179586;
constexpr double kMiddle = kShapeSide / 2;

// From `from` to `to` in parts of a turn, clockwise from the top.
std::vector<Point> arc(double radius, double from, double to, int corners) {
  std::vector<Point> points;
  for (int i = 0; i <= corners; ++i) {
    const double angle = (from + (to - from) * i / corners) * kTurn;
    // Hundredths are far below what is visible and keep files small.
    const auto rounded = [](double value) { return std::round(value * 100) / 100; };
    points.push_back(
        {rounded(kMiddle + radius * std::sin(angle)), rounded(kMiddle - radius * std::cos(angle))});
  }
  return points;
}

Stroke disc(double radius) { return {arc(radius, 0, 1, 40), true, true, false}; }
Stroke ring(double radius) { return {arc(radius, 0, 1, 40), true, false, false}; }
Stroke line(std::vector<Point> points, bool white = false) {
  return {std::move(points), false, false, white};
}
Stroke square(double from, double to, bool filled, bool white = false) {
  return {{{from, from}, {to, from}, {to, to}, {from, to}}, true, filled, white};
}

std::vector<Stroke> question_square() {
  return {square(2, 22, true),
          line({{8.5, 9},
                {9.2, 7},
                {11, 6},
                {13, 6},
                {14.8, 7},
                {15.5, 9},
                {14.6, 11},
                {12, 12.8},
                {12, 14.6}},
               true),
          line({{12, 17.2}, {12, 18.6}}, true)};
}

std::vector<Stroke> scale() {
  return {line({{12, 3}, {12, 20}}),
          line({{6, 20.5}, {18, 20.5}}),
          line({{4, 9}, {20, 5}}),
          {{{1, 10}, {8, 10}, {6.5, 15}, {2.5, 15}}, true, true, false},
          {{{16.5, 6.5}, {23.5, 6.5}, {22, 11}, {18, 11}}, true, false, false}};
}

}  // namespace

std::vector<Stroke> strokes_of(Shape shape) {
  switch (shape) {
    case Shape::kNone:
      return {};
    case Shape::kBrokenSeal:
      return {disc(10.5), line({{13.5, 1}, {9.5, 8}, {14, 12}, {9.5, 16}, {13, 23}}, true)};
    case Shape::kCrossOctagon:
      return {{arc(11.5, 1.0 / 16, 17.0 / 16, 8), true, true, false},
              line({{8, 8}, {16, 16}}, true),
              line({{16, 8}, {8, 16}}, true)};
    case Shape::kOverlappingSquares:
      return {square(2.5, 15, false), square(9, 21.5, true)};
    case Shape::kScale:
      return scale();
    case Shape::kBrokenLine:
      return {line({{1, 12}, {8.5, 12}}), line({{15.5, 12}, {23, 12}}),
              line({{8.5, 7.5}, {8.5, 16.5}}), line({{15.5, 7.5}, {15.5, 16.5}})};
    case Shape::kSplitCircle:
      return {ring(10), {arc(10, 0.5, 1, 20), true, true, false}};
    case Shape::kHalfFilledCircle:
      return {ring(10), {arc(10, 0.25, 0.75, 20), true, true, false}};
    case Shape::kQuestionSquare:
      return question_square();
    case Shape::kOutlineCircle:
      return {ring(10)};
    case Shape::kTickCircle:
      return {disc(11), line({{6.5, 12.5}, {10.5, 16.5}, {17.5, 8}}, true)};
  }
  return {};
}

unsigned rgb_of(Colour colour) {
  switch (colour) {
    case Colour::kBlack:
      return 0x1a1a1a;
    case Colour::kGrey:
      return 0x5c5c5c;
    case Colour::kRed:
      return 0xb3261e;
    case Colour::kViolet:
      return 0x6b3fa0;
    case Colour::kAmberRed:
      return 0xa63c0c;
    case Colour::kAmber:
      return 0x875a00;
    case Colour::kGreyBlue:
      return 0x3f5f82;
    case Colour::kGreen:
      return 0x1b6b33;
  }
  return 0;
}

std::string_view colour_name(Colour colour) {
  switch (colour) {
    case Colour::kBlack:
      return "black";
    case Colour::kGrey:
      return "grey";
    case Colour::kRed:
      return "red";
    case Colour::kViolet:
      return "violet";
    case Colour::kAmberRed:
      return "amber-red";
    case Colour::kAmber:
      return "amber";
    case Colour::kGreyBlue:
      return "grey-blue";
    case Colour::kGreen:
      return "green";
  }
  return "black";
}

}  // namespace quarrymark::paper
