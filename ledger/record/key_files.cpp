#include "ledger/record/key_files.h"

#include "ledger/base/text.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace quarrymark::record {
namespace {

namespace fs = std::filesystem;

// After a power failure a name must lead to the file it led to before.
Status sync_keys(const std::string& directory) {
  const std::string path = directory + "/keys";
  const int file = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool good = file >= 0 && ::fsync(file) == 0;
  const int problem = errno;
  if (file >= 0) ::close(file);
  if (!good) return fail(Errc::kIo, cat("cannot sync ", path, ": ", std::strerror(problem)));
  return {};
}

}  // namespace

std::string key_path(const std::string& directory, log::LogNumber number) {
  return cat(directory, "/keys/", number, ".pem");
}
std::string next_key_path(const std::string& directory, log::LogNumber number) {
  return cat(directory, "/keys/", number, ".next.pem");
}

Result<crypto::SigningKey> load_log_key(const store::Store& store, const std::string& directory,
                                        log::LogNumber number, bool settle) {
  QM_TRY(const crypto::PublicKey wanted, log::current_key(store, number));
  std::error_code ignored;
  const std::string next_path = next_key_path(directory, number);
  const bool has_next = fs::exists(next_path, ignored);
  auto key = crypto::SigningKey::load(key_path(directory, number));
  if (key && key->public_key() == wanted) {
    if (has_next && settle) fs::remove(next_path, ignored);
    return key;
  }
  if (!has_next) return key;
  auto next = crypto::SigningKey::load(next_path);
  if (!next || next->public_key() != wanted) return key;
  if (settle) QM_TRY_VOID(settle_next_key(directory, number));
  return next;
}

Result<crypto::SigningKey> make_next_key(const std::string& directory, log::LogNumber number) {
  const std::string path = next_key_path(directory, number);
  std::error_code error;
  fs::remove(path, error);
  if (error) return fail(Errc::kIo, cat("cannot remove ", path, ": ", error.message()));
  QM_TRY(crypto::SigningKey key, crypto::SigningKey::generate());
  QM_TRY_VOID(key.save(path));
  QM_TRY_VOID(sync_keys(directory));
  return key;
}

Status settle_next_key(const std::string& directory, log::LogNumber number) {
  const std::string from = next_key_path(directory, number);
  std::error_code error;
  fs::rename(from, key_path(directory, number), error);
  if (error) return fail(Errc::kIo, cat("cannot move ", from, ": ", error.message()));
  return sync_keys(directory);
}

}  // namespace quarrymark::record
