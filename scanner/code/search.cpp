#include "scanner/code/search.h"

#include "ledger/base/text.h"

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

namespace quarrymark::code {
namespace {

// Rectangle in pixels.
struct Window {
  int left = 0;
  int top = 0;
  int width = 0;
  int height = 0;
};

// Below this no code is large enough to be read.
constexpr int kSmallestWindow = 64;

// What labels, partners and GS1 users print. Fewer kinds mean fewer codes "found" in the
// texture of stone: the other linear codes have weak checks or none.
constexpr std::array<std::pair<ZXing::BarcodeFormat, Symbology>, 3> kKinds = {{
    {ZXing::BarcodeFormat::QRCode, Symbology::kQr},
    {ZXing::BarcodeFormat::DataMatrix, Symbology::kDataMatrix},
    {ZXing::BarcodeFormat::Code128, Symbology::kCode128},
}};

ZXing::DecodeHints hints_for(Threshold threshold) {
  ZXing::BarcodeFormats formats;
  for (const auto& kind : kKinds) formats |= kind.first;
  return ZXing::DecodeHints().setFormats(formats).setBinarizer(
      threshold == Threshold::kLocal ? ZXing::Binarizer::LocalAverage
                                     : ZXing::Binarizer::GlobalHistogram);
}

std::optional<Symbology> symbology_of(ZXing::BarcodeFormat format) {
  for (const auto& kind : kKinds)
    if (kind.first == format) return kind.second;
  return std::nullopt;
}

struct Bounds {
  int left, top, right, bottom;
  int extent() const { return std::max(right - left, bottom - top); }
};

Bounds bounds_of(const CodeFound& code) {
  Bounds out{code.corners[0].x, code.corners[0].y, code.corners[0].x, code.corners[0].y};
  for (const Corner& corner : code.corners) {
    out.left = std::min(out.left, corner.x);
    out.right = std::max(out.right, corner.x);
    out.top = std::min(out.top, corner.y);
    out.bottom = std::max(out.bottom, corner.y);
  }
  return out;
}

// The same content at the same place: one code that was seen twice. Linear codes come back as
// a line, which painting over does not remove.
bool same_code(const CodeFound& a, const CodeFound& b) {
  if (a.content != b.content || a.symbology != b.symbology) return false;
  const Bounds p = bounds_of(a), q = bounds_of(b);
  const int dx = std::abs(p.left + p.right - q.left - q.right) / 2;
  const int dy = std::abs(p.top + p.bottom - q.top - q.bottom) / 2;
  return std::max(dx, dy) < std::max(p.extent(), q.extent()) / 2 + 1;
}

// True when (x, y) lies on the inner side of all four edges, whichever way round they run.
bool inside(const std::array<Corner, 4>& corners, int x, int y) {
  bool any_left = false, any_right = false;
  for (std::size_t i = 0; i < 4; ++i) {
    const Corner& from = corners[i];
    const Corner& to = corners[(i + 1) % 4];
    const auto side = static_cast<std::int64_t>(to.x - from.x) * (y - from.y) -
                      static_cast<std::int64_t>(to.y - from.y) * (x - from.x);
    any_left |= side < 0;
    any_right |= side > 0;
  }
  return !(any_left && any_right);
}

// One search: the picture, with what has been found painted over.
class Search {
 public:
  Search(const GrayPicture& picture, Threshold threshold)
      : rest_(picture), hints_(hints_for(threshold)) {}

  // True when the window gave a code that was not known yet.
  bool read_once(const Window& window) {
    const ZXing::ImageView whole(rest_.pixels.data(), rest_.width, rest_.height,
                                 ZXing::ImageFormat::Lum);
    const ZXing::ImageView view =
        whole.cropped(window.left, window.top, window.width, window.height);
    bool anything_new = false;
    for (const ZXing::Result& result : ZXing::ReadBarcodes(view, hints_))
      anything_new |= keep(result, window);
    return anything_new;
  }

  // Reads the window again and again, until it gives nothing new.
  void read(const Window& window) {
    while (read_once(window)) {
    }
  }

  // Overlapping windows of `side` pixels: whatever is at most half as large lies whole in one.
  void read_windows(int side) {
    side = std::max(side, kSmallestWindow);
    const int step = side / 2;
    for (int top = 0; top == 0 || top + step < rest_.height; top += step)
      for (int left = 0; left == 0 || left + step < rest_.width; left += step)
        read({left, top, std::min(side, rest_.width - left), std::min(side, rest_.height - top)});
  }

  const std::vector<CodeFound>& found() const { return found_; }

 private:
  bool keep(const ZXing::Result& result, const Window& window) {
    const auto symbology = symbology_of(result.format());
    if (!result.isValid() || !symbology) return false;
    CodeFound code;
    code.content = result.text();
    code.symbology = *symbology;
    // An empty content names nothing; a binary one cannot be shown or passed on as text.
    if (code.content.empty() || !is_valid_utf8(code.content)) return false;
    for (std::size_t i = 0; i < code.corners.size(); ++i) {
      const auto& point = result.position()[static_cast<int>(i)];
      code.corners[i] = {point.x + window.left, point.y + window.top};
    }
    paint_over(code);
    for (const CodeFound& other : found_)
      if (same_code(code, other)) return false;
    found_.push_back(std::move(code));
    return true;
  }

  void paint_over(const CodeFound& code) {
    const Bounds bounds = bounds_of(code);
    for (int y = std::max(0, bounds.top); y <= std::min(rest_.height - 1, bounds.bottom); ++y)
      for (int x = std::max(0, bounds.left); x <= std::min(rest_.width - 1, bounds.right); ++x)
        if (inside(code.corners, x, y))
          rest_.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(rest_.width) +
                       static_cast<std::size_t>(x)] = 255;
  }

  GrayPicture rest_;
  ZXing::DecodeHints hints_;
  std::vector<CodeFound> found_;
};

}  // namespace

std::vector<CodeFound> find_all_codes(const GrayPicture& picture, Threshold threshold,
                                      Start start) {
  const Window whole{0, 0, picture.width, picture.height};
  const int longer_side = std::max(picture.width, picture.height);
  Search search(picture, threshold);
  if (start == Start::kWhole)
    search.read_once(whole);
  else
    search.read_windows(longer_side / 3);
  int largest = 0;
  for (const CodeFound& code : search.found())
    largest = std::max(largest, bounds_of(code).extent());
  if (largest == 0) return {};
  // Labels in one picture are of similar size: windows that hold two of the largest side by
  // side, in each direction.
  if (2 * largest < longer_side)
    search.read_windows(5 * largest / 2);
  else
    search.read(whole);
  return search.found();
}

}  // namespace quarrymark::code
