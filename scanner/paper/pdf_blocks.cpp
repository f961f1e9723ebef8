#include "scanner/paper/pdf_blocks.h"

#include "ledger/base/text.h"
#include "scanner/code/code.h"
#include "scanner/label/item_number.h"
#include "scanner/paper/chain_layout.h"

#include <algorithm>

namespace quarrymark::paper {
namespace {

constexpr double kBodySize = 9.5, kTableSize = 8.5, kCellGap = 8, kRowGap = 3;
constexpr unsigned kInk = 0x1a1a1a, kFaint = 0xdcd9d1, kSand = 0xe9e6de, kWhite = 0xffffff;
constexpr int kCodeMargin = 4;  // modules, what the QR standard asks for

TextStyle style_of(const Line& line, double size) {
  TextStyle style{.size = size};
  style.bold = line.weight == Weight::kStrong;
  style.colour = line.sign.shape != Shape::kNone ? line.sign.colour
                 : line.weight == Weight::kQuiet ? Colour::kGrey
                                                 : Colour::kBlack;
  if (line.weight == Weight::kQuiet) style.size = size * 0.92;
  return style;
}

double sign_width(const Line& line, double size) {
  return line.sign.shape == Shape::kNone ? 0 : size * 1.15 + 3;
}

// The lines of a cell, shaped; drawn as a whole.
class Cell {
 public:
  Cell(Pages& pages, const Lines& lines, double width, double size) : size_(size) {
    for (const Line& line : lines) {
      const double sign = sign_width(line, size);
      parts_.push_back({pages.canvas().shape(line.text, pages.language(line), width - sign,
                                             style_of(line, size)),
                        line.sign, sign});
    }
  }
  double height() const {
    double height = 0;
    for (const Part& part : parts_) height += part.text.height();
    return height;
  }
  void draw(Canvas& canvas, double x, double y) const {
    for (const Part& part : parts_) {
      if (part.sign.shape != Shape::kNone)
        draw_sign(canvas, part.sign, x, y + part.text.line_height(0) / 2 - size_ * 0.575,
                  size_ * 1.15);
      canvas.draw(part.text, x + part.indent, y);
      y += part.text.height();
    }
  }

 private:
  struct Part {
    Shaped text;
    Sign sign;
    double indent;
  };
  std::vector<Part> parts_;
  double size_;
};

class TableDrawing {
 public:
  TableDrawing(Pages& pages, const Table& table) : pages_(pages), table_(table) {
    int shares = 0;
    for (const Column& column : table.columns) shares += column.share;
    double x = kMargin;
    for (const Column& column : table.columns) {
      const double width = kTextWidth * column.share / std::max(shares, 1);
      places_.push_back({x, width - kCellGap});
      x += width;
    }
  }

  void draw() {
    const std::vector<Cell> head = cells_of(headings());
    const double head_height = height_of(head);
    // A heading without a row below it says nothing: both go to the next page.
    double first_height = 0;
    if (!table_.rows.empty()) first_height = height_of(cells_of(table_.rows.front()));
    pages_.make_room(head_height + first_height);
    pages_.canvas().open_tag("Table");
    draw_row(head, head_height, "TH", 1.2, kInk);
    for (const auto& row : table_.rows) {
      const std::vector<Cell> cells = cells_of(row);
      const double height = height_of(cells);
      if (pages_.y() + height > kBottom) {
        pages_.canvas().close_tag("Table");
        const bool turned = pages_.make_room(height);
        pages_.canvas().open_tag("Table");
        if (turned) draw_row(head, head_height, "TH", 1.2, kInk);
      }
      draw_row(cells, height, "TD", 0.6, kFaint);
    }
    pages_.canvas().close_tag("Table");
    pages_.advance(6);
  }

 private:
  std::vector<Lines> headings() const {
    std::vector<Lines> lines;
    for (const Column& column : table_.columns)
      lines.push_back({Line{column.heading, Weight::kStrong, {}, {}}});
    return lines;
  }
  std::vector<Cell> cells_of(const std::vector<Lines>& row) {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < row.size() && i < places_.size(); ++i)
      cells.emplace_back(pages_, row[i], places_[i].second, kTableSize);
    return cells;
  }
  static double height_of(const std::vector<Cell>& cells) {
    double height = 0;
    for (const Cell& cell : cells) height = std::max(height, cell.height());
    return height + 2 * kRowGap;
  }
  void draw_row(const std::vector<Cell>& cells, double height, const char* tag, double line,
                unsigned rgb) {
    Canvas& canvas = pages_.canvas();
    canvas.open_tag("TR");
    for (std::size_t i = 0; i < cells.size(); ++i) {
      canvas.open_tag(tag);
      cells[i].draw(canvas, places_[i].first, pages_.y() + kRowGap);
      canvas.close_tag(tag);
    }
    canvas.close_tag("TR");
    pages_.advance(height);
    canvas.stroke({{kMargin, pages_.y()}, {kMargin + kTextWidth, pages_.y()}}, false, line, rgb);
  }

