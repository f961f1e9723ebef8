#include "scanner/paper/flow.h"

#include "ledger/base/text.h"
#include "scanner/paper/html.h"
#include "scanner/paper/markup.h"

#include <algorithm>

namespace quarrymark::paper {
namespace {

constexpr double kBoxWidth = 200, kColumnGap = 110, kBoxGap = 16, kEdge = 20;
constexpr double kTitleHeight = 30, kLineHeight = 14, kPadding = 8;
constexpr std::size_t kTextRoom = 32, kLabelRoom = 18;

constexpr std::string_view kStyle =
    "text{font:11px sans-serif;fill:#111}"
    ".t{font-weight:bold}"
    ".h{font:bold 14px sans-serif}"
    ".l{font-size:10px;fill:#333}"
    "rect{fill:#fff;stroke:#111;stroke-width:1.2}"
    "path{fill:none;stroke:#555;stroke-width:1.2}"
    ".d{stroke-dasharray:5 4}";

class Drawing {
 public:
  explicit Drawing(const Flow& flow) : flow_(flow), places_(flow.boxes.size()) {}

  std::string make() {
    place_columns();
    place_rows();
    std::string out = cat("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", decimal(width_),
                          "\" height=\"", decimal(height_), "\" viewBox=\"0 0 ", decimal(width_),
                          " ", decimal(height_), "\" role=\"img\">\n<title>", escaped(flow_.title),
                          "</title>\n<style>", kStyle, "</style>\n");
    out += text(kEdge, kEdge + 4, "h", flow_.title);
    for (const FlowArrow& arrow : flow_.arrows) out += arrow_svg(arrow);
    for (std::size_t i = 0; i < flow_.boxes.size(); ++i) out += box_svg(i);
    return out + "</svg>\n";
  }

 private:
  struct Place {
    std::size_t column = 0;
    double x = 0, y = 0, height = 0;
  };

  // Each box one column right of the last of those that lead to it. As many rounds as there are
  // boxes settle the longest chain; a circle, which there should not be, ends there as well.
  void place_columns() {
    bool moved = true;
    for (std::size_t round = 0; moved && round < flow_.boxes.size(); ++round) {
      moved = false;
      for (const FlowArrow& arrow : flow_.arrows) {
        Place& to = places_[arrow.to];
        const std::size_t least = places_[arrow.from].column + 1;
        if (to.column >= least || least >= flow_.boxes.size()) continue;
        to.column = least;
        moved = true;
      }
    }
  }

  void place_rows() {
    std::vector<double> bottoms;
    for (std::size_t i = 0; i < places_.size(); ++i) {
      Place& place = places_[i];
      if (bottoms.size() <= place.column) bottoms.resize(place.column + 1, kEdge + kTitleHeight);
      place.height =
          2 * kPadding + kLineHeight * static_cast<double>(1 + flow_.boxes[i].lines.size());
      place.x = kEdge + (kBoxWidth + kColumnGap) * static_cast<double>(place.column);
      place.y = bottoms[place.column];
      bottoms[place.column] += place.height + kBoxGap;
    }
    const auto columns = static_cast<double>(bottoms.size());
    width_ = std::max(2 * kEdge + columns * (kBoxWidth + kColumnGap) - kColumnGap, 240.0);
    for (const double bottom : bottoms) height_ = std::max(height_, bottom - kBoxGap + kEdge);
  }

  static std::string text(double x, double y, std::string_view kind, const std::string& words) {
    return cat("<text", kind.empty() ? "" : cat(" class=\"", kind, "\""), " x=\"", decimal(x),
               "\" y=\"", decimal(y), "\">", escaped(words), "</text>\n");
  }

  std::string arrow_svg(const FlowArrow& arrow) const {
    const Place &from = places_[arrow.from], &to = places_[arrow.to];
    const double x1 = from.x + kBoxWidth, y1 = from.y + from.height / 2;
    const double x2 = to.x, y2 = to.y + to.height / 2, bend = kColumnGap / 2;
    std::string out =
        cat("<path", arrow.hidden ? " class=\"d\"" : "", " d=\"M", decimal(x1), ",", decimal(y1),
            " C", decimal(x1 + bend), ",", decimal(y1), " ", decimal(x2 - bend), ",", decimal(y2),
            " ", decimal(x2), ",", decimal(y2), " M", decimal(x2 - 6), ",", decimal(y2 - 4), " L",
            decimal(x2), ",", decimal(y2), " L", decimal(x2 - 6), ",", decimal(y2 + 4), "\"/>\n");
    if (!arrow.label.empty())
      out += text(x2 - kColumnGap + 6, y2 - 5, "l", shortened(arrow.label, kLabelRoom));
    return out;
  }

  std::string box_svg(std::size_t i) const {
    const Place& place = places_[i];
    const FlowBox& box = flow_.boxes[i];
    std::string out = cat("<rect", box.hidden ? " class=\"d\"" : "", " x=\"", decimal(place.x),
                          "\" y=\"", decimal(place.y), "\" width=\"", decimal(kBoxWidth),
                          "\" height=\"", decimal(place.height), "\" rx=\"3\"/>\n");
    double y = place.y + kPadding + 11;
    out += text(place.x + kPadding, y, "t", shortened(box.title, kTextRoom - 3));
    for (const std::string& line : box.lines)
      out += text(place.x + kPadding, y += kLineHeight, "", shortened(line, kTextRoom));
    return out;
  }

  const Flow& flow_;
  std::vector<Place> places_;
  double width_ = 0, height_ = 0;
};

}  // namespace

std::string flow_svg(const Flow& flow) { return Drawing(flow).make(); }

}  // namespace quarrymark::paper
