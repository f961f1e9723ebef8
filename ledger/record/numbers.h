// Item numbers and label serials, drawn from the system's random source. DESIGN.md §11.
//
// An item number is 80 random bits as 16 Crockford base32 characters and a mod-37 check
// character; it is redrawn until the check is one of the 32, so that it stays within the
// alphanumeric set of a QR code. A serial is 8 such characters without a check.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quarrymark::record {

inline constexpr std::size_t kItemNumberSize = 17;
inline constexpr std::size_t kSerialSize = 8;

std::string draw_item_number();
std::string draw_serial();

// Exactly 17 characters of the alphabet, in upper case, and the check character fits.
bool is_item_number(std::string_view text);
bool is_serial(std::string_view text);

// What a person reads off a label: an item number, perhaps with its serial.
struct LabelText {
  std::string item;
  std::string serial;  // empty: not given
};
// Reads `HTTPS://<host>/Q/<item>/<serial>`, `<item>/<serial>` or `<item>`, in either case and
// with the spaces or hyphens of groups of four; nullopt when it is none of them.
std::optional<LabelText> read_label_text(std::string_view text);

}  // namespace quarrymark::record