  Pages& pages_;
  const Table& table_;
  std::vector<std::pair<double, double>> places_;  // x and width of each column
};

void draw_list(Pages& pages, const List& list) {
  constexpr double kIndent = 20;
  std::size_t number = 0;
  for (const Lines& entry : list.entries) {
    pages.make_room(38);  // the first lines stay with their number
    const Shaped mark = pages.canvas().shape(cat(++number, "."), pages.document().language, kIndent,
                                             {.size = kBodySize});
    pages.canvas().open_tag("P");
    pages.canvas().draw(mark, kMargin, pages.y());
    pages.canvas().close_tag("P");
    draw_lines(pages, entry, kMargin + kIndent, kTextWidth - kIndent, kBodySize);
    pages.advance(2);
  }
}

void draw_facts(Pages& pages, const Facts& facts) {
  constexpr double kLabelWidth = 150;
  for (const auto& [label, lines] : facts.entries) {
    const Shaped name = pages.canvas().shape(label, pages.document().language, kLabelWidth - 10,
                                             {.size = kBodySize, .colour = Colour::kGrey});
    const Cell cell(pages, lines, kTextWidth - kLabelWidth, kBodySize);
    const double height = std::max(name.height(), cell.height());
    pages.make_room(height);
    pages.canvas().open_tag("P");
    pages.canvas().draw(name, kMargin, pages.y());
    cell.draw(pages.canvas(), kMargin + kLabelWidth, pages.y());
    pages.canvas().close_tag("P");
    pages.advance(height + 2.5);
  }
}

void draw_step(Pages& pages, const ChainStep& step, std::size_t number, Point middle) {
  Canvas& canvas = pages.canvas();
  const double r = kStepRadius;
  const bool origin = step.after.empty();
  if (origin)
    canvas.area(middle.x - r, middle.y - r, 2 * r, 2 * r, kInk);
  else
    canvas.disc(middle, r, step.hand_over ? kWhite : kSand, kInk);
  const Shaped text =
      canvas.shape(std::to_string(number), "en", 2 * r, {.size = 7.5, .centred = true});
  if (!origin) {
    canvas.draw(text, middle.x - r, middle.y - text.height() / 2);
    return;
  }
  // White on black: shaped once more, because colours belong to shaped text.
  canvas.area(middle.x - r + 2, middle.y - r + 2, 2 * r - 4, 2 * r - 4, kWhite);
  canvas.draw(text, middle.x - r, middle.y - text.height() / 2);
}

void draw_band(Pages& pages, const Chain& chain, const Band& band) {
  Canvas& canvas = pages.canvas();
  const double top = pages.y();
  const auto at = [&](Point point) { return Point{kMargin + point.x, top + point.y}; };
  for (const LanePlace& lane : band.lanes) {
    canvas.stroke({at({lane.from, lane.y}), at({lane.to, lane.y})}, false, 0.8, kFaint);
    const Shaped name = canvas.shape(chain.lanes[lane.lane], pages.document().language,
                                     kLaneNameWidth, {.size = 8, .one_line = true});
    canvas.draw(name, kMargin, top + lane.y - name.height() / 2);
  }
  for (const LinkPlace& link : band.links) {
    std::vector<Point> path;
    for (const Point& point : link.points) path.push_back(at(point));
    path.size() == 2 ? canvas.stroke(path, false, 1.2, kInk) : canvas.curve(path, 1.2, kInk);
  }
  for (const StubPlace& stub : band.stubs) {
    canvas.stroke({at(stub.from), at(stub.to)}, false, 1.2, kInk);
    const Shaped number =
        canvas.shape(std::to_string(stub.step + 1), "en", 20, {.size = 6, .colour = Colour::kGrey});
    canvas.draw(number, at(stub.from).x - 8, at(stub.from).y - number.height() + 1);
  }
  for (const StepPlace& step : band.steps)
    draw_step(pages, chain.steps[step.step], step.step + 1, at(step.middle));
  pages.advance(band.height + 8);
}

void draw_chain(Pages& pages, const Chain& chain) {
  const Shaped caption = pages.canvas().shape(chain.caption, pages.document().language, kTextWidth,
                                              {.size = 8.5, .colour = Colour::kGrey});
  const std::vector<Band> bands = lay_out(chain);
  pages.make_room(caption.height() + (bands.empty() ? 0 : bands.front().height));
  pages.flow(caption, kMargin, "P");
  pages.advance(4);
  for (const Band& band : bands) {
    pages.make_room(band.height);
    pages.canvas().open_tag("Figure");
    draw_band(pages, chain, band);
    pages.canvas().close_tag("Figure");
  }
}

constexpr double kCodeSide = 96, kCodeStep = 127.5;
constexpr std::size_t kCodesInRow = 4;

Status draw_code(Pages& pages, const Code& code, double x) {
  QM_TRY(const std::string text, label::write_label(code.label));
  QM_TRY(const code::BitMatrix matrix, code::encode_qr(text));
  Canvas& canvas = pages.canvas();
  const double module = kCodeSide / (matrix.side() + 2 * kCodeMargin);
  for (int y = 0; y < matrix.side(); ++y)
    for (int from = 0; from < matrix.side();) {
      int end = from;
      while (end < matrix.side() && matrix.dark(end, y)) ++end;
      if (end > from)
        canvas.area(x + (from + kCodeMargin) * module, pages.y() + (y + kCodeMargin) * module,
                    (end - from) * module, module, 0);
      from = end + 1;
    }
  double y = pages.y() + kCodeSide;
  for (const std::string& line : {label::in_groups_of_four(code.label.item),
                                  label::in_groups_of_four(code.label.serial), code.title}) {
    const Shaped shaped = canvas.shape(line, pages.document().language, kCodeStep - 6,
                                       {.size = 7.5, .centred = true, .one_line = true});
    canvas.draw(shaped, x - (kCodeStep - 6 - kCodeSide) / 2, y);
    y += shaped.height();
  }
  return {};
}

Status draw_codes(Pages& pages, const Codes& codes) {
  constexpr double kHeight = kCodeSide + 38;
  for (std::size_t i = 0; i < codes.codes.size(); ++i) {
    const std::size_t column = i % kCodesInRow;
    if (column == 0) {
      if (i > 0) pages.advance(kHeight);
      pages.make_room(kHeight);
    }
    pages.canvas().open_tag("Figure");
    QM_TRY_VOID(
        draw_code(pages, codes.codes[i], kMargin + 12 + static_cast<double>(column) * kCodeStep));
    pages.canvas().close_tag("Figure");
  }
  if (!codes.codes.empty()) pages.advance(kHeight);
  return {};
}

struct BlockDrawing {
  Pages& pages;
  Status operator()(const Lines& lines) const {
    draw_lines(pages, lines, kMargin, kTextWidth, kBodySize);
    return {};
  }
  Status operator()(const List& list) const {
    draw_list(pages, list);
    return {};
  }
  Status operator()(const Facts& facts) const {
    draw_facts(pages, facts);
    return {};
  }
  Status operator()(const Table& table) const {
    TableDrawing(pages, table).draw();
    return {};
  }
  Status operator()(const Chain& chain) const {
    draw_chain(pages, chain);
    return {};
  }
  Status operator()(const Codes& codes) const { return draw_codes(pages, codes); }
};

}  // namespace

