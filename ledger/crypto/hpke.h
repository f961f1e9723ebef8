// HPKE base mode (RFC 9180): sealing bytes to a reader's key, without saying who sealed them.
//
// KEM DHKEM(X25519, HKDF-SHA256), KDF HKDF-SHA256, AEAD AES-128-GCM or AES-256-GCM. The parts are
// OpenSSL 3's (X25519, HKDF, AES-GCM); what is put together here is the key schedule. Not
// thread-safe: one context belongs to one task.
#pragma once

#include "ledger/crypto/reading_key.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark::crypto {

enum class HpkeAead : std::uint16_t { kAes128Gcm = 0x0001, kAes256Gcm = 0x0002 };

// One direction of messages, each sealed under a nonce of its own.
class HpkeContext {
 public:
  ~HpkeContext();
  HpkeContext(HpkeContext&&) noexcept = default;
  HpkeContext(const HpkeContext&) = delete;

  // kMalformed: `enc` is a point of low order.
  static Result<HpkeContext> for_reader(const ReadingKey& key, const ReaderKey& enc,
                                        std::string_view info, HpkeAead aead);

  // The next message. The sender's context seals, the reader's opens, in the same order.
  Result<std::string> seal(std::string_view aad, std::string_view plaintext);
  // kUnauthorized: not sealed so, to this key, in this order. The order does not advance then.
  Result<std::string> open(std::string_view aad, std::string_view ciphertext);
  // A secret both sides have, for other uses (RFC 9180 §5.3). At most 8,160 bytes.
  Result<std::string> export_secret(std::string_view context, std::size_t size) const;

 private:
  friend struct HpkeSender;
  HpkeContext() = default;
  static Result<HpkeContext> schedule(std::string_view shared_secret, std::string_view info,
                                      HpkeAead aead);
  std::string nonce() const;

  HpkeAead aead_ = HpkeAead::kAes256Gcm;
  std::string key_, base_nonce_, exporter_;
  std::uint64_t next_ = 0;
};

struct HpkeSender {
  ReaderKey enc;  // goes with what is sealed
  HpkeContext context;

  // With a fresh ephemeral key. kMalformed: `to` is a point of low order.
  static Result<HpkeSender> make(const ReaderKey& to, std::string_view info, HpkeAead aead);
  // With a given one, for test vectors: an ephemeral key that serves twice gives secrets away.
  static Result<HpkeSender> make(const ReaderKey& to, std::string_view info, HpkeAead aead,
                                 const ReadingKey& ephemeral);
};

}  // namespace quarrymark::crypto
