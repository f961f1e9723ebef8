// Putting text together and comparing names.
#pragma once

#include "ledger/base/result.h"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark {

namespace text_detail {
inline void append(std::string& out, std::string_view piece) { out += piece; }
inline void append(std::string& out, char piece) { out += piece; }
template <std::integral T>
requires(!std::same_as<T, char> && !std::same_as<T, bool>) void append(std::string& out, T piece) {
  out += std::to_string(piece);
}
}  // namespace text_detail

// cat("line ", 3, ": ", name) → one string.
template <class... Pieces>
std::string cat(const Pieces&... pieces) {
  std::string out;
  (text_detail::append(out, pieces), ...);
  return out;
}

bool is_valid_utf8(std::string_view text);

// A name as it is compared: NFC, outer white space trimmed (FORMATS.md, "Fields a verifier
// reads"). Text that is not UTF-8 is returned as it is.
std::string comparable_name(std::string_view name);
bool same_name(std::string_view a, std::string_view b);

// A name as it is searched for when somebody wants it hidden: case-folded and compatibility
// composed, so that "ACME  Stone" is found where "acme stone" was withheld.
std::string searchable_name(std::string_view text);

// Shortens text from outside for a message, with control characters and bytes that are no UTF-8
// made visible (\x1b), so that it cannot spoil a terminal or a document.
std::string visible_text(std::string_view text, std::size_t limit);
// The same between quotes.
std::string quoted_for_message(std::string_view text, std::size_t limit = 60);

}  // namespace quarrymark
