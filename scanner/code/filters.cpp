#include "scanner/code/filters.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace quarrymark::code {
namespace {

constexpr int kMiddleGray = 128;

GrayPicture same_shape(const GrayPicture& picture) {
  return {picture.width, picture.height, std::vector<std::uint8_t>(picture.pixels.size())};
}

std::uint8_t clamped(int value) { return static_cast<std::uint8_t>(std::clamp(value, 0, 255)); }

// The size of deviation that all but one pixel in two hundred stay below; at least 1.
int usual_deviation(const GrayPicture& picture, const GrayPicture& mean) {
  std::array<std::size_t, 256> counts{};
  for (std::size_t i = 0; i < picture.pixels.size(); ++i)
    ++counts[static_cast<std::size_t>(std::abs(picture.pixels[i] - mean.pixels[i]))];
  std::size_t beyond = 0;
  for (int size = 255; size > 1; --size) {
    beyond += counts[static_cast<std::size_t>(size)];
    if (beyond > picture.pixels.size() / 200) return size;
  }
  return 1;
}

}  // namespace

GrayPicture box_mean(const GrayPicture& picture, int radius) {
  GrayPicture out = same_shape(picture);
  const int w = picture.width, h = picture.height;
  // Running sums: of each column over the rows in reach, then along the row over the columns in
  // reach. The cost per pixel does not depend on the radius.
  std::vector<std::uint32_t> columns(static_cast<std::size_t>(w), 0);
  const auto add_row = [&](int y, bool entering) {
    for (int x = 0; x < w; ++x) {
      auto& sum = columns[static_cast<std::size_t>(x)];
      sum = entering ? sum + picture.at(x, y) : sum - picture.at(x, y);
    }
  };
  for (int y = 0; y < std::min(radius, h); ++y) add_row(y, true);
  for (int y = 0; y < h; ++y) {
    if (y + radius < h) add_row(y + radius, true);
    if (y - radius - 1 >= 0) add_row(y - radius - 1, false);
    const int rows = std::min(y + radius, h - 1) - std::max(y - radius, 0) + 1;
    std::uint64_t sum = 0;
    for (int x = 0; x < std::min(radius, w); ++x) sum += columns[static_cast<std::size_t>(x)];
    for (int x = 0; x < w; ++x) {
      if (x + radius < w) sum += columns[static_cast<std::size_t>(x + radius)];
      if (x - radius - 1 >= 0) sum -= columns[static_cast<std::size_t>(x - radius - 1)];
      const int cols = std::min(x + radius, w - 1) - std::max(x - radius, 0) + 1;
      const auto area = static_cast<std::uint64_t>(rows) * static_cast<std::uint64_t>(cols);
      out.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(w) +
                 static_cast<std::size_t>(x)] = static_cast<std::uint8_t>((sum + area / 2) / area);
    }
  }
  return out;
}

GrayPicture normalised(const GrayPicture& picture) {
  // The neighbourhood must be larger than a finder pattern, or its own middle is taken away;
  // a code that fills a tenth of the picture has such patterns of one fiftieth.
  const int radius = std::max(8, std::min(picture.width, picture.height) / 16);
  GrayPicture out = box_mean(picture, radius);
  const int usual = usual_deviation(picture, out);
  for (std::size_t i = 0; i < out.pixels.size(); ++i)
    out.pixels[i] =
        clamped(kMiddleGray + (picture.pixels[i] - out.pixels[i]) * (kMiddleGray - 1) / usual);
  return out;
}

GrayPicture half_size(const GrayPicture& picture) {
  GrayPicture out;
  out.width = std::max(1, picture.width / 2);
  out.height = std::max(1, picture.height / 2);
  out.pixels.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
  for (int y = 0; y < out.height; ++y) {
    const int below = std::min(2 * y + 1, picture.height - 1);
    for (int x = 0; x < out.width; ++x) {
      const int right = std::min(2 * x + 1, picture.width - 1);
      const int sum = picture.at(2 * x, 2 * y) + picture.at(right, 2 * y) +
                      picture.at(2 * x, below) + picture.at(right, below);
      out.pixels.push_back(static_cast<std::uint8_t>((sum + 2) / 4));
    }
  }
  return out;
}

GrayPicture sharpened(const GrayPicture& picture) {
  constexpr int kRadius = 2;
  constexpr int kStrength = 2;
  GrayPicture out = box_mean(picture, kRadius);
  for (std::size_t i = 0; i < out.pixels.size(); ++i)
    out.pixels[i] = clamped(picture.pixels[i] + kStrength * (picture.pixels[i] - out.pixels[i]));
  return out;
}

}  // namespace quarrymark::code
