#include "scanner/code/picture.h"

#include "scanner/code/code.h"
#include "scanner/print/print.h"
#include "tests/unit/scanner/samples.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>
#include <rapidcheck/gtest.h>
#include <turbojpeg.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <unistd.h>
#include <zlib.h>

namespace quarrymark::code {
namespace {

using testing::AnyOf;
using testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

void expect_refused(const Bytes& file, Errc code, const std::string& why) {
  const auto picture = decode_picture(file, "photo.png");
  ASSERT_FALSE(picture);
  EXPECT_EQ(picture.error().code, code) << to_string(picture.error());
  EXPECT_THAT(to_string(picture.error()), HasSubstr(why));
  EXPECT_THAT(to_string(picture.error()), HasSubstr("photo.png"));
}

void append_number(Bytes& out, std::uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(value >> shift));
}

// A PNG that is right in every respect, except that next to no pixels follow.
Bytes png_claiming(std::uint32_t width, std::uint32_t height) {
  const auto chunk = [](Bytes& out, std::string_view type, const Bytes& content) {
    append_number(out, static_cast<std::uint32_t>(content.size()));
    Bytes covered = bytes(type);
    covered.insert(covered.end(), content.begin(), content.end());
    out.insert(out.end(), covered.begin(), covered.end());
    append_number(out, static_cast<std::uint32_t>(
                           crc32(0, covered.data(), static_cast<uInt>(covered.size()))));
  };
  Bytes out = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  Bytes header;
  append_number(header, width);
  append_number(header, height);
  header.insert(header.end(), {8, 0, 0, 0, 0});
  chunk(out, "IHDR", header);
  chunk(out, "IDAT", {0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01});
  chunk(out, "IEND", {});
  return out;
}

// The size of a JPEG stands in its frame header, behind the marker FF C0.
Bytes jpeg_claiming(std::uint16_t width, std::uint16_t height) {
  Bytes out = samples::jpeg_of(samples::gradient(64, 48));
  const Bytes marker = {0xff, 0xc0};
  const auto frame = std::search(out.begin(), out.end(), marker.begin(), marker.end());
  frame[5] = static_cast<std::uint8_t>(height >> 8);
  frame[6] = static_cast<std::uint8_t>(height);
  frame[7] = static_cast<std::uint8_t>(width >> 8);
  frame[8] = static_cast<std::uint8_t>(width);
  return out;
}

class TemporaryFile {
 public:
  explicit TemporaryFile(const Bytes& content, const std::string& name = "picture") {
    path_ = std::filesystem::temp_directory_path() /
            ("quarrymark-" + std::to_string(::getpid()) + "-" + name);
    std::ofstream(path_, std::ios::binary)
        .write(reinterpret_cast<const char*>(content.data()),
               static_cast<std::streamsize>(content.size()));
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(DecodePicture, ReadsPngPixelsExactly) {
  const GrayPicture picture = samples::noise(37, 23, 1);
  const auto back = decode_picture(samples::png_of(picture), "p");
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_EQ(back->width, 37);
  EXPECT_EQ(back->height, 23);
  EXPECT_EQ(back->pixels, picture.pixels);
}

TEST(DecodePicture, ReadsJpegPixelsNearly) {
  const GrayPicture picture = samples::gradient(64, 48);
  const auto back = decode_picture(samples::jpeg_of(picture), "p");
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_EQ(back->width, 64);
  EXPECT_EQ(back->height, 48);
  for (std::size_t i = 0; i < picture.pixels.size(); ++i)
    ASSERT_NEAR(back->pixels[i], picture.pixels[i], 8);
}

TEST(DecodePicture, MakesTransparentPartsWhite) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = 2;
  image.height = 1;
  image.format = PNG_FORMAT_GA;
  const Bytes pixels = {0, 0, 0, 255};  // transparent, then solid black
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  Bytes file(size);
  ASSERT_TRUE(png_image_write_to_memory(&image, file.data(), &size, 0, pixels.data(), 0, nullptr));
  file.resize(size);
  const auto picture = decode_picture(file, "p");
  ASSERT_TRUE(picture);
  EXPECT_EQ(picture->pixels, (Bytes{255, 0}));
}

TEST(DecodePicture, RefusesWhatIsNoPicture) {
  expect_refused({}, Errc::kMalformed, "got nothing");
  expect_refused(bytes("%PDF-1.7"), Errc::kMalformed, "another kind of file");
  expect_refused(bytes("GIF89a"), Errc::kMalformed, "another kind of file");
  expect_refused(bytes("\x89PNG"), Errc::kMalformed, "another kind of file");
  expect_refused(Bytes(1000, 0), Errc::kMalformed, "another kind of file");
  expect_refused({0xff, 0xd8}, Errc::kMalformed, "another kind of file");
}

TEST(DecodePicture, RefusesLyingSizesBeforeTakingMemory) {
  expect_refused(png_claiming(60'000, 60'000), Errc::kTooLarge, "60000 x 60000");
  expect_refused(png_claiming(20'001, 1), Errc::kTooLarge, "at most 20000 on each side");
  expect_refused(png_claiming(1, 20'001), Errc::kTooLarge, "at most 20000 on each side");
  expect_refused(png_claiming(8'001, 8'000), Errc::kTooLarge, "at most 64000000");
  expect_refused(png_claiming(0x7fffffff, 0x7fffffff), Errc::kMalformed, "damaged");
  expect_refused(png_claiming(0, 5), Errc::kMalformed, "damaged");
  expect_refused(jpeg_claiming(60'000, 60'000), Errc::kTooLarge, "60000 x 60000");
  expect_refused(jpeg_claiming(0, 40), Errc::kMalformed, "damaged");
}

TEST(DecodePicture, RefusesPicturesWithFewerPixelsThanTheyClaim) {
  expect_refused(png_claiming(100, 100), Errc::kMalformed, "damaged or cut off");
  expect_refused(jpeg_claiming(64, 4'000), Errc::kMalformed, "damaged or cut off");
}

TEST(DecodePicture, RefusesFilesBeyondTheSizeLimit) {
  Bytes file = samples::png_of(samples::gradient(10, 10));
  file.resize(kMaxPictureFileSize + 1);
  expect_refused(file, Errc::kTooLarge, "expected at most 67108864");
}

TEST(DecodePicture, RefusesPrintColours) {
  const tjhandle encoder = tjInitCompress();
  const Bytes pixels(4 * 16 * 16, 100);
  unsigned char* out = nullptr;
  unsigned long size = 0;
  ASSERT_EQ(
      tjCompress2(encoder, pixels.data(), 16, 0, 16, TJPF_CMYK, &out, &size, TJSAMP_444, 90, 0), 0);
  const Bytes file(out, out + size);
  tjFree(out);
  tjDestroy(encoder);
  expect_refused(file, Errc::kInvalidArgument, "CMYK");
}

// Wherever a file is cut, it is refused, unless all its pixels had arrived by then.
void expect_refused_wherever_cut(const Bytes& file) {
  const auto whole = decode_picture(file, "whole");
  ASSERT_TRUE(whole);
  std::size_t refused = 0;
  for (std::size_t size = 0; size < file.size(); ++size) {
    const auto picture = decode_picture(ByteSpan(file).first(size), "cut");
    if (picture)
      ASSERT_EQ(picture->pixels, whole->pixels) << "cut at " << size << " of " << file.size();
    else
      ++refused;
  }
  EXPECT_GE(refused, file.size() - 32);
}

TEST(DecodePicture, RefusesATruncatedPng) {
  expect_refused_wherever_cut(samples::png_of(samples::noise(40, 40, 3)));
  expect_refused_wherever_cut(print::label_png(samples::label(3), 2).value());
}

TEST(DecodePicture, RefusesATruncatedJpeg) {
  expect_refused_wherever_cut(samples::jpeg_of(samples::noise(40, 40, 3)));
}

TEST(DecodePicture, RefusesAPngWithOneChangedByteInItsPixels) {
  const Bytes file = samples::png_of(samples::noise(40, 40, 3));
  for (std::size_t at = 50; at < file.size() - 16; at += 7) {
    Bytes damaged = file;
    damaged[at] ^= 0x10;
    EXPECT_FALSE(decode_picture(damaged, "damaged")) << at;
  }
}

RC_GTEST_PROP(DecodePicture, SurvivesAnyBytesBehindTheMagic, (const Bytes& tail, bool png)) {
  Bytes file = png ? Bytes{0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'} : Bytes{0xff, 0xd8, 0xff};
  file.insert(file.end(), tail.begin(), tail.end());
  RC_ASSERT_FALSE(decode_picture(file, "any").has_value());
}

RC_GTEST_PROP(DecodePicture, SurvivesChangedBytes, (std::uint64_t seed, bool png)) {
  const GrayPicture picture = samples::noise(16, 16, 4);
  Bytes file = png ? samples::png_of(picture) : samples::jpeg_of(picture);
  Bytes places(8);
  samples::repeatable_random(seed)(places);
  for (std::size_t i = 0; i < places.size(); i += 2)
    file[places[i] * file.size() / 256] = places[i + 1];
  const auto back = decode_picture(file, "changed");
  if (back)
    RC_ASSERT(back->pixels.size() ==
              static_cast<std::size_t>(back->width) * static_cast<std::size_t>(back->height));
}

TEST(LoadPictureFile, ReadsAFileWhateverItsName) {
  const TemporaryFile file(print::label_png(samples::label(4)).value(), "really-a-png.jpg");
  const auto found = read_codes_in_file(file.path());
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->size(), 1u);
  EXPECT_EQ(found->front().content, samples::text_of(samples::label(4)));
}

TEST(LoadPictureFile, SaysWhyAFileCannotBeRead) {
  const auto missing = read_codes_in_file("/nowhere/at/all.png");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, Errc::kNotFound);
  EXPECT_THAT(to_string(missing.error()), HasSubstr("/nowhere/at/all.png"));

  const auto directory = read_codes_in_file("/tmp");
  ASSERT_FALSE(directory);
  EXPECT_THAT(to_string(directory.error()), HasSubstr("got a directory"));

  const TemporaryFile text(bytes("just a note"));
  const auto no_picture = read_codes_in_file(text.path());
  ASSERT_FALSE(no_picture);
  EXPECT_THAT(to_string(no_picture.error()), HasSubstr("another kind of file"));
}

TEST(LoadPictureFile, StopsReadingAtTheLimit) {
  const auto endless = load_picture_file("/dev/zero");
  ASSERT_FALSE(endless);
  EXPECT_EQ(endless.error().code, Errc::kTooLarge);
}

}  // namespace
}  // namespace quarrymark::code
