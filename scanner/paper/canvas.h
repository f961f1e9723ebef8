// Pages to draw on: shaped text, lines and areas, in points from the top left. Hides Cairo and
// Pango, whose types stay in canvas.cpp.
#pragma once

#include "ledger/base/result.h"
#include "scanner/paper/document.h"
#include "scanner/paper/shapes.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace quarrymark::paper {

inline constexpr double kPageWidth = 595.28, kPageHeight = 841.89;  // A4

struct TextStyle {
  double size = 9.5;
  bool bold = false;
  Colour colour = Colour::kBlack;
  bool centred = false;
  bool one_line = false;  // shortened by an ellipsis where it does not fit
};

// Text broken into lines of some width. Cheap to move.
class Shaped {
 public:
  struct Inner;
  explicit Shaped(std::unique_ptr<Inner> inner);
  Shaped(Shaped&&) noexcept;
  Shaped& operator=(Shaped&&) noexcept;
  ~Shaped();

  double height() const;
  std::size_t lines() const;
  double line_height(std::size_t line) const;
  const Inner& inner() const { return *inner_; }

 private:
  std::unique_ptr<Inner> inner_;
};

// One document. Colours and fonts are settled by each call; nothing carries over.
class Canvas {
 public:
  // Pango gives up the program where there is no font at all, so this comes first.
  static Status check_fonts();

  // Title, author, language and date of `document` go into the file.
  explicit Canvas(const Document& document);
  ~Canvas();
  Canvas(const Canvas&) = delete;
  Canvas& operator=(const Canvas&) = delete;

  Shaped shape(std::string_view text, const std::string& language, double width,
               const TextStyle& style);
  void draw(const Shaped& text, double x, double y);
  void draw_line(const Shaped& text, std::size_t line, double x, double y);

  void stroke(const std::vector<Point>& points, bool closed, double width, unsigned rgb,
              bool dashed = false);
  void curve(const std::vector<Point>& four, double width, unsigned rgb);
  void fill(const std::vector<Point>& points, unsigned rgb);
  void disc(Point middle, double radius, unsigned fill_rgb, unsigned edge_rgb);
  // A square code's dark module, exact and without seams.
  void area(double x, double y, double width, double height, unsigned rgb);

  // What readers for the blind find: "H1", "P", "Table", … around what is drawn, within a page.
  void open_tag(const char* name);
  void close_tag(const char* name);

  void next_page();
  // The bytes; errors as to_pdf. Nothing may be drawn afterwards.
  Result<std::string> finish();

 private:
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

}  // namespace quarrymark::paper
