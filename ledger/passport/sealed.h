// Sealed letters: disclosures that one reader alone can open, travelling beside a passport in
// which they are withheld. docs/sealed.md has the format and what it does and does not do.
//
//   {"v":1,"to":"<reader's X25519 key>","enc":"<base64url>","ct":"<base64url>"}
//
// HPKE base mode with AES-256-GCM, info "quarrymark/sealed/v1". A letter says nothing of who
// sealed it and proves nothing by itself: what is in it counts because heads in the passport
// commit to it. Pure.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/crypto/reading_key.h"

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::passport {

inline constexpr std::size_t kMaxLetterBytes = 16'777'216;

struct SealedDisclosure {
  EventId event;
  std::string text;  // of the disclosure

  // As text, the order of the letter.
  bool operator<(const SealedDisclosure& other) const;
  bool operator==(const SealedDisclosure&) const = default;
};

struct Letter {
  crypto::ReaderKey to{}, enc{};
  std::string ct;

  bool operator==(const Letter&) const = default;
};

// Accepts exactly one spelling. kTooLarge beyond kMaxLetterBytes; kMalformed otherwise, with the
// member in `field`.
Result<Letter> parse_letter(std::string_view bytes);
std::string write_letter(const Letter& letter);

// quarrymark-reader+<8 hex digits>+<base64url of the key>; the digits are the first four bytes of
// SHA-256("quarrymark-reader" ‖ 0x0A ‖ key), so that a misspelt key is noticed.
std::string reader_key_text(const crypto::ReaderKey& key);
Result<crypto::ReaderKey> parse_reader_key(std::string_view text);

// Each once, in order. kInvalidArgument: nothing to seal. kTooLarge: the letter would be too long.
// kMalformed: `to` is a point of low order.
Result<Letter> seal_letter(std::vector<SealedDisclosure> disclosures, const crypto::ReaderKey& to);
// For the fixed example that other verifiers test: with a given ephemeral key, never otherwise.
Result<Letter> seal_letter(std::vector<SealedDisclosure> disclosures, const crypto::ReaderKey& to,
                           const crypto::ReadingKey& ephemeral);

// kUnauthorized: sealed to another key, or altered. kMalformed: what is inside is not strictly
// ascending pairs of event id and disclosure.
Result<std::vector<SealedDisclosure>> open_letter(const Letter& letter,
                                                  const crypto::ReadingKey& key);

}  // namespace quarrymark::passport
