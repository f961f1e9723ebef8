#include "ledger/crypto/key.h"

#include "ledger/base/text.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarrymark::crypto {
namespace {

struct MdContextDeleter {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using MdContext = std::unique_ptr<EVP_MD_CTX, MdContextDeleter>;

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

std::shared_ptr<void> own(EVP_PKEY* key) {
  return {key, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); }};
}

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
  return from_handle(own(key));
}

Result<SigningKey> SigningKey::load(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return fail(Errc::kIo, cat("cannot open key file ", path, ": ", std::strerror(errno)));
  EVP_PKEY* key = PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr);
  if (key == nullptr) {
    ERR_clear_error();
    return fail(Errc::kMalformed, cat("key file ", path, " holds no readable private key"));
  }
  return from_handle(own(key));
}

Status SigningKey::save(const std::string& path) const {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return fail(errno == EEXIST ? Errc::kAlreadyExists : Errc::kIo,
                cat("cannot create key file ", path, ": ", std::strerror(errno)));
  const File file(::fdopen(descriptor, "wb"));
  const bool written = file &&
                       PEM_write_PrivateKey(file.get(), static_cast<EVP_PKEY*>(handle_.get()),
                                            nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
                       std::fflush(file.get()) == 0 && ::fsync(descriptor) == 0;
  if (!written) return fail(Errc::kIo, cat("cannot write key file ", path));
  return {};
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
      own(EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()));
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
