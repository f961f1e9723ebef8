#include "ledger/crypto/reading_key.h"

#include "ledger/crypto/key.h"
#include "ledger/crypto/key_file.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>

#include <algorithm>

namespace quarrymark::crypto {
namespace {

struct ContextDeleter {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_PKEY_CTX, ContextDeleter>;

}  // namespace

Result<ReadingKey> ReadingKey::from_handle(std::shared_ptr<void> handle) {
  ReaderKey raw;
  std::size_t size = raw.size();
  auto* key = static_cast<EVP_PKEY*>(handle.get());
  if (EVP_PKEY_get_id(key) != EVP_PKEY_X25519 ||
      EVP_PKEY_get_raw_public_key(key, raw.data(), &size) != 1 || size != raw.size())
    return fail(Errc::kMalformed, "the key is not an X25519 reading key");
  return ReadingKey(std::move(handle), raw);
}

Result<ReadingKey> ReadingKey::generate() {
  std::array<std::uint8_t, 32> bytes;
  random_bytes(bytes);
  auto key = from_bytes(bytes);
  OPENSSL_cleanse(bytes.data(), bytes.size());
  return key;
}

Result<ReadingKey> ReadingKey::from_bytes(ByteSpan bytes) {
  if (bytes.size() != 32) return fail(Errc::kInvalidArgument, "an X25519 key has 32 bytes");
  EVP_PKEY* key =
      EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, nullptr, bytes.data(), bytes.size());
  if (key == nullptr) return fail(Errc::kInternal, "OpenSSL refused an X25519 key");
  return from_handle(own_key(key));
}

Result<ReadingKey> ReadingKey::load(const std::string& path) {
  QM_TRY(auto handle, load_private_key(path));
  return from_handle(std::move(handle));
}

Status ReadingKey::save(const std::string& path) const {
  return save_private_key(handle_.get(), path);
}

Result<std::array<std::uint8_t, 32>> ReadingKey::agree(const ReaderKey& other) const {
  const std::shared_ptr<void> peer =
      own_key(EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, nullptr, other.data(), other.size()));
  const Context context(EVP_PKEY_CTX_new(static_cast<EVP_PKEY*>(handle_.get()), nullptr));
  std::array<std::uint8_t, 32> secret{};
  std::size_t size = secret.size();
  const bool good =
      peer && context && EVP_PKEY_derive_init(context.get()) == 1 &&
      EVP_PKEY_derive_set_peer(context.get(), static_cast<EVP_PKEY*>(peer.get())) == 1 &&
      EVP_PKEY_derive(context.get(), secret.data(), &size) == 1 && size == secret.size();
  if (!good) ERR_clear_error();
  // OpenSSL refuses the all-zero result itself; the standard asks for the check, so it is here.
  const bool zero =
      std::all_of(secret.begin(), secret.end(), [](std::uint8_t byte) { return byte == 0; });
  if (!good || zero)
    return fail(Errc::kMalformed, "the X25519 key is a point of low order, which is no key");
  return secret;
}

}  // namespace quarrymark::crypto
