#include "ledger/record/numbers.h"

#include "ledger/crypto/key.h"

#include <array>
#include <cstdint>

namespace quarrymark::record {
namespace {

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr unsigned kCheckModulus = 37;

int digit(char character) {
  const auto place = kAlphabet.find(character);
  return place == std::string_view::npos ? -1 : static_cast<int>(place);
}

// The number mod 37, of Crockford's 37 check symbols; those from 32 on are not in the alphabet.
// -1 when a character is none of the alphabet.
int check_of(std::string_view digits) {
  unsigned rest = 0;
  for (const char character : digits) {
    const int value = digit(character);
    if (value < 0) return -1;
    rest = (rest * 32 + static_cast<unsigned>(value)) % kCheckModulus;
  }
  return static_cast<int>(rest);
}

std::string draw(std::size_t characters) {
  std::array<std::uint8_t, kItemNumberSize> bytes{};
  crypto::random_bytes(std::span(bytes).first(characters));
  std::string text;
  // 256 is a multiple of 32: the low five bits of a random byte are even.
  for (std::size_t i = 0; i < characters; ++i) text += kAlphabet[bytes[i] & 31U];
  return text;
}

char upper(char character) {
  return character >= 'a' && character <= 'z' ? static_cast<char>(character - 'a' + 'A')
                                              : character;
}

}  // namespace

std::string draw_item_number() {
  for (;;) {
    std::string number = draw(kItemNumberSize - 1);
    const int check = check_of(number);
    if (check >= static_cast<int>(kAlphabet.size())) continue;
    number += kAlphabet[static_cast<std::size_t>(check)];
    return number;
  }
}

std::string draw_serial() { return draw(kSerialSize); }

bool is_item_number(std::string_view text) {
  if (text.size() != kItemNumberSize) return false;
  const int check = check_of(text.substr(0, kItemNumberSize - 1));
  return check >= 0 && check == digit(text.back());
}

bool is_serial(std::string_view text) { return text.size() == kSerialSize && check_of(text) >= 0; }

std::optional<LabelText> read_label_text(std::string_view text) {
  std::string plain;
  for (const char character : text)
    if (character != ' ' && character != '-') plain += upper(character);
  std::string_view rest = plain;
  if (rest.starts_with("HTTPS://")) {
    const auto path = rest.find("/Q/", 8);
    if (path == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(path + 3);
  }
  LabelText label;
  const auto slash = rest.find('/');
  label.item = rest.substr(0, slash);
  if (slash != std::string_view::npos) {
    label.serial = rest.substr(slash + 1);
    if (!is_serial(label.serial)) return std::nullopt;
  }
  if (!is_item_number(label.item)) return std::nullopt;
  return label;
}

}  // namespace quarrymark::record
