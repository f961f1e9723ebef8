#include "ledger/base/text.h"
#include "scanner/print/matrix_of_label.h"
#include "scanner/print/print.h"

namespace quarrymark::print {
namespace {

// Text under the code, in modules. A number in groups of four is 21 characters, each 0.6 of the
// font size wide: 38 modules, which fit the 41 of the smallest code with its quiet zone.
constexpr int kFontSize = 3;
constexpr int kLineHeight = 4;
constexpr int kLines = 2;

// Dark modules as one path, a rectangle for each horizontal run: no hairlines between
// neighbours, and far fewer shapes than one for each module.
std::string dark_path(const code::BitMatrix& matrix) {
  std::string path;
  for (int y = 0; y < matrix.side(); ++y) {
    for (int x = 0; x < matrix.side();) {
      int end = x;
      while (end < matrix.side() && matrix.dark(end, y)) ++end;
      if (end > x)
        path += cat("M", x + kQuietZone, " ", y + kQuietZone, "h", end - x, "v1h-", end - x, "z");
      x = end + 1;
    }
  }
  return path;
}

}  // namespace

// Nothing here needs escaping: write_label has made sure of the characters.
Result<std::string> label_svg(const label::Label& label, int module_pixels) {
  QM_TRY(const code::BitMatrix matrix, matrix_of_label(label, module_pixels));
  const int width = matrix.side() + 2 * kQuietZone;
  const int height = width + kLines * kLineHeight;
  const std::string item = label::in_groups_of_four(label.item);
  const std::string serial = label::in_groups_of_four(label.serial);

  std::string svg =
      cat("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"", width * module_pixels,
          "\" height=\"", height * module_pixels, "\" viewBox=\"0 0 ", width, " ", height, "\">\n");
  svg += cat("<title>Label ", item, ", serial ", serial, "</title>\n");
  svg += cat("<rect width=\"", width, "\" height=\"", height, "\" fill=\"#fff\"/>\n");
  svg +=
      cat("<path shape-rendering=\"crispEdges\" fill=\"#000\" d=\"", dark_path(matrix), "\"/>\n");
  svg += cat("<g font-family=\"monospace\" font-size=\"", kFontSize,
             "\" text-anchor=\"middle\" fill=\"#000\">\n");
  const std::string middle = cat(width / 2, width % 2 == 0 ? "" : ".5");
  svg += cat("<text x=\"", middle, "\" y=\"", width + kFontSize - 1, "\">", item, "</text>\n");
  svg += cat("<text x=\"", middle, "\" y=\"", width + kFontSize - 1 + kLineHeight, "\">", serial,
             "</text>\n");
  svg += "</g>\n</svg>\n";
  return svg;
}

}  // namespace quarrymark::print
