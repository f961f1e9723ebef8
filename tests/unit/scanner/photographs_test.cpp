// Photographs taken by others, with the expected text beside each.
#include "scanner/code/code.h"

#include <gtest/gtest.h>

#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

namespace quarrymark::code {
namespace {

constexpr int kPhotographs = 20;

std::filesystem::path folder() {
  return std::filesystem::path(QUARRYMARK_VECTORS_DIR) / "qr-photos" / "qrcode-1";
}

std::string text_file(const std::filesystem::path& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

// What the library finds by itself, all settings at their defaults.
bool read_by_zxing_alone(const GrayPicture& picture, const std::string& expected) {
  const ZXing::ImageView view(picture.pixels.data(), picture.width, picture.height,
                              ZXing::ImageFormat::Lum);
  for (const ZXing::Result& result : ZXing::ReadBarcodes(view))
    if (result.isValid() && result.text() == expected) return true;
  return false;
}

TEST(Photographs, AreReadAtLeastAsOftenAsByTheLibraryAloneAndNeverWrongly) {
  if (!std::filesystem::exists(folder()))
    GTEST_SKIP() << "NOT TESTED: no photographs in " << folder();
  int read = 0, read_alone = 0;
  for (int number = 1; number <= kPhotographs; ++number) {
    const std::filesystem::path path = folder() / (std::to_string(number) + ".png");
    const std::string expected = text_file(folder() / (std::to_string(number) + ".txt"));
    const auto file = load_picture_file(path.string());
    ASSERT_TRUE(file) << to_string(file.error());
    const auto picture = decode_picture(*file, path.string());
    ASSERT_TRUE(picture) << to_string(picture.error());
    const bool alone = read_by_zxing_alone(*picture, expected);
    read_alone += alone;

    const auto found = read_codes(*picture);
    ASSERT_TRUE(found) << to_string(found.error());
    for (const CodeFound& code : *found) EXPECT_EQ(code.content, expected) << path;
    read += !found->empty();
    EXPECT_TRUE(!alone || !found->empty()) << path << " is read by the library alone";
    if (!found->empty() && !alone)
      std::cout << "photograph " << number << ": pass " << found->front().pass << "\n";
  }
  std::cout << "photographs read: " << read << " of " << kPhotographs << ", by the library alone "
            << read_alone << "\n";
  RecordProperty("read", read);
  EXPECT_GE(read, read_alone);
  EXPECT_GE(read, 16);
}

}  // namespace
}  // namespace quarrymark::code
