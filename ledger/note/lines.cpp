#include "ledger/note/lines.h"

#include "ledger/base/text.h"

#include <algorithm>
#include <charconv>

namespace quarrymark::note {

Result<std::vector<std::string_view>> split_lines(std::string_view text) {
  if (!text.ends_with('\n')) return fail(Errc::kMalformed, "the text does not end with a newline");
  return split(text.substr(0, text.size() - 1), '\n');
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> pieces;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    pieces.push_back(text.substr(begin, end - begin));
    if (end == std::string_view::npos) return pieces;
    begin = end + 1;
  }
}

std::optional<std::uint64_t> parse_decimal(std::string_view text) {
  // from_chars takes no sign for unsigned numbers, but it takes leading zeros.
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

Result<Hash> parse_base64_hash(std::string_view text) {
  constexpr std::size_t kTextSize = 44;
  if (text.size() == kTextSize) {
    const auto bytes = base64_decode(text);
    if (Hash hash; bytes && bytes->size() == hash.size()) {
      std::copy_n(as_bytes(*bytes).begin(), hash.size(), hash.begin());
      return hash;
    }
  }
  return fail(Errc::kMalformed,
              cat("expected the base64 of 32 bytes, got ", quoted_for_message(text)));
}

}  // namespace quarrymark::note
