// Pictures from files: PNG or JPEG bytes become gray pixels.
//
// Place in the flow: the first step of reading codes. Files come from strangers, so every
// limit is checked against what the file claims before memory is taken for it, and what kind
// of file it is follows from its first bytes, never from its name.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace quarrymark::code {

inline constexpr std::size_t kMaxPictureFileSize = 64u << 20;  // bytes
inline constexpr std::uint64_t kMaxPicturePixels = 64'000'000;
inline constexpr std::uint32_t kMaxPictureSide = 20'000;  // pixels

// Row by row from the top left, 0 black to 255 white.
struct GrayPicture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;

  std::uint8_t at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                  static_cast<std::size_t>(x)];
  }
};

// Decodes PNG or JPEG; transparent parts become white. `name` stands in messages only.
// kTooLarge beyond the limits above; kMalformed for other kinds of files and for truncated or
// damaged ones: half a picture could hide a code, so it is not read as if it were whole.
Result<GrayPicture> decode_picture(ByteSpan file, const std::string& name);

// The bytes of a file, never more than kMaxPictureFileSize: kNotFound, kIo, kTooLarge.
Result<std::vector<std::uint8_t>> load_picture_file(const std::string& path);

}  // namespace quarrymark::code
