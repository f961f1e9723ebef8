// Item numbers and label serials: what is printed, scanned and typed to name a stone.
//
// Place in the flow: `label` builds and reads the text of a QR code from these; whoever
// types a number by hand goes through parse_item_number.
//
// Format (DESIGN §11): an item number is 80 random bits, most significant first, as 16
// characters of Crockford's base32 alphabet (0-9 A-Z without I L O U), followed by one check
// character: the 80-bit number modulo 37. Crockford's five extra check symbols are never
// used; a number that would need one is drawn again, so that every number stays within the
// QR alphanumeric set. A serial is 8 characters of the same alphabet, without a check.
#pragma once

#include "ledger/base/result.h"
#include "scanner/label/random_source.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace quarrymark::label {

inline constexpr std::size_t kItemDigits = 16;
inline constexpr std::size_t kItemNumberSize = kItemDigits + 1;
inline constexpr std::size_t kSerialSize = 8;

// Draws 80 bits, and again until the check character is one of the 32. Aborts (a bug, not an
// input error) when the source keeps repeating itself.
std::string make_item_number(const RandomSource& random);
std::string make_serial(const RandomSource& random);

// The check character of 16 upper-case digits; nothing when the digits are not 16 characters
// of the alphabet, or when the check would be one of the five symbols that are never used.
std::optional<char> check_character(std::string_view digits);

// Exactly 17 upper-case characters with the right check.
bool is_item_number(std::string_view text);
// Exactly 8 upper-case characters of the alphabet.
bool is_serial(std::string_view text);

// The same as is_item_number, with the reason: kMalformed. For a wrong check the message says
// to check the code, names the number and, where exactly one confusion of look-alike
// characters explains it, the likely misreading.
Status check_item_number(std::string_view text);

// What a person types: upper or lower case, with spaces and hyphens anywhere, O for 0 and I
// or L for 1. Returns the number as printed without spaces; kInvalidArgument otherwise, with
// the reason as in check_item_number.
Result<std::string> parse_item_number(std::string_view typed);

// "0123456789ABCDEFG" → "0123 4567 89AB CDEF G": how numbers and serials are printed.
std::string in_groups_of_four(std::string_view number);

}  // namespace quarrymark::label
