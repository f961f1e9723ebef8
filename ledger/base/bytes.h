// Byte strings, 32-byte digests with strong types, and the two base64 alphabets.
//
// FORMATS.md, rule 5: base64url without padding inside JSON, standard padded base64 inside
// notes and vkeys; spare bits are zero in both. Decoders accept exactly one encoding.
#pragma once

#include "ledger/base/result.h"

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace quarrymark {

using ByteSpan = std::span<const std::uint8_t>;

inline ByteSpan as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteSpan bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

using Hash = std::array<std::uint8_t, 32>;

std::string base64url_encode(ByteSpan bytes);
Result<std::string> base64url_decode(std::string_view text);
std::string base64_encode(ByteSpan bytes);
Result<std::string> base64_decode(std::string_view text);

inline constexpr std::size_t kHashTextSize = 43;

// Writes the 43 base64url characters of `hash` to `out`.
void write_hash_text(const Hash& hash, char* out);
// True when `text` is exactly the canonical 43 characters of a 32-byte value.
bool parse_hash_text(std::string_view text, Hash& out);

std::string hex_encode(ByteSpan bytes);
Result<std::string> hex_decode(std::string_view text);  // lower case only

// A 32-byte value that cannot be confused with another kind of 32-byte value.
template <class Tag>
struct Digest32 {
  Hash hash{};

  static Result<Digest32> parse(std::string_view text) {
    Digest32 value;
    if (!parse_hash_text(text, value.hash))
      return fail(Errc::kMalformed, "expected 43 base64url characters, got \"" +
                                        std::string(text.substr(0, 60)) + "\"");
    return value;
  }
  std::string text() const {
    std::string out(kHashTextSize, '\0');
    write_hash_text(hash, out.data());
    return out;
  }
  auto operator<=>(const Digest32&) const = default;
};

using EventId = Digest32<struct EventIdTag>;      // digest of a head's disclosure
using FieldDigest = Digest32<struct FieldTag>;    // digest of any other disclosure
using Marker = Digest32<struct MarkerTag>;        // public sign that a state was spent
using EntryHash = Digest32<struct EntryHashTag>;  // RFC 9162 leaf hash of an entry

struct Digest32Hasher {
  template <class Tag>
  std::size_t operator()(const Digest32<Tag>& value) const {
    std::size_t out;
    std::memcpy(&out, value.hash.data(), sizeof out);
    return out;
  }
};

}  // namespace quarrymark
