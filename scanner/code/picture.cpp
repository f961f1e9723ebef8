#include "scanner/code/picture.h"

#include "ledger/base/text.h"

#include <png.h>
#include <turbojpeg.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <new>
#include <system_error>

namespace quarrymark::code {
namespace {

constexpr std::array<std::uint8_t, 8> kPngMagic = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
constexpr std::array<std::uint8_t, 3> kJpegMagic = {0xff, 0xd8, 0xff};

template <std::size_t N>
bool starts_with(ByteSpan file, const std::array<std::uint8_t, N>& magic) {
  return file.size() >= N && std::equal(magic.begin(), magic.end(), file.begin());
}

Status check_size(std::uint64_t width, std::uint64_t height, const std::string& name) {
  if (width == 0 || height == 0) return fail(Errc::kMalformed, "the picture is empty", name);
  if (width > kMaxPictureSide || height > kMaxPictureSide)
    return fail(Errc::kTooLarge,
                cat("the picture is ", width, " x ", height, " pixels, expected at most ",
                    kMaxPictureSide, " on each side"),
                name);
  if (width * height > kMaxPicturePixels)
    return fail(Errc::kTooLarge,
                cat("the picture is ", width, " x ", height, " = ", width * height,
                    " pixels, expected at most ", kMaxPicturePixels),
                name);
  return {};
}

Result<GrayPicture> blank_picture(std::uint64_t width, std::uint64_t height,
                                  const std::string& name) {
  QM_TRY_VOID(check_size(width, height, name));
  GrayPicture picture;
  picture.width = static_cast<int>(width);
  picture.height = static_cast<int>(height);
  try {
    picture.pixels.resize(width * height);
  } catch (const std::bad_alloc&) {
    return fail(Errc::kResourceExhausted, "not enough memory for the picture", name);
  }
  return picture;
}

struct PngImage {
  png_image image{};
  PngImage() { image.version = PNG_IMAGE_VERSION; }
  PngImage(const PngImage&) = delete;
  PngImage& operator=(const PngImage&) = delete;
  ~PngImage() { png_image_free(&image); }
};

tl::unexpected<Error> damaged_png(const PngImage& png, const std::string& name) {
  return fail(Errc::kMalformed, cat("the PNG picture is damaged or cut off: ", png.image.message),
              name);
}

Result<GrayPicture> decode_png(ByteSpan file, const std::string& name) {
  PngImage png;
  if (!png_image_begin_read_from_memory(&png.image, file.data(), file.size()))
    return damaged_png(png, name);
  QM_TRY(GrayPicture picture, blank_picture(png.image.width, png.image.height, name));
  png.image.format = PNG_FORMAT_GRAY;
  const png_color white = {255, 255, 255};
  if (!png_image_finish_read(&png.image, &white, picture.pixels.data(), 0, nullptr))
    return damaged_png(png, name);
  return picture;
}

struct CloseDecoder {
  void operator()(void* decoder) const { tjDestroy(decoder); }
};

tl::unexpected<Error> damaged_jpeg(tjhandle decoder, const std::string& name) {
  return fail(Errc::kMalformed,
              cat("the JPEG picture is damaged or cut off: ", tjGetErrorStr2(decoder)), name);
}

Result<GrayPicture> decode_jpeg(ByteSpan file, const std::string& name) {
  const std::unique_ptr<void, CloseDecoder> decoder(tjInitDecompress());
  if (!decoder) return fail(Errc::kResourceExhausted, "the JPEG decoder did not start", name);
  int width = 0, height = 0, sampling = 0, colours = 0;
  if (tjDecompressHeader3(decoder.get(), file.data(), file.size(), &width, &height, &sampling,
                          &colours) != 0)
    return damaged_jpeg(decoder.get(), name);
  if (colours == TJCS_CMYK || colours == TJCS_YCCK)
    return fail(Errc::kInvalidArgument,
                "the JPEG picture is in print colours (CMYK), expected RGB or gray", name);
  QM_TRY(GrayPicture picture, blank_picture(static_cast<std::uint64_t>(width),
                                            static_cast<std::uint64_t>(height), name));
  // A warning (also returned as non-zero) means that some of the pixels were made up. The scan
  // limit stops small files that would take minutes.
  if (tjDecompress2(decoder.get(), file.data(), file.size(), picture.pixels.data(), width, 0,
                    height, TJPF_GRAY, TJFLAG_LIMITSCANS) != 0)
    return damaged_jpeg(decoder.get(), name);
  return picture;
}

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

Result<GrayPicture> decode_picture(ByteSpan file, const std::string& name) {
  if (file.empty())
    return fail(Errc::kMalformed, "expected a PNG or JPEG picture, got nothing", name);
  if (file.size() > kMaxPictureFileSize)
    return fail(
        Errc::kTooLarge,
        cat("the picture has ", file.size(), " bytes, expected at most ", kMaxPictureFileSize),
        name);
  if (starts_with(file, kPngMagic)) return decode_png(file, name);
  if (starts_with(file, kJpegMagic)) return decode_jpeg(file, name);
  return fail(Errc::kMalformed, "expected a PNG or JPEG picture, got another kind of file", name);
}

Result<std::vector<std::uint8_t>> load_picture_file(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    return fail(Errc::kInvalidArgument, "expected a picture, got a directory", path);
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file)
    return fail(errno == ENOENT ? Errc::kNotFound : Errc::kIo,
                cat("cannot open the picture: ", std::strerror(errno)), path);
  std::vector<std::uint8_t> bytes;
  std::vector<std::uint8_t> chunk(64u << 10);
  // Counted while reading: the size that the file system states means nothing for a pipe.
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), file.get())) {
    if (bytes.size() + got > kMaxPictureFileSize)
      return fail(Errc::kTooLarge,
                  cat("the picture is larger than ", kMaxPictureFileSize, " bytes"), path);
    bytes.insert(bytes.end(), chunk.begin(), chunk.begin() + static_cast<std::ptrdiff_t>(got));
  }
  if (std::ferror(file.get())) return fail(Errc::kIo, "cannot read the picture", path);
  return bytes;
}

}  // namespace quarrymark::code
