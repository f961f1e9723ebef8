#include "scanner/paper/pdf.h"

#include "scanner/paper/pages.h"
#include "scanner/paper/pdf_blocks.h"

namespace quarrymark::paper {
namespace {

constexpr double kEdge = 5, kInside = 16;  // of the coloured edge beside the banner

void draw_heading(Pages& pages, const Banner& banner) {
  constexpr double kSide = 30;
  const double x = kMargin + kInside;
  const Shaped heading = pages.canvas().shape(
      banner.heading, pages.document().language, kTextWidth - kInside - kSide - 8,
      {.size = 21, .bold = true, .colour = banner.sign.colour});
  const bool signed_ = banner.sign.shape != Shape::kNone;
  if (signed_) draw_sign(pages.canvas(), banner.sign, x, pages.y() + 2, kSide);
  pages.flow(heading, x + (signed_ ? kSide + 8 : 0), "H1");
  pages.advance(2);
}

void draw_banner(Pages& pages) {
  const Document& document = pages.document();
  const Banner& banner = document.banner;
  const double top = pages.y(), x = kMargin + kInside, width = kTextWidth - kInside;
  draw_lines(pages, {Line{document.title, Weight::kQuiet, {}, {}}}, x, width, 9.5);
  draw_heading(pages, banner);
  draw_lines(pages, {Line{banner.sentence, Weight::kPlain, {}, {}}}, x, width, 13);
  draw_lines(pages, {Line{banner.stated_by, Weight::kStrong, {}, {}}}, x, width, 10);
  pages.advance(2);
  draw_lines(pages, banner.below, x, width, 10);
  // Only a banner of unreasonable length leaves its page; the edge then marks its end.
  const double from = pages.y() > top ? top : kMargin;
  pages.canvas().area(kMargin, from, kEdge, pages.y() - from, rgb_of(banner.sign.colour));
  pages.advance(10);
}

void draw_notice(Pages& pages) {
  const double top = pages.y();
  pages.advance(7);
  draw_lines(pages, pages.document().notice, kMargin + 10, kTextWidth - 20, 9.5);
  pages.advance(5);
  const double from = pages.y() > top ? top : kMargin;
  const double right = kMargin + kTextWidth;
  pages.canvas().stroke({{kMargin, from}, {right, from}, {right, pages.y()}, {kMargin, pages.y()}},
                        true, 1.2, rgb_of(Colour::kGrey), true);
  pages.advance(10);
}

Status draw_section(Pages& pages, const Section& section) {
  const Shaped heading = pages.canvas().shape(section.heading, pages.document().language,
                                              kTextWidth, {.size = 12.5, .bold = true});
  // A heading never stands alone at the foot of a page, nor with the head of a table only.
  pages.make_room(heading.height() + 100);
  pages.advance(6);
  pages.flow(heading, kMargin, "H2");
  pages.advance(3);
  for (const Block& block : section.blocks) QM_TRY_VOID(draw_block(pages, block));
  pages.advance(4);
  return {};
}

struct Drawn {
  std::string bytes;
  std::size_t pages = 0;
};

Result<Drawn> draw(const Document& document, std::size_t total) {
  Canvas canvas(document);
  Pages pages(document, canvas, total);
  draw_banner(pages);
  draw_notice(pages);
  for (const Section& section : document.sections) QM_TRY_VOID(draw_section(pages, section));
  pages.finish();
  QM_TRY(std::string bytes, canvas.finish());
  return Drawn{std::move(bytes), pages.count()};
}

}  // namespace

// Twice, because each footer says how many pages there are.
Result<std::string> to_pdf(const Document& document) {
  QM_TRY_VOID(Canvas::check_fonts());
  QM_TRY(const Drawn counted, draw(document, 0));
  QM_TRY(Drawn drawn, draw(document, counted.pages));
  return std::move(drawn.bytes);
}

}  // namespace quarrymark::paper
