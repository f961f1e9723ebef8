// Key names, key ids and verifier keys (C2SP signed-note, "Verifier keys").
//
//   <name>+<8 hex digits of the key id>+<base64(signature type ‖ public key)>
//
// The id is the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). It is only a hint
// which key to try. Text is accepted in exactly one spelling.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/crypto/key.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark::note {

// Signature types of signed-note; those from 0x02 on that are not named here are unknown to us.
inline constexpr std::uint8_t kEd25519 = 0x01;             // over the note text
inline constexpr std::uint8_t kEd25519Cosignature = 0x04;  // dated, over a checkpoint
inline constexpr std::uint8_t kMlDsaCosignature = 0x06;    // recognised, not verified here

inline constexpr std::size_t kMaxKeyName = 1024;  // bytes

// A key this library can verify with.
struct VerifierKey {
  std::string name;
  std::uint32_t id = 0;
  std::uint8_t type = kEd25519;
  crypto::PublicKey key{};

  std::string text() const;  // as parse_vkey reads it
  bool operator==(const VerifierKey&) const = default;
};

// A vkey taken apart, of any signature type.
struct VkeyParts {
  std::string name;
  std::uint32_t id = 0;
  std::uint8_t type = 0;
  std::string material;  // raw bytes of the public key
};

// Non-empty UTF-8 without Unicode spaces, plus signs or control characters. kMalformed.
Status check_key_name(std::string_view name);

std::uint32_t key_id(std::string_view name, std::uint8_t type, ByteSpan public_key);

// kMalformed: not of that form, or (for types 0x01, 0x04 and 0x06, whose rules are known) an id
// or key length that does not fit.
Result<VkeyParts> parse_vkey_parts(std::string_view text);

// The same, and the type has to be 0x01 or 0x04: kMalformed for others, naming the type.
Result<VerifierKey> parse_vkey(std::string_view text);

// kMalformed for a name that is none; kInvalidArgument for a type other than 0x01 and 0x04.
Result<VerifierKey> make_vkey(std::string_view name, std::uint8_t type,
                              const crypto::PublicKey& key);

// The opaque origin of the log whose first key this is (DESIGN.md §5):
// quarrymark/<base64url SHA-256 of the raw key>.
std::string origin_for_key(const crypto::PublicKey& key);

}  // namespace quarrymark::note
