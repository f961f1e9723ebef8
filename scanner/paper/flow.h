// Boxes with text, joined from left to right: the picture of a chain on its own, with names and
// amounts. (The small picture in a document has numbers only and a list beside it: document.h.)
//
// The same flow gives the same bytes. Every text may come from somebody's file: it is escaped.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace quarrymark::paper {

struct FlowBox {
  std::string title;
  std::vector<std::string> lines;
  bool hidden = false;  // stands for what is not shown: drawn dashed
};

struct FlowArrow {
  std::size_t from = 0, to = 0;  // positions of boxes; arrows make no circle
  std::string label;
  bool hidden = false;
};

struct Flow {
  std::string title;
  std::vector<FlowBox> boxes;
  std::vector<FlowArrow> arrows;
};

// A whole SVG file. A box stands right of all that lead to it; within a column in their order.
std::string flow_svg(const Flow& flow);

}  // namespace quarrymark::paper
