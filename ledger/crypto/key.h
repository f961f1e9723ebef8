// Ed25519 keys and signatures (RFC 8032), and the system's random source.
#pragma once

#include "ledger/base/bytes.h"

#include <array>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace quarrymark::crypto {

using PublicKey = std::array<std::uint8_t, 32>;  // raw, RFC 8032 §5.1.5
using Signature = std::array<std::uint8_t, 64>;  // raw, RFC 8032 §5.1.6

// A private key. Copies share it; signing is thread-safe.
class SigningKey {
 public:
  static Result<SigningKey> generate();
  // The 32-byte seed of RFC 8032 §5.1.5.
  static Result<SigningKey> from_seed(ByteSpan seed);
  // PKCS#8 in PEM, unencrypted; the file is created with mode 0600 and never overwritten.
  static Result<SigningKey> load(const std::string& path);
  Status save(const std::string& path) const;

  const PublicKey& public_key() const { return public_; }
  Signature sign(std::string_view message) const;

 private:
  SigningKey(std::shared_ptr<void> handle, PublicKey public_key)
      : handle_(std::move(handle)), public_(public_key) {}
  static Result<SigningKey> from_handle(std::shared_ptr<void> handle);
  std::shared_ptr<void> handle_;  // EVP_PKEY
  PublicKey public_;
};

// True when `signature` is `key`'s over `message`. Malformed keys and signatures are false.
bool verify(const PublicKey& key, std::string_view message, ByteSpan signature);

// Fills `out` from the operating system's generator; stops the program when there is none,
// because a predictable salt would undo every withheld name.
void random_bytes(std::span<std::uint8_t> out);

}  // namespace quarrymark::crypto
