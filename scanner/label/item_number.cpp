#include "scanner/label/item_number.h"

#include "ledger/base/text.h"

#include <array>
#include <cstdint>
#include <set>
#include <utility>

namespace quarrymark::label {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr unsigned kCheckModulus = 37;

// 5 draws in 37 are thrown away; a thousand in a row means that the source is stuck.
constexpr int kMaxDraws = 1000;

// Characters that dust, a worn print or handwriting turn into one another. Kept short on
// purpose: with every further pair an unrelated number passes the check more often, and a
// wrong hint is worse than none.
constexpr std::array<std::pair<char, char>, 16> kLookAlikes = {{
    {'0', 'D'},
    {'0', 'Q'},
    {'1', '7'},
    {'2', 'Z'},
    {'3', '8'},
    {'4', 'A'},
    {'5', 'S'},
    {'6', 'G'},
    {'8', 'B'},
    {'C', 'G'},
    {'D', 'Q'},
    {'E', 'F'},
    {'M', 'N'},
    {'P', 'R'},
    {'V', 'W'},
    {'V', 'Y'},
}};

bool in_alphabet(char c) { return kAlphabet.find(c) != std::string_view::npos; }

bool all_in_alphabet(std::string_view text) {
  for (const char c : text)
    if (!in_alphabet(c)) return false;
  return true;
}

bool look_alike(char a, char b) {
  for (const auto& [x, y] : kLookAlikes)
    if ((a == x && b == y) || (a == y && b == x)) return true;
  return false;
}

std::string base32(std::span<const std::uint8_t> bytes) {
  std::string out;
  unsigned pending = 0;
  unsigned bits = 0;
  for (const std::uint8_t byte : bytes) {
    pending = (pending << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += kAlphabet[(pending >> bits) & 31];
    }
    pending &= (1u << bits) - 1;
  }
  return out;
}

// The numbers that this one may have been before one confusion of look-alikes.
std::set<std::string> likely_originals(std::string_view read) {
  std::set<std::string> found;
  const auto keep_if_valid = [&found](const std::string& candidate) {
    if (is_item_number(candidate)) found.insert(candidate);
  };
  std::string candidate(read);
  for (std::size_t i = 0; i < read.size(); ++i) {
    for (const char other : kAlphabet) {
      if (!look_alike(read[i], other)) continue;
      candidate[i] = other;
      keep_if_valid(candidate);
    }
    candidate[i] = read[i];
    if (i + 1 < read.size() && look_alike(read[i], read[i + 1])) {
      std::swap(candidate[i], candidate[i + 1]);
      keep_if_valid(candidate);
      std::swap(candidate[i], candidate[i + 1]);
    }
  }
  return found;
}

std::string misreading_hint(std::string_view read) {
  const std::set<std::string> originals = likely_originals(read);
  if (originals.size() != 1) return {};
  const std::string& original = *originals.begin();
  std::size_t at = 0;
  while (original[at] == read[at]) ++at;
  const bool swapped = at + 1 < read.size() && original[at + 1] != read[at + 1];
  std::string hint = cat("; perhaps it is ", in_groups_of_four(original), ", with ");
  if (swapped)
    hint += cat(original.substr(at, 2), " and not ", read.substr(at, 2), " as characters ", at + 1,
                " and ", at + 2);
  else
    hint += cat(original[at], " and not ", read[at], " as character ", at + 1);
  return hint;
}

// `text` is upper case here; only the error code differs between scanned and typed numbers.
Status check_number(std::string_view text, Errc code) {
  for (const char c : text) {
    if (in_alphabet(c)) continue;
    return fail(code, cat("item number: ", quoted_for_message(std::string_view(&c, 1)),
                          " is never part of a number",
                          c == 'U' ? " (perhaps it is V)" : " (digits and A-Z without I, L, O, U)",
                          ", got ", quoted_for_message(text)));
  }
  if (text.size() != kItemNumberSize)
    return fail(code, cat("item number: expected ", kItemNumberSize, " characters, got ",
                          text.size(), " in ", quoted_for_message(text)));
  if (check_character(text.substr(0, kItemDigits)) == text.back()) return {};
  return fail(code, cat("check the code: the check character does not fit the number ",
                        in_groups_of_four(text), misreading_hint(text)));
}

}  // namespace

std::string make_item_number(const RandomSource& random) {
  for (int draw = 0; draw < kMaxDraws; ++draw) {
    std::array<std::uint8_t, 10> bytes{};
    random(bytes);
    std::string number = base32(bytes);
    if (const auto check = check_character(number)) return number + *check;
  }
  check_failed(__FILE__, __LINE__, "the random source repeats itself");
}

std::string make_serial(const RandomSource& random) {
  std::array<std::uint8_t, 5> bytes{};
  random(bytes);
  return base32(bytes);
}

std::optional<char> check_character(std::string_view digits) {
  if (digits.size() != kItemDigits || !all_in_alphabet(digits)) return std::nullopt;
  unsigned remainder = 0;
  for (const char c : digits)
    remainder = (remainder * 32 + static_cast<unsigned>(kAlphabet.find(c))) % kCheckModulus;
  if (remainder >= kAlphabet.size()) return std::nullopt;
  return kAlphabet[remainder];
}

bool is_item_number(std::string_view text) {
  return text.size() == kItemNumberSize &&
         check_character(text.substr(0, kItemDigits)) == text.back();
}

bool is_serial(std::string_view text) {
  return text.size() == kSerialSize && all_in_alphabet(text);
}

Status check_item_number(std::string_view text) { return check_number(text, Errc::kMalformed); }

Result<std::string> parse_item_number(std::string_view typed) {
  std::string number;
  for (char c : typed) {
    if (c == ' ' || c == '-' || c == '\t') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    number += c;
    // Text of any length may come in; nothing beyond this can become a number again.
    if (number.size() > 4 * kItemNumberSize) break;
  }
  if (number.empty()) return fail(Errc::kInvalidArgument, "item number: nothing was given");
  QM_TRY_VOID(check_number(number, Errc::kInvalidArgument));
  return number;
}

std::string in_groups_of_four(std::string_view number) {
  std::string out;
  for (std::size_t i = 0; i < number.size(); ++i) {
    if (i > 0 && i % 4 == 0) out += ' ';
    out += number[i];
  }
  return out;
}

}  // namespace quarrymark::label
