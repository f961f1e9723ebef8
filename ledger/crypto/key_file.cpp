#include "ledger/crypto/key_file.h"

#include "ledger/base/text.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace quarrymark::crypto {
namespace {

struct FileCloser {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

}  // namespace

std::shared_ptr<void> own_key(void* key) {
  return {key, [](void* p) { EVP_PKEY_free(static_cast<EVP_PKEY*>(p)); }};
}

Result<std::shared_ptr<void>> load_private_key(const std::string& path) {
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return fail(Errc::kIo, cat("cannot open key file ", path, ": ", std::strerror(errno)));
  EVP_PKEY* key = PEM_read_PrivateKey(file.get(), nullptr, nullptr, nullptr);
  if (key == nullptr) {
    ERR_clear_error();
    return fail(Errc::kMalformed, cat("key file ", path, " holds no readable private key"));
  }
  return own_key(key);
}

Status save_private_key(void* key, const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return fail(errno == EEXIST ? Errc::kAlreadyExists : Errc::kIo,
                cat("cannot create key file ", path, ": ", std::strerror(errno)));
  const File file(::fdopen(descriptor, "wb"));
  const bool written = file &&
                       PEM_write_PrivateKey(file.get(), static_cast<EVP_PKEY*>(key), nullptr,
                                            nullptr, 0, nullptr, nullptr) == 1 &&
                       std::fflush(file.get()) == 0 && ::fsync(descriptor) == 0;
  if (!written) return fail(Errc::kIo, cat("cannot write key file ", path));
  return {};
}

}  // namespace quarrymark::crypto
