#include "ledger/tiles/bundle.h"

#include "ledger/base/text.h"

#include <cstring>

namespace quarrymark::tiles {
namespace {

std::size_t read_length(std::string_view bytes) {
  return static_cast<std::size_t>(static_cast<unsigned char>(bytes[0])) << 8 |
         static_cast<unsigned char>(bytes[1]);
}

}  // namespace

Result<std::vector<std::string_view>> parse_bundle(std::string_view bytes, std::size_t count,
                                                   bool more_allowed) {
  std::vector<std::string_view> entries;
  entries.reserve(count);
  while (entries.size() < count) {
    const std::size_t left = bytes.size();
    if (left < 2)
      return fail(Errc::kMalformed, cat("expected ", count, " entries, got ", entries.size(),
                                        left == 0 ? "" : " and one byte"));
    const std::size_t length = read_length(bytes);
    if (left < 2 + length)
      return fail(Errc::kMalformed, cat("entry ", entries.size(), " is cut off: expected ", length,
                                        " bytes, got ", left - 2));
    entries.push_back(bytes.substr(2, length));
    bytes.remove_prefix(2 + length);
  }
  if (!bytes.empty() && !more_allowed)
    return fail(Errc::kMalformed,
                cat("expected ", count, " entries, got ", bytes.size(), " bytes more"));
  return entries;
}

Status append_entry(std::string& bundle, std::string_view entry) {
  if (entry.size() > kMaxEntryBytes)
    return fail(Errc::kTooLarge,
                cat("an entry of ", entry.size(), " bytes does not fit an entry bundle"));
  bundle += static_cast<char>(entry.size() >> 8);
  bundle += static_cast<char>(entry.size() & 0xff);
  bundle += entry;
  return {};
}

Result<std::vector<Hash>> parse_tile(std::string_view bytes, std::size_t count, bool more_allowed) {
  const std::size_t expected = count * sizeof(Hash);
  const bool good = more_allowed ? bytes.size() >= expected && bytes.size() % sizeof(Hash) == 0
                                 : bytes.size() == expected;
  if (!good)
    return fail(Errc::kMalformed, cat("expected ", expected, more_allowed ? " or more" : "",
                                      " bytes for ", count, " hashes, got ", bytes.size()));
  std::vector<Hash> hashes(count);
  if (count > 0) std::memcpy(hashes.data(), bytes.data(), expected);
  return hashes;
}

std::string write_tile(std::span<const Hash> hashes) {
  return std::string(reinterpret_cast<const char*>(hashes.data()), hashes.size_bytes());
}

}  // namespace quarrymark::tiles
