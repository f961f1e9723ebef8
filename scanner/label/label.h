// The text of a label's QR code, and back.
//
// Place in the flow: `print` turns a label's text into a picture, `code` reads text out of
// pictures, and parse_label decides whether that text is one of ours. The text of any other
// code stays text: nothing here or above opens an address that a code contains, because a
// label's host is whatever somebody printed.
//
// Format (DESIGN §11): HTTPS://<host>/Q/<item>/<serial>, upper case throughout, so that the
// code uses the QR alphanumeric mode. Host at most 27 characters: 64 characters in all are
// exactly what a version 5 code holds at error correction level H; the shortest need version 4.
#pragma once

#include "ledger/base/result.h"
#include "scanner/label/item_number.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace quarrymark::label {

inline constexpr std::size_t kMaxHostSize = 27;

struct Label {
  std::string host;    // resolver, upper case, with ":<port>" if it has one
  std::string item;    // 17 characters, see item_number.h
  std::string serial;  // 8 characters
  bool operator==(const Label&) const = default;
};

// The resolver's name: dot-separated parts of A-Z, 0-9 and inner hyphens, then perhaps a port.
// kInvalidArgument says what is wrong with it.
Status check_host(std::string_view host);

// The text of the code; kInvalidArgument when host, item or serial break their rules.
Result<std::string> write_label(const Label& label);

// Accepts exactly what write_label writes. kMalformed otherwise, and the message tells apart
// a code of somebody else, a damaged label of ours and a wrong check character.
Result<Label> parse_label(std::string_view text);

}  // namespace quarrymark::label
