// Tiles and entry bundles from anybody's server. The first byte says how many parts are expected.
#include "ledger/tiles/bundle.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  if (size == 0) return 0;
  const std::size_t count = std::size_t{data[0]} + 1;
  const std::string_view bytes(reinterpret_cast<const char*>(data + 1), size - 1);
  if (const auto entries = tiles::parse_bundle(bytes, count)) {
    std::string again;
    for (const std::string_view entry : *entries)
      QM_CHECK(tiles::append_entry(again, entry), "what was read can be written");
    QM_CHECK(again == bytes, "a bundle has one spelling");
  }
  static_cast<void>(tiles::parse_bundle(bytes, count, true));
  if (const auto hashes = tiles::parse_tile(bytes, count))
    QM_CHECK(tiles::write_tile(*hashes) == bytes, "a tile has one spelling");
  static_cast<void>(tiles::parse_tile(bytes, count, true));
  return 0;
}
