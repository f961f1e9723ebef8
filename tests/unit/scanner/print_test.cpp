#include "scanner/print/print.h"

#include "scanner/code/code.h"
#include "tests/unit/scanner/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <regex>

namespace quarrymark::print {
namespace {

using testing::HasSubstr;

constexpr const char* kLongestHost = "ABCDEFGHIJKLMNOPQRSTUVW.ORG";

std::vector<std::string> contents_of(const std::vector<std::uint8_t>& png) {
  const auto found = code::read_codes(png, "printed");
  EXPECT_TRUE(found) << (found ? "" : to_string(found.error()));
  std::vector<std::string> contents;
  if (found)
    for (const code::CodeFound& code : *found) contents.push_back(code.content);
  return contents;
}

std::vector<std::string> texts_of(const std::vector<label::Label>& labels) {
  std::vector<std::string> texts;
  for (const label::Label& label : labels) texts.push_back(samples::text_of(label));
  return texts;
}

TEST(EncodeQr, NeedsVersionFourOrFiveForEveryHostLength) {
  for (std::size_t size = 1; size <= label::kMaxHostSize; ++size) {
    const auto matrix =
        code::encode_qr(samples::text_of(samples::label(1, std::string(size, 'A'))));
    ASSERT_TRUE(matrix);
    EXPECT_EQ(matrix->version(), size <= 13 ? 4 : 5) << "host of " << size;
  }
}

TEST(EncodeQr, WouldNeedVersionSixForALongerHost) {
  const std::string longest = samples::text_of(samples::label(1, kLongestHost));
  EXPECT_EQ(longest.size(), 64u);
  EXPECT_EQ(code::encode_qr(longest).value().version(), 5);
  EXPECT_EQ(code::encode_qr(longest + "A").value().version(), 6);
}

// Level and mode are what keeps a damaged label readable; both can be read off the symbol.
TEST(EncodeQr, UsesLevelH) {
  // Format information beside the top left finder: its first two bits, masked with 10, are the
  // level; H is 10 (ISO/IEC 18004, 7.9).
  const auto matrix = code::encode_qr(samples::text_of(samples::label(1))).value();
  EXPECT_FALSE(matrix.dark(0, 8));
  EXPECT_FALSE(matrix.dark(1, 8));
}

TEST(EncodeQr, UsesTheAlphanumericMode) {
  // In byte mode 64 characters would need version 7 at level H.
  EXPECT_EQ(code::encode_qr(std::string(64, 'a')).value().version(), 7);
}

TEST(EncodeQr, RefusesWhatNoCodeHolds) {
  const auto expect_refused = [](const std::string& text, Errc code) {
    const auto matrix = code::encode_qr(text);
    ASSERT_FALSE(matrix);
    EXPECT_EQ(matrix.error().code, code);
  };
  expect_refused("", Errc::kInvalidArgument);
  expect_refused("\xff\xfe", Errc::kInvalidArgument);
  expect_refused(std::string(5'000, 'A'), Errc::kTooLarge);
}

TEST(LabelPng, IsReadBackAtEveryModuleSize) {
  for (const int module_pixels : {2, 3, 4, 8, 13, 20}) {
    for (const char* host : {"A", "TRACE.EXAMPLE.ORG", kLongestHost}) {
      const label::Label label = samples::label(11, host);
      const auto png = label_png(label, module_pixels);
      ASSERT_TRUE(png) << to_string(png.error());
      EXPECT_EQ(contents_of(*png), texts_of({label})) << module_pixels << " pixels, " << host;
    }
  }
}

TEST(LabelPng, HasAQuietZoneOfFourModules) {
  const auto picture = code::decode_picture(label_png(samples::label(1), 5).value(), "p").value();
  EXPECT_EQ(picture.width, (37 + 8) * 5);
  EXPECT_EQ(picture.height, picture.width);
  for (int i = 0; i < picture.width; ++i)
    for (int j = 0; j < 20; ++j) {
      ASSERT_EQ(picture.at(i, j), 255);
      ASSERT_EQ(picture.at(j, i), 255);
      ASSERT_EQ(picture.at(i, picture.height - 1 - j), 255);
      ASSERT_EQ(picture.at(picture.width - 1 - j, i), 255);
    }
  EXPECT_EQ(picture.at(20, 20), 0);
  EXPECT_EQ(picture.at(picture.width - 21, 20), 0);
  EXPECT_EQ(picture.at(20, picture.height - 21), 0);
}

TEST(LabelPng, SaysWhereTheCodeIs) {
  const auto found = code::read_codes(label_png(samples::label(1), 10).value(), "p").value();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].symbology, code::Symbology::kQr);
  EXPECT_EQ(found[0].pass, "original");
  const int near = kQuietZone * 10, far = (kQuietZone + 37) * 10;
  const std::array<code::Corner, 4> expected = {
      {{near, near}, {far, near}, {far, far}, {near, far}}};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(found[0].corners[i].x, expected[i].x, 10);
    EXPECT_NEAR(found[0].corners[i].y, expected[i].y, 10);
  }
}

TEST(LabelPng, RefusesWrongModuleSizesAndLabels) {
  for (const int module_pixels : {-1, 0, 101, 1 << 30}) {
    const auto png = label_png(samples::label(1), module_pixels);
    ASSERT_FALSE(png);
    EXPECT_THAT(png.error().message, HasSubstr("expected 1 to 100 pixels"));
  }
  label::Label wrong = samples::label(1);
  wrong.host = "lower.case";
  EXPECT_FALSE(label_png(wrong));
  EXPECT_FALSE(label_svg(wrong));
  EXPECT_FALSE(label_svg(samples::label(1), 0));
}

TEST(SheetPng, OfTwentyLabelsIsReadCompletelyAndInOrder) {
  const auto labels = samples::labels(20);
  const auto png = sheet_png(labels);
  ASSERT_TRUE(png) << to_string(png.error());
  EXPECT_EQ(contents_of(*png), texts_of(labels));
}

// Finder patterns of neighbours form better triples than those of one code, so that the
// library by itself reads two of four labels in a square and one of twenty.
TEST(SheetPng, OfAnyShapeIsReadCompletely) {
  for (const int columns : {1, 2, 3, 5, 8})
    for (const int count : {2, 4, 9, 18, 40}) {
      const auto labels = samples::labels(count);
      EXPECT_EQ(contents_of(sheet_png(labels, columns, 3).value()), texts_of(labels))
          << count << " labels in " << columns << " columns";
    }
}

TEST(SheetPng, OfLabelsOfBothSizesIsReadCompletely) {
  std::vector<label::Label> labels;
  for (std::uint64_t i = 0; i < 7; ++i)
    labels.push_back(samples::label(i, i % 2 ? "A.NL" : kLongestHost));
  EXPECT_THAT(contents_of(sheet_png(labels, 3, 4).value()),
              testing::UnorderedElementsAreArray(texts_of(labels)));
}

TEST(SheetPng, ShowsTheSameLabelTwiceWhenItIsThereTwice) {
  const label::Label label = samples::label(5);
  EXPECT_EQ(contents_of(sheet_png(std::vector{label, label}).value()), texts_of({label, label}));
}

TEST(SheetPng, RefusesNothingNoColumnsAndTooMuch) {
  EXPECT_FALSE(sheet_png({}));
  EXPECT_FALSE(sheet_png(samples::labels(2), 0));
  EXPECT_FALSE(sheet_png(samples::labels(2), -3));
  auto labels = samples::labels(3);
  labels[1].serial.clear();
  EXPECT_FALSE(sheet_png(labels));

  const auto too_large = sheet_png(samples::labels(40), 4, 100);
  ASSERT_FALSE(too_large);
  EXPECT_EQ(too_large.error().code, Errc::kTooLarge);
  EXPECT_THAT(too_large.error().message, HasSubstr("fewer labels"));
}

// Draws the rectangles of the SVG's path the way a viewer would.
code::GrayPicture drawn(const std::string& svg, int pixels) {
  std::smatch box;
  EXPECT_TRUE(std::regex_search(svg, box, std::regex("viewBox=\"0 0 (\\d+) (\\d+)\"")));
  const int width = std::stoi(box[1]), height = std::stoi(box[2]);
  code::GrayPicture picture{width * pixels, height * pixels, {}};
  picture.pixels.assign(static_cast<std::size_t>(picture.width * picture.height), 255);
  const std::regex run("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");
  for (std::sregex_iterator it(svg.begin(), svg.end(), run), end; it != end; ++it) {
    EXPECT_EQ((*it)[3], (*it)[4]);
    const int x = std::stoi((*it)[1]), y = std::stoi((*it)[2]), n = std::stoi((*it)[3]);
    for (int v = y * pixels; v < (y + 1) * pixels; ++v)
      for (int u = x * pixels; u < (x + n) * pixels; ++u)
        picture.pixels[static_cast<std::size_t>(v * picture.width + u)] = 0;
  }
  return picture;
}

TEST(LabelSvg, DrawsTheCodeAndNamesItInGroupsOfFour) {
  for (const char* host : {"A", "TRACE.EXAMPLE.ORG", kLongestHost}) {
    const label::Label label = samples::label(21, host);
    const std::string svg = label_svg(label, 6).value();
    const auto found = code::read_codes(drawn(svg, 6)).value();
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].content, samples::text_of(label));
    EXPECT_THAT(svg, HasSubstr(">" + label::in_groups_of_four(label.item) + "</text>"));
    EXPECT_THAT(svg, HasSubstr(">" + label::in_groups_of_four(label.serial) + "</text>"));
  }
}

TEST(LabelSvg, IsTheSameBytesEveryTime) {
  EXPECT_EQ(label_svg(samples::label(1)).value(), label_svg(samples::label(1)).value());
  EXPECT_EQ(label_png(samples::label(1)).value(), label_png(samples::label(1)).value());
}

RC_GTEST_PROP(Label, IsReadBackFromItsPrintAndParses, (std::uint64_t seed)) {
  const label::Label label = samples::label(seed);
  const auto found = code::read_codes(label_png(label, 3).value(), "printed").value();
  RC_ASSERT(found.size() == 1u);
  RC_ASSERT(label::parse_label(found[0].content).value() == label);
}

}  // namespace
}  // namespace quarrymark::print
