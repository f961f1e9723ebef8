#include "ledger/crypto/hash.h"

#include <openssl/evp.h>

namespace quarrymark::crypto {
namespace {

// Fetched once: an implicit fetch on every EVP_DigestInit costs more than a short hash.
EVP_MD* sha256_algorithm() {
  static EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  QM_CHECK(algorithm != nullptr, "OpenSSL offers no SHA-256");
  return algorithm;
}

Sha256& thread_context() {
  thread_local Sha256 context;
  return context;
}

}  // namespace

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  QM_CHECK(context_ != nullptr, "no memory for a hashing context");
  QM_CHECK(EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_), sha256_algorithm(), nullptr) == 1,
           "SHA-256 could not be initialised");
}

Sha256::~Sha256() { EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context_)); }

Hash Sha256::operator()(std::initializer_list<ByteSpan> parts) {
  auto* context = static_cast<EVP_MD_CTX*>(context_);
  Hash out;
  // With a null type the context is only reset, which skips provider look-ups.
  bool good = EVP_DigestInit_ex2(context, nullptr, nullptr) == 1;
  for (const ByteSpan part : parts)
    good = good && EVP_DigestUpdate(context, part.data(), part.size()) == 1;
  good = good && EVP_DigestFinal_ex(context, out.data(), nullptr) == 1;
  QM_CHECK(good, "SHA-256 failed");
  return out;
}

Hash Sha256::operator()(ByteSpan bytes) { return (*this)({bytes}); }

Hash sha256(ByteSpan bytes) { return thread_context()(bytes); }
Hash sha256(std::initializer_list<ByteSpan> parts) { return thread_context()(parts); }

}  // namespace quarrymark::crypto
