#include "ledger/crypto/key.h"

#include "ledger/crypto/key_file.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

namespace quarrymark::crypto {
namespace {

struct MdContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using MdContext = std::unique_ptr<EVP_MD_CTX, MdContextDeleter>;

}  // namespace

Result<SigningKey> SigningKey::from_handle(std::shared_ptr<void> handle) {
  PublicKey raw;
  std::size_t size = raw.size();
  auto* key = static_cast<EVP_PKEY*>(handle.get());
  if (EVP_PKEY_get_id(key) != EVP_PKEY_ED25519 ||
      EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1 || size != raw.size())
    return fail(Errc::kMalformed, "the key is not an Ed25519 private key");
  return SigningKey(std::move(handle), raw);
}

Result<SigningKey> SigningKey::generate() {
  std::array<std::uint8_t, 32> seed;
  random_bytes(seed);
  auto key = from_seed(seed);
  OPENSSL_cleanse(seed.data(), seed.size());
  return key;
}

Result<SigningKey> SigningKey::from_seed(ByteSpan seed) {
  if (seed.size() != 32) return fail(Errc::kInvalidArgument, "an Ed25519 seed has 32 bytes");
  EVP_PKEY* key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size());
  if (key == nullptr) return fail(Errc::kInternal, "OpenSSL refused an Ed25519 seed");
  return from_handle(own_key(key));
}

Result<SigningKey> SigningKey::load(const std::string& path) {
  QM_TRY(auto handle, load_private_key(path));
  return from_handle(std::move(handle));
}

Status SigningKey::save(const std::string& path) const {
  return save_private_key(handle_.get(), path);
}

Signature SigningKey::sign(std::string_view message) const {
  const MdContext context(EVP_MD_CTX_new());
  Signature out;
  std::size_t size = out.size();
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(message.data());
  const bool good = context &&
                    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr,
                                       static_cast<EVP_PKEY*>(handle_.get())) == 1 &&
                    EVP_DigestSign(context.get(), out.data(), &size, bytes, message.size()) == 1 &&
                    size == out.size();
  QM_CHECK(good, "Ed25519 signing failed");
  return out;
}

bool verify(const PublicKey& key, std::string_view message, ByteSpan signature) {
  if (signature.size() != 64) return false;
  const std::shared_ptr<void> handle =
      own_key(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
  const MdContext context(EVP_MD_CTX_new());
  const bool good =
      handle && context &&
      EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr,
                           static_cast<EVP_PKEY*>(handle.get())) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(),
                       reinterpret_cast<const std::uint8_t*>(message.data()), message.size()) == 1;
  if (!good) ERR_clear_error();
  return good;
}

void random_bytes(std::span<std::uint8_t> out) {
  // RAND_bytes is a DRBG seeded from the system's source and reseeded by OpenSSL after a fork.
  QM_CHECK(RAND_bytes(out.data(), static_cast<int>(out.size())) == 1,
           "the system's random source failed");
}

}  // namespace quarrymark::crypto
