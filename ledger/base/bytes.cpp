#include "ledger/base/bytes.h"

namespace quarrymark {
namespace {

constexpr std::string_view kUrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kStandardAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr std::array<std::int8_t, 256> make_table(std::string_view alphabet) {
  std::array<std::int8_t, 256> table{};
  for (auto& slot : table) slot = -1;
  for (std::size_t i = 0; i < alphabet.size(); ++i)
    table[static_cast<unsigned char>(alphabet[i])] = static_cast<std::int8_t>(i);
  return table;
}
constexpr auto kUrlTable = make_table(kUrlAlphabet);
constexpr auto kStandardTable = make_table(kStandardAlphabet);

// Appends the unpadded encoding of `size` bytes at `in` to `out`; returns the end.
char* encode(const std::uint8_t* in, std::size_t size, std::string_view alphabet, char* out) {
  std::size_t i = 0;
  for (; i + 3 <= size; i += 3) {
    const std::uint32_t group =
        std::uint32_t{in[i]} << 16 | std::uint32_t{in[i + 1]} << 8 | in[i + 2];
    *out++ = alphabet[group >> 18];
    *out++ = alphabet[group >> 12 & 63];
    *out++ = alphabet[group >> 6 & 63];
    *out++ = alphabet[group & 63];
  }
  if (size - i == 1) {
    *out++ = alphabet[in[i] >> 2];
    *out++ = alphabet[(in[i] & 3) << 4];
  } else if (size - i == 2) {
    *out++ = alphabet[in[i] >> 2];
    *out++ = alphabet[(in[i] & 3) << 4 | in[i + 1] >> 4];
    *out++ = alphabet[(in[i + 1] & 15) << 2];
  }
  return out;
}

std::size_t unpadded_size(std::size_t bytes) { return (bytes * 4 + 2) / 3; }

// Decodes unpadded text into `out` (which has room); false on a foreign character, an
// impossible length or spare bits that are not zero.
bool decode(std::string_view text, const std::array<std::int8_t, 256>& table, std::uint8_t* out) {
  const std::size_t rest = text.size() % 4;
  if (rest == 1) return false;
  const auto* in = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t i = 0;
  for (; i + 4 <= text.size(); i += 4) {
    const int a = table[in[i]], b = table[in[i + 1]], c = table[in[i + 2]], d = table[in[i + 3]];
    if ((a | b | c | d) < 0) return false;
    const auto group = static_cast<std::uint32_t>(a << 18 | b << 12 | c << 6 | d);
    *out++ = static_cast<std::uint8_t>(group >> 16);
    *out++ = static_cast<std::uint8_t>(group >> 8);
    *out++ = static_cast<std::uint8_t>(group);
  }
  if (rest >= 2) {
    const int a = table[in[i]], b = table[in[i + 1]];
    if ((a | b) < 0) return false;
    *out++ = static_cast<std::uint8_t>(a << 2 | b >> 4);
    if (rest == 2) return (b & 15) == 0;
    const int c = table[in[i + 2]];
    if (c < 0) return false;
    *out++ = static_cast<std::uint8_t>((b & 15) << 4 | c >> 2);
    return (c & 3) == 0;
  }
  return true;
}

}  // namespace

std::string base64url_encode(ByteSpan bytes) {
  std::string out(unpadded_size(bytes.size()), '\0');
  encode(bytes.data(), bytes.size(), kUrlAlphabet, out.data());
  return out;
}

Result<std::string> base64url_decode(std::string_view text) {
  std::string out(text.size() / 4 * 3 + (text.size() % 4 ? text.size() % 4 - 1 : 0), '\0');
  if (!decode(text, kUrlTable, reinterpret_cast<std::uint8_t*>(out.data())))
    return fail(Errc::kMalformed, "not canonical base64url");
  return out;
}

std::string base64_encode(ByteSpan bytes) {
  std::string out((bytes.size() + 2) / 3 * 4, '=');
  encode(bytes.data(), bytes.size(), kStandardAlphabet, out.data());
  return out;
}

Result<std::string> base64_decode(std::string_view text) {
  if (text.size() % 4 != 0) return fail(Errc::kMalformed, "base64 length is not a multiple of 4");
  std::size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  const std::string_view body = text.substr(0, text.size() - padding);
  std::string out(text.size() / 4 * 3 - padding, '\0');
  if (!decode(body, kStandardTable, reinterpret_cast<std::uint8_t*>(out.data())))
    return fail(Errc::kMalformed, "not canonical base64");
  return out;
}

void write_hash_text(const Hash& hash, char* out) {
  encode(hash.data(), hash.size(), kUrlAlphabet, out);
}

bool parse_hash_text(std::string_view text, Hash& out) {
  return text.size() == kHashTextSize && decode(text, kUrlTable, out.data());
}

std::string hex_encode(ByteSpan bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

Result<std::string> hex_decode(std::string_view text) {
  if (text.size() % 2 != 0) return fail(Errc::kMalformed, "odd number of hex digits");
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  std::string out;
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = digit(text[i]), low = digit(text[i + 1]);
    if (high < 0 || low < 0) return fail(Errc::kMalformed, "not lower-case hex");
    out += static_cast<char>(high << 4 | low);
  }
  return out;
}

}  // namespace quarrymark