void draw_sign(Canvas& canvas, const Sign& sign, double x, double y, double side) {
  const double scale = side / kShapeSide;
  for (const Stroke& stroke : strokes_of(sign.shape)) {
    std::vector<Point> path;
    for (const Point& point : stroke.points)
      path.push_back({x + point.x * scale, y + point.y * scale});
    const unsigned rgb = stroke.white ? kWhite : rgb_of(sign.colour);
    if (stroke.filled)
      canvas.fill(path, rgb);
    else
      canvas.stroke(path, stroke.closed, kStrokeWidth * scale, rgb);
  }
}

void draw_lines(Pages& pages, const Lines& lines, double x, double width, double size) {
  for (const Line& line : lines) {
    const double sign = sign_width(line, size);
    const Shaped text =
        pages.canvas().shape(line.text, pages.language(line), width - sign, style_of(line, size));
    if (sign > 0) {
      pages.make_room(text.line_height(0));
      draw_sign(pages.canvas(), line.sign, x, pages.y() + text.line_height(0) / 2 - size * 0.575,
                size * 1.15);
    }
    pages.flow(text, x + sign, "P");
    pages.advance(1);
  }
}

Status draw_block(Pages& pages, const Block& block) {
  return std::visit(BlockDrawing{pages}, block);
}

}  // namespace quarrymark::paper
