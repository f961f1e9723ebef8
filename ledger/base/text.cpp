#include "ledger/base/text.h"

#include <utf8proc.h>

#include <cstdlib>
#include <memory>

namespace quarrymark {
namespace {

std::string mapped(std::string_view text, utf8proc_option_t options) {
  utf8proc_uint8_t* raw = nullptr;
  const utf8proc_ssize_t size =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                   static_cast<utf8proc_ssize_t>(text.size()), &raw, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(raw, &std::free);
  if (size < 0) return std::string(text);
  return {reinterpret_cast<const char*>(raw), static_cast<std::size_t>(size)};
}

bool is_space(utf8proc_int32_t codepoint) {
  if (codepoint == ' ' || (codepoint >= '\t' && codepoint <= '\r')) return true;
  const auto category = utf8proc_category(codepoint);
  return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
         category == UTF8PROC_CATEGORY_ZP;
}

std::string trimmed(const std::string& text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  utf8proc_ssize_t begin = -1, end = 0;
  for (utf8proc_ssize_t at = 0; at < static_cast<utf8proc_ssize_t>(text.size());) {
    utf8proc_int32_t codepoint;
    const utf8proc_ssize_t width =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size()) - at, &codepoint);
    if (width <= 0) return text;
    if (!is_space(codepoint)) {
      if (begin < 0) begin = at;
      end = at + width;
    }
    at += width;
  }
  if (begin < 0) return {};
  return text.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin));
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (utf8proc_ssize_t at = 0; at < static_cast<utf8proc_ssize_t>(text.size());) {
    utf8proc_int32_t codepoint;
    const utf8proc_ssize_t width =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size()) - at, &codepoint);
    if (width <= 0) return false;
    at += width;
  }
  return true;
}

std::string comparable_name(std::string_view name) {
  return trimmed(mapped(name, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE)));
}

bool same_name(std::string_view a, std::string_view b) {
  return a == b || comparable_name(a) == comparable_name(b);
}

std::string searchable_name(std::string_view text) {
  const std::string folded = mapped(
      text, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                           UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
  std::string out;
  bool pending_space = false;
  for (const char c : folded) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      pending_space = !out.empty();
      continue;
    }
    if (pending_space) out += ' ';
    pending_space = false;
    out += c;
  }
  return out;
}

std::string visible_text(std::string_view text, std::size_t limit) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  std::size_t at = 0;
  while (at < text.size() && at < limit) {
    utf8proc_int32_t codepoint;
    const utf8proc_ssize_t width =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data() + at),
                         static_cast<utf8proc_ssize_t>(text.size() - at), &codepoint);
    const auto byte = static_cast<unsigned char>(text[at]);
    // A control character could move the reader's cursor; a byte that is no UTF-8 would spoil
    // whatever document the message ends up in.
    if (width <= 0 || utf8proc_category(codepoint) == UTF8PROC_CATEGORY_CC) {
      out += "\\x";
      out += digits[byte >> 4];
      out += digits[byte & 15];
      ++at;
    } else {
      out.append(text.substr(at, static_cast<std::size_t>(width)));
      at += static_cast<std::size_t>(width);
    }
  }
  if (at < text.size()) out += "…";
  return out;
}

std::string quoted_for_message(std::string_view text, std::size_t limit) {
  return cat('"', visible_text(text, limit), '"');
}

}  // namespace quarrymark
