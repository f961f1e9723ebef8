#include "scanner/code/filters.h"

#include "tests/unit/scanner/samples.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace quarrymark::code {
namespace {

GrayPicture flat(int width, int height, std::uint8_t value) {
  return {width, height,
          std::vector<std::uint8_t>(static_cast<std::size_t>(width * height), value)};
}

// The definition, pixel by pixel, as the oracle for the running sums.
std::uint8_t mean_around(const GrayPicture& picture, int x, int y, int radius) {
  int sum = 0, count = 0;
  for (int v = std::max(0, y - radius); v <= std::min(picture.height - 1, y + radius); ++v)
    for (int u = std::max(0, x - radius); u <= std::min(picture.width - 1, x + radius); ++u) {
      sum += picture.at(u, v);
      ++count;
    }
  return static_cast<std::uint8_t>((sum + count / 2) / count);
}

TEST(BoxMean, IsTheMeanOfTheNeighbourhoodAlsoAtTheEdges) {
  for (const auto& [width, height] : {std::pair{17, 11}, {1, 1}, {1, 9}, {9, 1}, {2, 3}}) {
    const GrayPicture picture = samples::noise(width, height, 5);
    for (const int radius : {0, 1, 2, 5, 40}) {
      const GrayPicture mean = box_mean(picture, radius);
      for (int y = 0; y < height; ++y)
        for (int x = 0; x < width; ++x)
          ASSERT_EQ(mean.at(x, y), mean_around(picture, x, y, radius))
              << width << "x" << height << " radius " << radius << " at " << x << "," << y;
    }
  }
}

TEST(Normalised, StretchesAFaintPatternAndLeavesAFlatPictureFlat) {
  GrayPicture faint = flat(64, 64, 120);
  for (int y = 0; y < 64; ++y)
    for (int x = 0; x < 64; ++x)
      if ((x / 4 + y / 4) % 2) faint.pixels[static_cast<std::size_t>(y * 64 + x)] = 126;
  const GrayPicture strong = normalised(faint);
  EXPECT_LT(*std::min_element(strong.pixels.begin(), strong.pixels.end()), 20);
  EXPECT_GT(*std::max_element(strong.pixels.begin(), strong.pixels.end()), 235);

  const GrayPicture still_flat = normalised(flat(64, 64, 120));
  EXPECT_EQ(still_flat.pixels, flat(64, 64, 128).pixels);
}

TEST(HalfSize, AveragesSquaresOfFourPixels) {
  const GrayPicture picture{3, 2, {0, 10, 99, 20, 30, 99}};
  const GrayPicture half = half_size(picture);
  EXPECT_EQ(half.width, 1);
  EXPECT_EQ(half.height, 1);
  EXPECT_EQ(half.pixels, std::vector<std::uint8_t>{15});
}

TEST(Filters, KeepTheirShapeOnTheSmallestPictures) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1, 2}, {2, 1}, {3, 1}, {1, 200}}) {
    const GrayPicture picture = samples::noise(width, height, 9);
    EXPECT_EQ(normalised(picture).pixels.size(), picture.pixels.size());
    EXPECT_EQ(sharpened(picture).pixels.size(), picture.pixels.size());
    const GrayPicture half = half_size(picture);
    EXPECT_EQ(half.pixels.size(), static_cast<std::size_t>(half.width * half.height));
    EXPECT_GE(half.width, 1);
    EXPECT_GE(half.height, 1);
  }
}

TEST(Sharpened, MakesAnEdgeSteeperWithoutOverflow) {
  GrayPicture edge = flat(20, 5, 60);
  for (int y = 0; y < 5; ++y)
    for (int x = 10; x < 20; ++x) edge.pixels[static_cast<std::size_t>(y * 20 + x)] = 200;
  const GrayPicture steep = sharpened(edge);
  EXPECT_LT(steep.at(9, 2), 60);
  EXPECT_GT(steep.at(10, 2), 200);
  EXPECT_EQ(steep.at(0, 2), 60);
  EXPECT_EQ(steep.at(19, 2), 200);
}

}  // namespace
}  // namespace quarrymark::code
