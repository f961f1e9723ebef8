#include "ledger/note/vkey.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"

#include <algorithm>

namespace quarrymark::note {
namespace {

constexpr std::size_t kMlDsa44KeySize = 1312;

// Unicode's White_Space property, which is what "Unicode spaces" means in signed-note.
bool is_unicode_space(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

// The code point at `at`, which moves behind it. The text is known to be UTF-8.
char32_t next_codepoint(std::string_view text, std::size_t& at) {
  const auto lead = static_cast<unsigned char>(text[at++]);
  if (lead < 0x80) return lead;
  const int continuations = lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1;
  char32_t codepoint = lead & (0x3fU >> continuations);
  for (int i = 0; i < continuations; ++i)
    codepoint = codepoint << 6 | (static_cast<unsigned char>(text[at++]) & 0x3fU);
  return codepoint;
}

tl::unexpected<Error> refuse(std::string_view what, std::string_view text) {
  return fail(Errc::kMalformed, cat("vkey ", quoted_for_message(text, 100), ": ", what));
}

std::string id_text(std::uint32_t id) {
  const std::uint8_t bytes[] = {static_cast<std::uint8_t>(id >> 24),
                                static_cast<std::uint8_t>(id >> 16),
                                static_cast<std::uint8_t>(id >> 8), static_cast<std::uint8_t>(id)};
  return hex_encode(bytes);
}

std::uint32_t big_endian_32(ByteSpan bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
         std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
}

// Key length of the types whose id follows the recommended rule; 0 for all others.
std::size_t key_size(std::uint8_t type) {
  if (type == kEd25519 || type == kEd25519Cosignature) return crypto::PublicKey{}.size();
  if (type == kMlDsaCosignature) return kMlDsa44KeySize;
  return 0;
}

}  // namespace

std::string VerifierKey::text() const {
  std::string material(1, static_cast<char>(type));
  material += as_text(key);
  return cat(name, '+', id_text(id), '+', base64_encode(as_bytes(material)));
}

Status check_key_name(std::string_view name) {
  const auto refused = [&](std::string_view what) {
    return fail(Errc::kMalformed, cat("key name ", quoted_for_message(name), ": ", what));
  };
  if (name.empty()) return refused("empty");
  if (name.size() > kMaxKeyName) return refused(cat("longer than ", kMaxKeyName, " bytes"));
  if (!is_valid_utf8(name)) return refused("not UTF-8");
  for (std::size_t at = 0; at < name.size();) {
    const char32_t c = next_codepoint(name, at);
    if (is_unicode_space(c)) return refused("contains a space");
    if (c == '+') return refused("contains a plus sign");
    if (c < 0x20) return refused("contains a control character");
  }
  return {};
}

std::uint32_t key_id(std::string_view name, std::uint8_t type, ByteSpan public_key) {
  const std::uint8_t middle[] = {'\n', type};
  return big_endian_32(crypto::sha256({as_bytes(name), ByteSpan(middle), public_key}));
}

Result<VkeyParts> parse_vkey_parts(std::string_view text) {
  // base64 may hold plus signs of its own, so only the first two separate.
  const std::size_t first = text.find('+');
  const std::size_t second = first == text.npos ? text.npos : text.find('+', first + 1);
  if (second == text.npos) return refuse("expected <name>+<key id>+<key>", text);

  VkeyParts parts;
  parts.name = text.substr(0, first);
  QM_TRY_VOID(check_key_name(parts.name));

  const std::string_view id = text.substr(first + 1, second - first - 1);
  const auto id_bytes = hex_decode(id);
  if (id.size() != 8 || !id_bytes)
    return refuse("expected 8 lower-case hex digits as key id", text);
  parts.id = big_endian_32(as_bytes(*id_bytes));

  const auto key = base64_decode(text.substr(second + 1));
  if (!key) return refuse("the key is not canonical base64", text);
  if (key->size() < 2) return refuse("expected a signature type and a public key", text);
  parts.type = static_cast<std::uint8_t>(key->front());
  parts.material = key->substr(1);

  if (const std::size_t expected = key_size(parts.type); expected != 0) {
    if (parts.material.size() != expected)
      return refuse(cat("expected a key of ", expected, " bytes, got ", parts.material.size()),
                    text);
    const std::uint32_t right = key_id(parts.name, parts.type, as_bytes(parts.material));
    if (right != parts.id)
      return refuse(cat("expected key id ", id_text(right), ", got ", id), text);
  }
  return parts;
}

Result<VerifierKey> parse_vkey(std::string_view text) {
  QM_TRY(const VkeyParts parts, parse_vkey_parts(text));
  if (parts.type != kEd25519 && parts.type != kEd25519Cosignature)
    return refuse(cat("unknown signature type ", parts.type,
                      ", expected 1 (Ed25519) or 4 "
                      "(Ed25519 cosignature)"),
                  text);
  VerifierKey key{parts.name, parts.id, parts.type, {}};
  std::copy_n(as_bytes(parts.material).begin(), key.key.size(), key.key.begin());
  return key;
}

Result<VerifierKey> make_vkey(std::string_view name, std::uint8_t type,
                              const crypto::PublicKey& key) {
  QM_TRY_VOID(check_key_name(name));
  if (type != kEd25519 && type != kEd25519Cosignature)
    return fail(Errc::kInvalidArgument,
                cat("signature type ", type, " of a vkey: expected 1 or 4"));
  return VerifierKey{std::string(name), key_id(name, type, key), type, key};
}

std::string origin_for_key(const crypto::PublicKey& key) {
  return cat("quarrymark/", base64url_encode(crypto::sha256(ByteSpan(key))));
}

}  // namespace quarrymark::note
