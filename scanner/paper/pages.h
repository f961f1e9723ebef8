// Text and blocks flowing down the pages of a canvas: where the next thing stands, when a page is
// full, and its footer.
#pragma once

#include "scanner/paper/canvas.h"

#include <cstddef>
#include <string>

namespace quarrymark::paper {

inline constexpr double kMargin = 42.5;
inline constexpr double kTextWidth = kPageWidth - 2 * kMargin;
inline constexpr double kBottom = kPageHeight - kMargin - 14;  // above the footer

class Pages {
 public:
  // `total` pages are announced in the footer; 0 while they are being counted.
  Pages(const Document& document, Canvas& canvas, std::size_t total)
      : document_(document), canvas_(canvas), total_(total) {}

  Canvas& canvas() { return canvas_; }
  const Document& document() const { return document_; }
  double y() const { return y_; }
  std::size_t count() const { return page_; }

  // Starts a page unless `height` still fits; true when it did. Nothing taller than a page is
  // ever asked for twice in a row.
  bool make_room(double height);
  void advance(double height) { y_ += height; }
  // The language of a line, which is the document's unless it says otherwise.
  const std::string& language(const Line& line) const {
    return line.language.empty() ? document_.language : line.language;
  }

  // A text that may go on over the page, as one element of kind `tag`.
  void flow(const Shaped& text, double x, const char* tag);
  // Draws the footer of the last page.
  void finish() { draw_footer(); }

 private:
  void draw_footer();

  const Document& document_;
  Canvas& canvas_;
  std::size_t total_, page_ = 1;
  double y_ = kMargin;
};

}  // namespace quarrymark::paper
