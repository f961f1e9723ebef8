#include "scanner/paper/html_blocks.h"

#include "ledger/base/text.h"
#include "scanner/code/code.h"
#include "scanner/label/item_number.h"
#include "scanner/paper/chain_layout.h"
#include "scanner/paper/html.h"
#include "scanner/paper/markup.h"
#include "scanner/paper/shapes.h"

namespace quarrymark::paper {
namespace {

constexpr std::size_t kLaneRoom = 24;  // the list beside the picture has the whole name
constexpr int kQuietZone = 4;          // modules, what the QR standard asks for

std::string points_text(const std::vector<Point>& points) {
  std::string out;
  for (const Point& point : points)
    out += cat(out.empty() ? "" : " ", decimal(point.x), ",", decimal(point.y));
  return out;
}

std::string line_html(const Line& line, std::string_view element) {
  std::string classes = line.weight == Weight::kStrong  ? "strong"
                        : line.weight == Weight::kQuiet ? "quiet"
                                                        : "";
  if (line.sign.shape != Shape::kNone)
    classes += cat(classes.empty() ? "" : " ", "signed ", colour_name(line.sign.colour));
  return cat("<", element, classes.empty() ? "" : cat(" class=\"", classes, "\""),
             line.language.empty() ? "" : cat(" lang=\"", escaped(line.language), "\""), ">",
             sign_html(line.sign, false), escaped(line.text), "</", element, ">");
}

// Within a list or cell: one line needs no element of its own.
std::string inner_html(const Lines& lines) {
  std::string out;
  for (const Line& line : lines) out += line_html(line, lines.size() == 1 ? "span" : "div");
  return out;
}

std::string list_html(const List& list) {
  std::string out = "<ol>\n";
  for (const Lines& entry : list.entries) out += cat("<li>", inner_html(entry), "</li>\n");
  return out + "</ol>\n";
}

std::string facts_html(const Facts& facts) {
  std::string out = "<dl>\n";
  for (const auto& [label, lines] : facts.entries)
    out += cat("<div><dt>", escaped(label), "</dt><dd>", inner_html(lines), "</dd></div>\n");
  return out + "</dl>\n";
}

std::string table_html(const Table& table) {
  std::string out = cat("<div class=\"wide\"><table>\n<caption>", escaped(table.caption),
                        "</caption>\n<thead><tr>");
  for (const Column& column : table.columns)
    out += cat("<th scope=\"col\">", escaped(column.heading), "</th>");
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i)
      out += cat(i == 0 ? "<th scope=\"row\">" : "<td>", inner_html(row[i]),
                 i == 0 ? "</th>" : "</td>");
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table></div>\n";
}

std::string band_svg(const Band& band, const Chain& chain) {
  std::string out = cat("<svg class=\"chain\" viewBox=\"0 0 ", decimal(kChainWidth), " ",
                        decimal(band.height), "\" aria-hidden=\"true\" focusable=\"false\">\n");
  for (const LanePlace& lane : band.lanes)
    out += cat("<text class=\"lane\" x=\"0\" y=\"", decimal(lane.y + 3.5), "\">",
               escaped(shortened(chain.lanes[lane.lane], kLaneRoom)),
               "</text><line class=\"lane\" x1=\"", decimal(lane.from), "\" y1=\"", decimal(lane.y),
               "\" x2=\"", decimal(lane.to), "\" y2=\"", decimal(lane.y), "\"/>\n");
  for (const LinkPlace& link : band.links) {
    const auto& points = link.points;
    out += points.size() == 2
               ? cat("<polyline class=\"link\" points=\"", points_text(points), "\"/>\n")
               : cat("<path class=\"link\" d=\"M", points_text({points[0]}), " C",
                     points_text({points[1], points[2], points[3]}), "\"/>\n");
  }
  for (const StubPlace& stub : band.stubs)
    out += cat("<polyline class=\"link\" points=\"", points_text({stub.from, stub.to}),
               "\"/><text class=\"stub\" x=\"", decimal(stub.from.x), "\" y=\"",
               decimal(stub.from.y - 1), "\">", stub.step + 1, "</text>\n");
  for (const StepPlace& step : band.steps) {
    const bool origin = chain.steps[step.step].after.empty();
    const bool over = chain.steps[step.step].hand_over;
    const double r = kStepRadius;
    out += origin
               ? cat("<rect class=\"origin\" x=\"", decimal(step.middle.x - r), "\" y=\"",
                     decimal(step.middle.y - r), "\" width=\"", decimal(2 * r), "\" height=\"",
                     decimal(2 * r), "\"/>")
               : cat("<circle class=\"", over ? "over" : "step", "\" cx=\"", decimal(step.middle.x),
                     "\" cy=\"", decimal(step.middle.y), "\" r=\"", decimal(r), "\"/>");
    out +=
        cat("<text class=\"", origin ? "number light" : "number", "\" x=\"", decimal(step.middle.x),
            "\" y=\"", decimal(step.middle.y + 3), "\">", step.step + 1, "</text>\n");
  }
  return out + "</svg>\n";
}

std::string chain_html(const Chain& chain) {
  std::string out = cat("<figure><figcaption>", escaped(chain.caption), "</figcaption>\n");
  for (const Band& band : lay_out(chain)) out += band_svg(band, chain);
  return out + "</figure>\n";
}

std::string modules_path(const code::BitMatrix& matrix) {
  std::string path;
  for (int y = 0; y < matrix.side(); ++y)
    for (int x = 0; x < matrix.side();) {
      int end = x;
      while (end < matrix.side() && matrix.dark(end, y)) ++end;
      if (end > x)
        path += cat("M", x + kQuietZone, " ", y + kQuietZone, "h", end - x, "v1h-", end - x, "z");
      x = end + 1;
    }
  return path;
}

Result<std::string> codes_html(const Codes& codes) {
  std::string out = "<ul class=\"codes\">\n";
  for (const Code& code : codes.codes) {
    QM_TRY(const std::string text, label::write_label(code.label));
    QM_TRY(const code::BitMatrix matrix, code::encode_qr(text));
    const int side = matrix.side() + 2 * kQuietZone;
    const std::string item = label::in_groups_of_four(code.label.item);
    out += cat("<li><svg viewBox=\"0 0 ", side, " ", side, "\" role=\"img\" aria-label=\"",
               escaped(text), "\"><rect width=\"", side, "\" height=\"", side,
               "\" fill=\"#fff\"/><path shape-rendering=\"crispEdges\" d=\"", modules_path(matrix),
               "\"/></svg><span class=\"number\">", item, "</span><span class=\"number\">",
               label::in_groups_of_four(code.label.serial), "</span><span>", escaped(code.title),
               "</span></li>\n");
  }
  return out + "</ul>\n";
}

struct BlockWriter {
  Result<std::string> operator()(const Lines& lines) const { return lines_html(lines); }
  Result<std::string> operator()(const List& list) const { return list_html(list); }
  Result<std::string> operator()(const Facts& facts) const { return facts_html(facts); }
  Result<std::string> operator()(const Table& table) const { return table_html(table); }
  Result<std::string> operator()(const Chain& chain) const { return chain_html(chain); }
  Result<std::string> operator()(const Codes& codes) const { return codes_html(codes); }
};

}  // namespace

std::string sign_html(const Sign& sign, bool large) {
  if (sign.shape == Shape::kNone) return {};
  std::string out = cat("<svg class=\"", large ? "sign large" : "sign",
                        "\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">");
  for (const Stroke& stroke : strokes_of(sign.shape))
    out += cat("<", stroke.closed ? "polygon" : "polyline", " class=\"",
               stroke.filled ? "full" : (stroke.white ? "white" : "outline"), "\" points=\"",
               points_text(stroke.points), "\"/>");
  return out + "</svg>";
}

std::string lines_html(const Lines& lines) {
  std::string out;
  for (const Line& line : lines) out += line_html(line, "p") + "\n";
  return out;
}

Result<std::string> block_html(const Block& block) { return std::visit(BlockWriter{}, block); }

}  // namespace quarrymark::paper
