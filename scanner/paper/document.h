// A document for readers: text in sections, tables, a chain of steps, codes. It says what is on
// the page and nothing of how it looks; html.h and pdf.h draw the same document.
//
// Place in the flow: api/document makes one from a report and the words of a language. Every text
// may come from somebody's file: drawing escapes it.
#pragma once

#include "scanner/label/label.h"

#include <cstddef>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace quarrymark::paper {

enum class Colour { kBlack, kGrey, kRed, kViolet, kAmberRed, kAmber, kGreyBlue, kGreen };

// One for each verdict (schemas/verdicts.json), so that no meaning rests on colour alone.
enum class Shape {
  kNone,
  kBrokenSeal,
  kCrossOctagon,
  kOverlappingSquares,
  kScale,
  kBrokenLine,
  kSplitCircle,
  kHalfFilledCircle,
  kQuestionSquare,
  kOutlineCircle,
  kTickCircle,
};

struct Sign {
  Shape shape = Shape::kNone;
  Colour colour = Colour::kBlack;
};

enum class Weight { kPlain, kStrong, kQuiet };

struct Line {
  std::string text;
  Weight weight = Weight::kPlain;
  std::string language;  // empty: the document's
  Sign sign;             // drawn before the text
};
using Lines = std::vector<Line>;

struct List {
  std::vector<Lines> entries;
};

struct Facts {
  std::vector<std::pair<std::string, Lines>> entries;
};

struct Column {
  std::string heading;
  int share = 1;  // of the width, against the other columns
};

struct Table {
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<Lines>> rows;  // a cell for each column
};

struct ChainStep {
  std::size_t lane = 0;
  std::vector<std::size_t> after;  // the steps it continues, by position, each before this one
  bool hand_over = false;
};

// Steps in order of time, a lane for each party. The picture numbers them from 1, as the ordered
// list beside it does, and links only what `after` says.
struct Chain {
  std::string caption;
  std::vector<std::string> lanes;
  std::vector<ChainStep> steps;
};

struct Code {
  label::Label label;
  std::string title;  // the item's other number, or empty
};
struct Codes {
  std::vector<Code> codes;
};

using Block = std::variant<Lines, List, Facts, Table, Chain, Codes>;

struct Section {
  std::string heading;
  std::vector<Block> blocks;
};

struct Banner {
  Sign sign;
  std::string heading, sentence;
  std::string stated_by;  // who says so: the document itself proves nothing
  Lines below;            // reasons and next step
};

struct Document {
  std::string language;  // BCP 47
  std::string title;
  std::string author;
  std::string date;  // YYYY-MM-DD: the only date there is in what is drawn from it
  Banner banner;
  Lines notice;  // that this is no check, and how to make one
  std::vector<Section> sections;
  std::string page;  // "Page {n} of {total}"
};

}  // namespace quarrymark::paper
