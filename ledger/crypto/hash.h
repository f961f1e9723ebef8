// SHA-256 (FIPS 180-4) through OpenSSL.
#pragma once

#include "ledger/base/bytes.h"

#include <initializer_list>
#include <string_view>

namespace quarrymark::crypto {

// A reusable hashing context. Fetching the algorithm and allocating a context costs more than
// hashing a short message, so whoever hashes in a loop keeps one of these. Not thread-safe.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  // The digest of the concatenation of `parts`.
  Hash operator()(std::initializer_list<ByteSpan> parts);
  Hash operator()(ByteSpan bytes);

 private:
  void* context_;  // EVP_MD_CTX
};

// One thread-local context behind two plain functions, for everything that is not a loop.
Hash sha256(ByteSpan bytes);
Hash sha256(std::initializer_list<ByteSpan> parts);
inline Hash sha256(std::string_view text) { return sha256(as_bytes(text)); }

}  // namespace quarrymark::crypto
