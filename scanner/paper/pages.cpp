#include "scanner/paper/pages.h"

#include "ledger/base/text.h"

namespace quarrymark::paper {
namespace {

std::string with_number(std::string pattern, std::string_view place, std::size_t number) {
  if (const std::size_t at = pattern.find(place); at != pattern.npos)
    pattern.replace(at, place.size(), std::to_string(number));
  return pattern;
}

}  // namespace

bool Pages::make_room(double height) {
  if (y_ + height <= kBottom || y_ == kMargin) return false;
  draw_footer();
  canvas_.next_page();
  ++page_;
  y_ = kMargin;
  return true;
}

void Pages::flow(const Shaped& text, double x, const char* tag) {
  canvas_.open_tag(tag);
  for (std::size_t line = 0; line < text.lines(); ++line) {
    const double height = text.line_height(line);
    if (y_ + height > kBottom) {
      // Elements end with their page: what follows is a further one of the same kind.
      canvas_.close_tag(tag);
      make_room(height);
      canvas_.open_tag(tag);
    }
    canvas_.draw_line(text, line, x, y_);
    y_ += height;
  }
  canvas_.close_tag(tag);
}

void Pages::draw_footer() {
  const TextStyle style{.size = 8, .colour = Colour::kGrey};
  const std::string number =
      with_number(with_number(document_.page, "{n}", page_), "{total}", total_);
  TextStyle shortened = style;
  shortened.one_line = true;
  const double y = kPageHeight - kMargin - 4;
  canvas_.draw(canvas_.shape(cat(document_.title, " · ", document_.banner.stated_by),
                             document_.language, kTextWidth - 120, shortened),
               kMargin, y);
  const Shaped shaped = canvas_.shape(number, document_.language, 110, style);
  canvas_.draw(shaped, kPageWidth - kMargin - 110, y);
}

}  // namespace quarrymark::paper
