#include "ledger/crypto/hpke.h"

#include "ledger/base/text.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <memory>

namespace quarrymark::crypto {
namespace {

constexpr std::uint16_t kKem = 0x0020, kKdf = 0x0001;
constexpr std::size_t kHashSize = 32, kNonceSize = 12, kTagSize = 16;
constexpr char kBaseMode = '\0';
// AES-GCM takes an int; nothing that is sealed here comes near it.
constexpr std::size_t kMaxMessage = 64u << 20;

struct KdfDeleter {
  void operator()(EVP_KDF_CTX* context) const { EVP_KDF_CTX_free(context); }
};
struct CipherDeleter {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, CipherDeleter>;

std::string two_bytes(std::size_t number) {
  return {static_cast<char>(number >> 8 & 0xff), static_cast<char>(number & 0xff)};
}

EVP_KDF* hkdf_algorithm() {
  static EVP_KDF* const algorithm = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
  QM_CHECK(algorithm != nullptr, "OpenSSL offers no HKDF");
  return algorithm;
}

OSSL_PARAM octets(const char* name, std::string_view bytes) {
  return OSSL_PARAM_construct_octet_string(name, const_cast<char*>(bytes.data()), bytes.size());
}

// One half of HKDF-SHA256 (RFC 5869): `key` is the input keying material or the extracted key,
// `other` the salt or the info.
std::string hkdf(int mode, std::string_view key, const char* other_name, std::string_view other,
                 std::size_t size) {
  char digest[] = "SHA256";
  const OSSL_PARAM params[] = {OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
                               OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
                               octets(OSSL_KDF_PARAM_KEY, key), octets(other_name, other),
                               OSSL_PARAM_construct_end()};
  const std::unique_ptr<EVP_KDF_CTX, KdfDeleter> context(EVP_KDF_CTX_new(hkdf_algorithm()));
  std::string out(size, '\0');
  // Fails only for lengths that callers never ask for.
  QM_CHECK(context && EVP_KDF_derive(context.get(), reinterpret_cast<unsigned char*>(out.data()),
                                     size, params) == 1,
           "HKDF failed");
  return out;
}

// LabeledExtract and LabeledExpand of RFC 9180 §4 under one suite.
struct Labelled {
  std::string suite;

