// Pictures of labels from anybody: decoded whole or refused, within the limits.
#include "scanner/code/picture.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const auto picture = code::decode_picture({data, size}, "picture");
  if (picture)
    QM_CHECK(picture->pixels.size() == static_cast<std::size_t>(picture->width) *
                                           static_cast<std::size_t>(picture->height),
             "every pixel is there");
  return 0;
}
