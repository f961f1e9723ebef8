#include "scanner/paper/canvas.h"

#include "ledger/base/text.h"

#include <cairo-pdf.h>
#include <optional>
#include <pango/pangocairo.h>
#include <vector>

namespace quarrymark::paper {
namespace {

// Fontconfig finds the others by script and language; these come first, so that documents look
// alike wherever the packages are installed.
constexpr const char* kFamilies =
    "Noto Sans, Noto Sans Devanagari, Noto Sans Telugu, Noto Sans CJK SC, sans-serif";

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(PangoContext* context) const { g_object_unref(context); }
};
using LayoutPointer = std::unique_ptr<PangoLayout, Unref>;
using ContextPointer = std::unique_ptr<PangoContext, Unref>;

double points(int units) { return static_cast<double>(units) / PANGO_SCALE; }
int units(double value) { return static_cast<int>(value * PANGO_SCALE); }

cairo_status_t append(void* out, const unsigned char* data, unsigned size) {
  static_cast<std::string*>(out)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

// Pango would take Japanese shapes for bare "zh" on some machines.
std::string pango_language(const std::string& language) {
  return language == "zh" ? "zh-cn" : language;
}

// The package with the glyphs of a character, for the message.
std::string_view font_package(gunichar character) {
  switch (g_unichar_get_script(character)) {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return "fonts-noto-cjk";
    default:
      return character >= 0x3000 && character < 0x3100 ? "fonts-noto-cjk" : "fonts-noto-core";
  }
}

void set_colour(cairo_t* cairo, unsigned rgb) {
  cairo_set_source_rgb(cairo, (rgb >> 16 & 0xFF) / 255.0, (rgb >> 8 & 0xFF) / 255.0,
                       (rgb & 0xFF) / 255.0);
}

void trace(cairo_t* cairo, const std::vector<Point>& path, bool closed) {
  cairo_new_path(cairo);
  for (const Point& point : path) cairo_line_to(cairo, point.x, point.y);
  if (closed) cairo_close_path(cairo);
}

}  // namespace

struct Shaped::Inner {
  LayoutPointer layout;
  Colour colour = Colour::kBlack;
};

Shaped::Shaped(std::unique_ptr<Inner> inner) : inner_(std::move(inner)) {}
Shaped::Shaped(Shaped&&) noexcept = default;
Shaped& Shaped::operator=(Shaped&&) noexcept = default;
Shaped::~Shaped() = default;

double Shaped::height() const {
  int height = 0;
  pango_layout_get_size(inner_->layout.get(), nullptr, &height);
  return points(height);
}

std::size_t Shaped::lines() const {
  return static_cast<std::size_t>(pango_layout_get_line_count(inner_->layout.get()));
}

double Shaped::line_height(std::size_t line) const {
  PangoRectangle logical;
  pango_layout_line_get_extents(
      pango_layout_get_line_readonly(inner_->layout.get(), static_cast<int>(line)), nullptr,
      &logical);
  return points(logical.height);
}

struct Canvas::Inner {
  std::string bytes;
  cairo_surface_t* surface = nullptr;
  cairo_t* cairo = nullptr;
  ContextPointer context;
  std::optional<gunichar> missing;  // the first character that no font has

  ~Inner() {
    context.reset();
    if (cairo != nullptr) cairo_destroy(cairo);
    if (surface != nullptr) cairo_surface_destroy(surface);
  }

  LayoutPointer layout(std::string_view text, const std::string& language) {
    const std::string tag = pango_language(language);
    pango_context_set_language(context.get(), pango_language_from_string(tag.c_str()));
    LayoutPointer made(pango_layout_new(context.get()));
    pango_layout_set_text(made.get(), text.data(), static_cast<int>(text.size()));
    return made;
  }