  std::string extract(std::string_view salt, std::string_view label, std::string_view ikm) const {
    // No salt is as many zeros as the hash is long (RFC 5869 §2.2); OpenSSL refuses none at all.
    const std::string zeros(kHashSize, '\0');
    if (salt.empty()) salt = zeros;
    return hkdf(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, cat("HPKE-v1", suite, label, ikm),
                OSSL_KDF_PARAM_SALT, salt, kHashSize);
  }
  std::string expand(std::string_view key, std::string_view label, std::string_view info,
                     std::size_t size) const {
    return hkdf(EVP_KDF_HKDF_MODE_EXPAND_ONLY, key, OSSL_KDF_PARAM_INFO,
                cat(two_bytes(size), "HPKE-v1", suite, label, info), size);
  }
};

Labelled kem_labels() { return {cat("KEM", two_bytes(kKem))}; }
Labelled hpke_labels(HpkeAead aead) {
  return {cat("HPKE", two_bytes(kKem), two_bytes(kKdf), two_bytes(static_cast<std::size_t>(aead)))};
}

void forget(std::string& secret) { OPENSSL_cleanse(secret.data(), secret.size()); }

// ExtractAndExpand of RFC 9180 §4.1.
std::string shared_secret(std::array<std::uint8_t, 32> dh, const ReaderKey& enc,
                          const ReaderKey& to) {
  const Labelled labels = kem_labels();
  std::string key = labels.extract({}, "eae_prk", as_text(dh));
  std::string secret =
      labels.expand(key, "shared_secret", cat(as_text(enc), as_text(to)), kHashSize);
  OPENSSL_cleanse(dh.data(), dh.size());
  forget(key);
  return secret;
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

HpkeContext::~HpkeContext() {
  forget(key_);
  forget(base_nonce_);
  forget(exporter_);
}

// KeySchedule of RFC 9180 §5.1 for base mode: no pre-shared key.
Result<HpkeContext> HpkeContext::schedule(std::string_view shared, std::string_view info,
                                          HpkeAead aead) {
  const Labelled labels = hpke_labels(aead);
  const std::string context =
      cat(kBaseMode, labels.extract({}, "psk_id_hash", {}), labels.extract({}, "info_hash", info));
  std::string secret = labels.extract(shared, "secret", {});
  HpkeContext out;
  out.aead_ = aead;
  out.key_ = labels.expand(secret, "key", context, aead == HpkeAead::kAes128Gcm ? 16 : 32);
  out.base_nonce_ = labels.expand(secret, "base_nonce", context, kNonceSize);
  out.exporter_ = labels.expand(secret, "exp", context, kHashSize);
  forget(secret);
  return out;
}

Result<HpkeContext> HpkeContext::for_reader(const ReadingKey& key, const ReaderKey& enc,
                                            std::string_view info, HpkeAead aead) {
  QM_TRY(const auto dh, key.agree(enc));
  std::string shared = shared_secret(dh, enc, key.public_key());
  auto context = schedule(shared, info, aead);
  forget(shared);
  return context;
}

Result<HpkeSender> HpkeSender::make(const ReaderKey& to, std::string_view info, HpkeAead aead) {
  QM_TRY(const ReadingKey ephemeral, ReadingKey::generate());
  return make(to, info, aead, ephemeral);
}

Result<HpkeSender> HpkeSender::make(const ReaderKey& to, std::string_view info, HpkeAead aead,
                                    const ReadingKey& ephemeral) {
  QM_TRY(const auto dh, ephemeral.agree(to));
  std::string shared = shared_secret(dh, ephemeral.public_key(), to);
  auto context = HpkeContext::schedule(shared, info, aead);
  forget(shared);
  if (!context) return tl::unexpected<Error>(std::move(context.error()));
  return HpkeSender{ephemeral.public_key(), std::move(*context)};
}

std::string HpkeContext::nonce() const {
  std::string nonce = base_nonce_;
  for (unsigned i = 0; i < 8; ++i)
    nonce[kNonceSize - 1 - i] =
        static_cast<char>(nonce[kNonceSize - 1 - i] ^ static_cast<char>(next_ >> 8 * i & 0xff));
  return nonce;
}

Result<std::string> HpkeContext::seal(std::string_view aad, std::string_view plaintext) {
  if (plaintext.size() > kMaxMessage || aad.size() > kMaxMessage)
    return fail(Errc::kTooLarge, cat("at most ", kMaxMessage, " bytes can be sealed at once"));
  const Cipher cipher(EVP_CIPHER_CTX_new());
  const EVP_CIPHER* algorithm =
      aead_ == HpkeAead::kAes128Gcm ? EVP_aes_128_gcm() : EVP_aes_256_gcm();
  std::string out(plaintext.size() + kTagSize, '\0');
  auto* written = reinterpret_cast<unsigned char*>(out.data());
  int size = 0, rest = 0;
  const bool good =
      cipher &&
      EVP_EncryptInit_ex2(cipher.get(), algorithm, bytes_of(key_), bytes_of(nonce()), nullptr) ==
          1 &&
      EVP_EncryptUpdate(cipher.get(), nullptr, &size, bytes_of(aad),
                        static_cast<int>(aad.size())) == 1 &&
      EVP_EncryptUpdate(cipher.get(), written, &size, bytes_of(plaintext),
                        static_cast<int>(plaintext.size())) == 1 &&
      EVP_EncryptFinal_ex(cipher.get(), written + size, &rest) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_GET_TAG, static_cast<int>(kTagSize),
                          written + plaintext.size()) == 1;
  QM_CHECK(good, "AES-GCM sealing failed");
  ++next_;
  return out;
}

Result<std::string> HpkeContext::open(std::string_view aad, std::string_view ciphertext) {
  if (ciphertext.size() > kMaxMessage + kTagSize || aad.size() > kMaxMessage)
    return fail(Errc::kTooLarge, cat("at most ", kMaxMessage, " bytes can be opened at once"));
  const auto refused = [] {
    ERR_clear_error();
    return fail(Errc::kUnauthorized,
                "it does not open with this key: altered, or sealed to another");
  };
  if (ciphertext.size() < kTagSize) return refused();
  const std::string_view body = ciphertext.substr(0, ciphertext.size() - kTagSize);
  std::string tag(ciphertext.substr(body.size()));
  const Cipher cipher(EVP_CIPHER_CTX_new());
  const EVP_CIPHER* algorithm =
      aead_ == HpkeAead::kAes128Gcm ? EVP_aes_128_gcm() : EVP_aes_256_gcm();
  std::string out(body.size(), '\0');
  auto* written = reinterpret_cast<unsigned char*>(out.data());
  int size = 0, rest = 0;
  unsigned char none[1];
  const bool good =
      cipher &&
      EVP_DecryptInit_ex2(cipher.get(), algorithm, bytes_of(key_), bytes_of(nonce()), nullptr) ==
          1 &&
      EVP_DecryptUpdate(cipher.get(), nullptr, &size, bytes_of(aad),
                        static_cast<int>(aad.size())) == 1 &&
      EVP_DecryptUpdate(cipher.get(), written, &size, bytes_of(body),
                        static_cast<int>(body.size())) == 1 &&
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_AEAD_SET_TAG, static_cast<int>(kTagSize),
                          tag.data()) == 1 &&
      EVP_DecryptFinal_ex(cipher.get(), out.empty() ? none : written + size, &rest) == 1;
  if (!good) return refused();
  ++next_;
  return out;
}

Result<std::string> HpkeContext::export_secret(std::string_view context, std::size_t size) const {
  if (size == 0 || size > 255 * kHashSize)
    return fail(Errc::kInvalidArgument, cat("expected 1 to ", 255 * kHashSize, " bytes"));
  return hpke_labels(aead_).expand(exporter_, "sec", context, size);
}

}  // namespace quarrymark::crypto
