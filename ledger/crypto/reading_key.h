// X25519 keys (RFC 7748): what something is sealed to, and what opens it again (hpke.h).
//
// A reading key is not an organisation's signing key: it signs nothing, and losing it loses only
// what was sealed to it.
#pragma once

#include "ledger/base/bytes.h"

#include <array>
#include <memory>
#include <string>

namespace quarrymark::crypto {

using ReaderKey = std::array<std::uint8_t, 32>;  // raw public key, RFC 7748 §5

// The private half. Copies share it.
class ReadingKey {
 public:
  static Result<ReadingKey> generate();
  // The 32 bytes of RFC 7748 §5, clamped when used.
  static Result<ReadingKey> from_bytes(ByteSpan bytes);
  // PKCS#8 in PEM, unencrypted; the file is created with mode 0600 and never overwritten.
  static Result<ReadingKey> load(const std::string& path);
  Status save(const std::string& path) const;

  const ReaderKey& public_key() const { return public_; }
  // The shared secret with `other`. kMalformed for points of low order, whose secret anybody
  // knows (RFC 9180 §7.1.4).
  Result<std::array<std::uint8_t, 32>> agree(const ReaderKey& other) const;

 private:
  ReadingKey(std::shared_ptr<void> handle, ReaderKey public_key)
      : handle_(std::move(handle)), public_(public_key) {}
  static Result<ReadingKey> from_handle(std::shared_ptr<void> handle);
  std::shared_ptr<void> handle_;  // EVP_PKEY
  ReaderKey public_;
};

}  // namespace quarrymark::crypto