  void note_missing(PangoLayout* shaped, std::string_view text, const std::string& language) {
    if (missing || pango_layout_get_unknown_glyphs_count(shaped) == 0) return;
    missing = 0xFFFD;
    const std::string whole(text);
    for (const char* at = whole.c_str(); *at != '\0'; at = g_utf8_next_char(at)) {
      const std::string_view one(at, static_cast<std::size_t>(g_utf8_next_char(at) - at));
      const LayoutPointer alone = layout(one, language);
      pango_layout_set_font_description(alone.get(), pango_layout_get_font_description(shaped));
      if (pango_layout_get_unknown_glyphs_count(alone.get()) == 0) continue;
      missing = g_utf8_get_char(at);
      return;
    }
  }
};

Status Canvas::check_fonts() {
  PangoFontFamily** families = nullptr;
  int count = 0;
  pango_font_map_list_families(pango_cairo_font_map_get_default(), &families, &count);
  g_free(families);
  if (count > 0) return {};
  return fail(Errc::kFailedPrecondition, "there are no fonts here; install fonts-noto-core");
}

Canvas::Canvas(const Document& document) : inner_(std::make_unique<Inner>()) {
  inner_->surface =
      cairo_pdf_surface_create_for_stream(&append, &inner_->bytes, kPageWidth, kPageHeight);
  const std::string date = cat(document.date, "T00:00:00Z");
  for (const auto& [kind, text] : {std::pair{CAIRO_PDF_METADATA_TITLE, document.title.c_str()},
                                   std::pair{CAIRO_PDF_METADATA_AUTHOR, document.author.c_str()},
                                   std::pair{CAIRO_PDF_METADATA_CREATOR, "Quarrymark"},
                                   std::pair{CAIRO_PDF_METADATA_CREATE_DATE, date.c_str()},
                                   std::pair{CAIRO_PDF_METADATA_MOD_DATE, date.c_str()}})
    cairo_pdf_surface_set_metadata(inner_->surface, kind, text);
  inner_->cairo = cairo_create(inner_->surface);
  inner_->context.reset(pango_cairo_create_context(inner_->cairo));
  // Positions as on paper, not as on some screen.
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(inner_->context.get(), options);
  cairo_font_options_destroy(options);
  pango_cairo_context_set_resolution(inner_->context.get(), 72);
  pango_context_set_round_glyph_positions(inner_->context.get(), FALSE);
}

Canvas::~Canvas() = default;

Shaped Canvas::shape(std::string_view text, const std::string& language, double width,
                     const TextStyle& style) {
  auto shaped = std::make_unique<Shaped::Inner>();
  shaped->colour = style.colour;
  shaped->layout = inner_->layout(text, language);
  PangoLayout* layout = shaped->layout.get();
  PangoFontDescription* font = pango_font_description_from_string(kFamilies);
  pango_font_description_set_size(font, units(style.size));
  pango_font_description_set_weight(font, style.bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_width(layout, units(width));
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout, style.centred ? PANGO_ALIGN_CENTER : PANGO_ALIGN_LEFT);
  if (style.one_line) {
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  }
  inner_->note_missing(layout, text, language);
  return Shaped(std::move(shaped));
}

void Canvas::draw(const Shaped& text, double x, double y) {
  set_colour(inner_->cairo, rgb_of(text.inner().colour));
  cairo_move_to(inner_->cairo, x, y);
  pango_cairo_show_layout(inner_->cairo, text.inner().layout.get());
}

void Canvas::draw_line(const Shaped& text, std::size_t line, double x, double y) {
  PangoLayoutLine* shown =
      pango_layout_get_line_readonly(text.inner().layout.get(), static_cast<int>(line));
  PangoRectangle logical;
  pango_layout_line_get_extents(shown, nullptr, &logical);
  set_colour(inner_->cairo, rgb_of(text.inner().colour));
  cairo_move_to(inner_->cairo, x, y - points(logical.y));
  pango_cairo_show_layout_line(inner_->cairo, shown);
}

void Canvas::stroke(const std::vector<Point>& path, bool closed, double width, unsigned rgb,
                    bool dashed) {
  trace(inner_->cairo, path, closed);
  set_colour(inner_->cairo, rgb);
  cairo_set_line_width(inner_->cairo, width);
  const double dash[] = {3, 2.5};
  cairo_set_dash(inner_->cairo, dash, dashed ? 2 : 0, 0);
  cairo_stroke(inner_->cairo);
}

void Canvas::curve(const std::vector<Point>& four, double width, unsigned rgb) {
  cairo_new_path(inner_->cairo);
  cairo_move_to(inner_->cairo, four[0].x, four[0].y);
  cairo_curve_to(inner_->cairo, four[1].x, four[1].y, four[2].x, four[2].y, four[3].x, four[3].y);
  set_colour(inner_->cairo, rgb);
  cairo_set_line_width(inner_->cairo, width);
  cairo_set_dash(inner_->cairo, nullptr, 0, 0);
  cairo_stroke(inner_->cairo);
}

void Canvas::fill(const std::vector<Point>& path, unsigned rgb) {
  trace(inner_->cairo, path, true);
  set_colour(inner_->cairo, rgb);
  cairo_fill(inner_->cairo);
}

void Canvas::disc(Point middle, double radius, unsigned fill_rgb, unsigned edge_rgb) {
  cairo_new_path(inner_->cairo);
  cairo_arc(inner_->cairo, middle.x, middle.y, radius, 0, 2 * G_PI);
  set_colour(inner_->cairo, fill_rgb);
  cairo_fill_preserve(inner_->cairo);
  set_colour(inner_->cairo, edge_rgb);
  cairo_set_line_width(inner_->cairo, 1);
  cairo_set_dash(inner_->cairo, nullptr, 0, 0);
  cairo_stroke(inner_->cairo);
}

void Canvas::area(double x, double y, double width, double height, unsigned rgb) {
  set_colour(inner_->cairo, rgb);
  cairo_rectangle(inner_->cairo, x, y, width, height);
  cairo_fill(inner_->cairo);
}

void Canvas::open_tag(const char* name) { cairo_tag_begin(inner_->cairo, name, nullptr); }
void Canvas::close_tag(const char* name) { cairo_tag_end(inner_->cairo, name); }

void Canvas::next_page() { cairo_show_page(inner_->cairo); }

Result<std::string> Canvas::finish() {
  const cairo_status_t drawn = cairo_status(inner_->cairo);
  cairo_surface_finish(inner_->surface);
  const cairo_status_t finished = cairo_surface_status(inner_->surface);
  if (inner_->missing) {
    char code[16];
    g_snprintf(code, sizeof code, "U+%04X", *inner_->missing);
    return fail(Errc::kFailedPrecondition, cat("no font here has the character ", code,
                                               "; install ", font_package(*inner_->missing)));
  }
  for (const cairo_status_t status : {drawn, finished})
    if (status != CAIRO_STATUS_SUCCESS)
      return fail(Errc::kInternal,
                  cat("the PDF could not be drawn: ", cairo_status_to_string(status)));
  return std::move(inner_->bytes);
}

}  // namespace quarrymark::paper
