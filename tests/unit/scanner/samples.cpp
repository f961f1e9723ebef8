#include "tests/unit/scanner/samples.h"

#include <gtest/gtest.h>
#include <png.h>
#include <turbojpeg.h>

#include <memory>
#include <random>

namespace quarrymark::samples {

label::RandomSource repeatable_random(std::uint64_t seed) {
  auto engine = std::make_shared<std::mt19937_64>(seed);
  return [engine](std::span<std::uint8_t> out) {
    for (auto& byte : out) byte = static_cast<std::uint8_t>((*engine)() >> 32);
  };
}

label::Label label(std::uint64_t seed, const std::string& host) {
  const auto random = repeatable_random(seed);
  return {host, label::make_item_number(random), label::make_serial(random)};
}

std::vector<label::Label> labels(int count) {
  std::vector<label::Label> out;
  for (int i = 0; i < count; ++i) out.push_back(label(static_cast<std::uint64_t>(i) + 100));
  return out;
}

std::string text_of(const label::Label& label) {
  const auto text = label::write_label(label);
  EXPECT_TRUE(text) << (text ? "" : to_string(text.error()));
  return text.value_or("");
}

std::vector<std::uint8_t> png_of(const code::GrayPicture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(picture.width);
  image.height = static_cast<png_uint_32>(picture.height);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::vector<std::uint8_t> bytes(size);
  EXPECT_TRUE(
      png_image_write_to_memory(&image, bytes.data(), &size, 0, picture.pixels.data(), 0, nullptr));
  bytes.resize(size);
  return bytes;
}

std::vector<std::uint8_t> jpeg_of(const code::GrayPicture& picture) {
  const tjhandle encoder = tjInitCompress();
  unsigned char* out = nullptr;
  unsigned long size = 0;
  EXPECT_EQ(tjCompress2(encoder, picture.pixels.data(), picture.width, 0, picture.height, TJPF_GRAY,
                        &out, &size, TJSAMP_GRAY, 90, 0),
            0);
  std::vector<std::uint8_t> bytes(out, out + size);
  tjFree(out);
  tjDestroy(encoder);
  return bytes;
}

code::GrayPicture noise(int width, int height, std::uint64_t seed) {
  code::GrayPicture picture{width, height, {}};
  picture.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
  repeatable_random(seed)(picture.pixels);
  return picture;
}

code::GrayPicture gradient(int width, int height) {
  code::GrayPicture picture{width, height, {}};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      picture.pixels.push_back(static_cast<std::uint8_t>((x + y) * 255 / (width + height)));
  return picture;
}

}  // namespace quarrymark::samples
