#include "ledger/base/text.h"
#include "scanner/code/picture.h"
#include "scanner/print/matrix_of_label.h"
#include "scanner/print/print.h"

#include <png.h>

#include <algorithm>
#include <cstddef>
#include <new>

namespace quarrymark::print {
namespace {

constexpr std::uint8_t kWhite = 255;
constexpr std::uint8_t kBlack = 0;

Result<code::GrayPicture> white_picture(std::uint64_t width, std::uint64_t height) {
  if (width > code::kMaxPictureSide || height > code::kMaxPictureSide ||
      width * height > code::kMaxPicturePixels)
    return fail(Errc::kTooLarge,
                cat("the sheet would be ", width, " x ", height, " pixels, expected at most ",
                    code::kMaxPictureSide, " on each side and ", code::kMaxPicturePixels,
                    " in all; print fewer labels on a sheet or smaller modules"));
  code::GrayPicture picture;
  picture.width = static_cast<int>(width);
  picture.height = static_cast<int>(height);
  try {
    picture.pixels.assign(width * height, kWhite);
  } catch (const std::bad_alloc&) {
    return fail(Errc::kResourceExhausted, "not enough memory for the sheet");
  }
  return picture;
}

// Draws the dark modules with their quiet zone's outer corner at (left, top), in pixels.
void draw(const code::BitMatrix& matrix, int left, int top, int module_pixels,
          code::GrayPicture& picture) {
  for (int y = 0; y < matrix.side(); ++y) {
    for (int x = 0; x < matrix.side(); ++x) {
      if (!matrix.dark(x, y)) continue;
      const int from_x = left + (x + kQuietZone) * module_pixels;
      const int from_y = top + (y + kQuietZone) * module_pixels;
      for (int row = from_y; row < from_y + module_pixels; ++row) {
        const auto start =
            picture.pixels.begin() + static_cast<std::ptrdiff_t>(row) * picture.width + from_x;
        std::fill_n(start, module_pixels, kBlack);
      }
    }
  }
}

Result<std::vector<std::uint8_t>> png_bytes(const code::GrayPicture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_GRAY;
  // Called with a buffer for the worst case, so that the picture is compressed only once.
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  try {
    std::vector<std::uint8_t> bytes(size);
    const int written = png_image_write_to_memory(&image, bytes.data(), &size, 0,
                                                  picture.pixels.data(), 0, nullptr);
    if (!written) return fail(Errc::kInternal, cat("cannot write the PNG: ", image.message));
    bytes.resize(size);
    return bytes;
  } catch (const std::bad_alloc&) {
    return fail(Errc::kResourceExhausted, "not enough memory for the PNG");
  }
}

}  // namespace

Result<std::vector<std::uint8_t>> label_png(const label::Label& label, int module_pixels) {
  return sheet_png({&label, 1}, 1, module_pixels);
}

Result<std::vector<std::uint8_t>> sheet_png(std::span<const label::Label> labels, int columns,
                                            int module_pixels) {
  if (labels.empty()) return fail(Errc::kInvalidArgument, "sheet: no labels were given");
  if (columns < 1)
    return fail(Errc::kInvalidArgument, cat("sheet: expected 1 or more columns, got ", columns));
  std::vector<code::BitMatrix> matrices;
  int widest = 0;
  for (const label::Label& label : labels) {
    QM_TRY(code::BitMatrix matrix, matrix_of_label(label, module_pixels));
    widest = std::max(widest, matrix.side() + 2 * kQuietZone);
    matrices.push_back(std::move(matrix));
  }
  const std::uint64_t cell =
      static_cast<std::uint64_t>(widest) * static_cast<std::uint64_t>(module_pixels);
  const std::uint64_t across =
      std::min<std::uint64_t>(static_cast<std::uint64_t>(columns), labels.size());
  const std::uint64_t down = (labels.size() + across - 1) / across;
  QM_TRY(code::GrayPicture picture, white_picture(across * cell, down * cell));
  for (std::size_t i = 0; i < matrices.size(); ++i)
    draw(matrices[i], static_cast<int>(i % across * cell), static_cast<int>(i / across * cell),
         module_pixels, picture);
  return png_bytes(picture);
}

}  // namespace quarrymark::print
