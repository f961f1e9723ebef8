#include "ledger/note/tiles.h"

#include "ledger/base/text.h"
#include "ledger/note/lines.h"

#include <algorithm>

namespace quarrymark::note {
namespace {

constexpr std::string_view kPrefix = "tile/";
constexpr std::string_view kEntries = "entries";

tl::unexpected<Error> refuse(std::string_view path, std::string_view what) {
  return fail(Errc::kMalformed, cat("tile path ", quoted_for_message(path, 100), ": ", what));
}

// "x001/x234/067" → 1234067. Spelling is settled by the caller, who writes it again.
std::optional<std::uint64_t> parse_index(std::string_view text) {
  std::string digits;
  const auto groups = split(text, '/');
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::string_view group = groups[i];
    if (i + 1 < groups.size()) {
      if (!group.starts_with('x')) return std::nullopt;
      group.remove_prefix(1);
    }
    if (group.size() != 3) return std::nullopt;
    digits += group;
  }
  const std::size_t zeros = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return parse_decimal(std::string_view(digits).substr(zeros));
}

std::string write_index(std::uint64_t index) {
  std::string digits = std::to_string(index);
  digits.insert(0, (3 - digits.size() % 3) % 3, '0');
  std::string out;
  for (std::size_t at = 0; at < digits.size(); at += 3) {
    const bool last = at + 3 == digits.size();
    out += last ? "" : "x";
    out += digits.substr(at, 3);
    out += last ? "" : "/";
  }
  return out;
}

}  // namespace

Result<TilePath> parse_tile_path(std::string_view path) {
  if (!path.starts_with(kPrefix)) return refuse(path, "expected tile/ first");
  std::string_view rest = path.substr(kPrefix.size());
  const std::size_t slash = rest.find('/');
  if (slash == rest.npos) return refuse(path, "expected tile/<level>/<index>");

  TilePath tile;
  const std::string_view level = rest.substr(0, slash);
  rest.remove_prefix(slash + 1);
  if (level == kEntries) {
    tile.entries = true;
  } else {
    const auto number = parse_decimal(level);
    if (!number || *number > kMaxTileLevel)
      return refuse(path, cat("expected a level from 0 to ", kMaxTileLevel, " or entries"));
    tile.level = static_cast<unsigned>(*number);
  }
  if (const std::size_t partial = rest.find(".p/"); partial != rest.npos) {
    const auto width = parse_decimal(rest.substr(partial + 3));
    if (!width || *width == 0 || *width >= kTileWidth)
      return refuse(path, cat("expected a width from 1 to ", kTileWidth - 1));
    tile.width = static_cast<unsigned>(*width);
    rest = rest.substr(0, partial);
  }
  const auto index = parse_index(rest);
  if (!index) return refuse(path, "expected an index like x001/x234/067");
  tile.index = *index;
  // One comparison settles groups of zeros in front.
  if (write_tile_path(tile) != path) return refuse(path, "not the shortest form of its index");
  return tile;
}

std::string write_tile_path(const TilePath& tile) {
  std::string path = cat(kPrefix, tile.entries ? std::string(kEntries) : std::to_string(tile.level),
                         '/', write_index(tile.index));
  if (tile.width != kTileWidth) path += cat(".p/", tile.width);
  return path;
}

unsigned tile_width(std::uint64_t size, unsigned level, std::uint64_t index) {
  // 256^8 exceeds every size.
  if (level >= 64 / kTileHeight) return 0;
  const std::uint64_t hashes = size >> (kTileHeight * level);
  const std::uint64_t full = hashes / kTileWidth;
  if (index < full) return kTileWidth;
  return index == full ? static_cast<unsigned>(hashes % kTileWidth) : 0;
}

}  // namespace quarrymark::note
