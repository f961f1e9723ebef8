#include "scanner/code/code.h"
#include "scanner/code/filters.h"
#include "scanner/print/print.h"
#include "tests/unit/scanner/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

namespace quarrymark::code {
namespace {

GrayPicture printed(const std::vector<label::Label>& labels, int module_pixels = 6) {
  return decode_picture(print::sheet_png(labels, 4, module_pixels).value(), "printed").value();
}

// Squeezes the whole range of grays around a middle one.
GrayPicture faint(GrayPicture picture, int range) {
  for (auto& pixel : picture.pixels) pixel = static_cast<std::uint8_t>(120 + pixel * range / 255);
  return picture;
}

GrayPicture turned(const GrayPicture& picture, double degrees) {
  GrayPicture out{picture.width * 3 / 2, picture.height * 3 / 2, {}};
  const double angle = degrees * 3.14159265358979 / 180;
  for (int y = 0; y < out.height; ++y)
    for (int x = 0; x < out.width; ++x) {
      const double dx = x - out.width / 2.0, dy = y - out.height / 2.0;
      const int u = static_cast<int>(
          std::lround(picture.width / 2.0 + dx * std::cos(angle) + dy * std::sin(angle)));
      const int v = static_cast<int>(
          std::lround(picture.height / 2.0 - dx * std::sin(angle) + dy * std::cos(angle)));
      const bool inside = u >= 0 && v >= 0 && u < picture.width && v < picture.height;
      out.pixels.push_back(inside ? picture.at(u, v) : 255);
    }
  return out;
}

std::string only_content(const GrayPicture& picture) {
  const auto found = read_codes(picture);
  EXPECT_TRUE(found);
  return found && found->size() == 1 ? found->front().content : "";
}

TEST(ReadCodes, FindsNothingInPicturesWithoutACode) {
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const auto found = read_codes(samples::noise(320, 240, seed));
    ASSERT_TRUE(found);
    EXPECT_TRUE(found->empty()) << "noise " << seed << ": " << found->front().content;
    // Smoothed noise looks more like the grain of stone.
    const auto grain = read_codes(normalised(box_mean(samples::noise(320, 240, seed), 2)));
    ASSERT_TRUE(grain);
    EXPECT_TRUE(grain->empty()) << "grain " << seed << ": " << grain->front().content;
  }
  for (const auto& [width, height] :
       {std::pair{400, 300}, {1, 1}, {1, 300}, {300, 1}, {2, 2}, {19, 19}}) {
    const auto found = read_codes(samples::gradient(width, height));
    ASSERT_TRUE(found) << width << "x" << height << ": " << to_string(found.error());
    EXPECT_TRUE(found->empty());
  }
}

TEST(ReadCodes, FindsNothingWhereTheCodeIsCutInHalf) {
  GrayPicture picture = printed({samples::label(1)});
  picture.height /= 2;
  picture.pixels.resize(static_cast<std::size_t>(picture.width * picture.height));
  const auto found = read_codes(picture);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());
}

TEST(ReadCodes, RefusesAPictureWhosePixelsDoNotFitItsSize) {
  for (const GrayPicture& picture :
       {GrayPicture{}, GrayPicture{10, 10, std::vector<std::uint8_t>(99)}, GrayPicture{-1, -1, {0}},
        GrayPicture{0, 5, {}}}) {
    const auto found = read_codes(picture);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, Errc::kInvalidArgument);
  }
}

TEST(ReadCodes, ReadsSeveralLabelsInOneJpeg) {
  const auto labels = samples::labels(4);
  const auto found = read_codes(samples::jpeg_of(printed(labels)), "photo");
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ((*found)[i].content, samples::text_of(labels[i]));
}

TEST(ReadCodes, ReadsATurnedLabel) {
  const label::Label label = samples::label(2);
  for (const double degrees : {5.0, 30.0, 90.0, 135.0, 180.0, 290.0})
    EXPECT_EQ(only_content(turned(printed({label}), degrees)), samples::text_of(label)) << degrees;
}

TEST(ReadCodes, ReadsEveryLabelOfATurnedSheet) {
  const auto labels = samples::labels(12);
  const auto found = read_codes(turned(printed(labels, 4), 12));
  ASSERT_TRUE(found);
  std::vector<std::string> contents, expected;
  for (const CodeFound& code : *found) contents.push_back(code.content);
  for (const label::Label& label : labels) expected.push_back(samples::text_of(label));
  EXPECT_THAT(contents, testing::UnorderedElementsAreArray(expected));
}

TEST(ReadCodes, ReadsAFaintLabelByALaterPass) {
  const label::Label label = samples::label(3);
  const auto found = read_codes(faint(printed({label}), 20));
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().content, samples::text_of(label));
  EXPECT_NE(found->front().pass, "original");
}

TEST(ReadCodes, ReadsALabelWithALostCorner) {
  // Level H: 30 % of the code words may be wrong. The bottom right corner has no finder.
  const label::Label label = samples::label(4);
  GrayPicture picture = printed({label});
  const int from = picture.width * 66 / 100;
  for (int y = from; y < picture.height; ++y)
    for (int x = from; x < picture.width; ++x)
      picture.pixels[static_cast<std::size_t>(y * picture.width + x)] = 255;
  EXPECT_EQ(only_content(picture), samples::text_of(label));
}

TEST(ReadCodes, ReportsAStrangersAddressAsText) {
  const std::string address = "https://example.org/login?next=1";
  const BitMatrix matrix = encode_qr(address).value();
  GrayPicture picture{(matrix.side() + 8) * 4, (matrix.side() + 8) * 4, {}};
  for (int y = 0; y < picture.height; ++y)
    for (int x = 0; x < picture.width; ++x) {
      const int u = x / 4 - 4, v = y / 4 - 4;
      const bool inside = u >= 0 && v >= 0 && u < matrix.side() && v < matrix.side();
      picture.pixels.push_back(inside && matrix.dark(u, v) ? 0 : 255);
    }
  EXPECT_EQ(only_content(picture), address);
  EXPECT_FALSE(label::parse_label(address));
}

TEST(PassNames, AreDistinctAndStartWithTheOriginal) {
  const auto names = pass_names();
  EXPECT_THAT(names, testing::ElementsAre("original", "normalised", "global_threshold", "half_size",
                                          "blurred", "sharpened", "windows"));
}

}  // namespace
}  // namespace quarrymark::code
