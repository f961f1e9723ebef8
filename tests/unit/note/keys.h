// Keys for the tests of this folder: the same in every run, one for each number.
#pragma once

#include "ledger/crypto/key.h"
#include "ledger/note/vkey.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark::note {

inline crypto::SigningKey test_key(std::uint8_t number) {
  std::array<std::uint8_t, 32> seed{};
  seed[0] = number;
  return *crypto::SigningKey::from_seed(seed);
}

inline VerifierKey test_vkey(std::string_view name, std::uint8_t type, std::uint8_t number) {
  return *make_vkey(name, type, test_key(number).public_key());
}

// The first place where `from` stands in `text`, replaced.
inline std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  return at == text.npos ? "TEST TEXT NOT FOUND" : text.replace(at, from.size(), to);
}

}  // namespace quarrymark::note
