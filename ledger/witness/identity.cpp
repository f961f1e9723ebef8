#include "ledger/witness/identity.h"

#include "ledger/base/text.h"
#include "ledger/disk/files.h"

#include <filesystem>

namespace quarrymark::witness {
namespace {

namespace fs = std::filesystem;

std::string name_file(const std::string& directory) { return directory + "/name"; }
std::string key_file(const std::string& directory) { return directory + "/key.pem"; }

}  // namespace

Result<Identity> create_identity(const std::string& directory, std::string_view name,
                                 std::uint8_t type) {
  QM_TRY_VOID(note::check_key_name(name));
  if (disk::exists(key_file(directory)))
    return fail(Errc::kAlreadyExists, cat(directory, " has a key already"));
  std::error_code ignored;
  if (fs::exists(directory, ignored) && !fs::is_empty(directory, ignored))
    return fail(Errc::kFailedPrecondition,
                cat(directory, " holds something else; name an empty or new directory"));
  QM_TRY(const crypto::SigningKey key, crypto::SigningKey::generate());
  QM_TRY(note::VerifierKey vkey, note::make_vkey(name, type, key.public_key()));
  QM_TRY_VOID(disk::make_directory(directory, 0700));
  QM_TRY_VOID(key.save(key_file(directory)));
  // The name last: a directory without it is none yet.
  QM_TRY_VOID(disk::replace_durably(name_file(directory), cat(name, '\n')));
  return Identity{key, std::move(vkey)};
}

Result<Identity> open_identity(const std::string& directory, std::uint8_t type,
                               std::string_view what) {
  QM_TRY(const auto text, disk::read_file(name_file(directory), note::kMaxKeyName + 1));
  if (!text)
    return fail(Errc::kFailedPrecondition,
                cat(directory, " is no ", what, "; make one with: quarrymark ", what, " init"));
  if (!text->ends_with('\n'))
    return fail(Errc::kDataLoss,
                cat(name_file(directory), ": expected one line with the key name"));
  QM_TRY(crypto::SigningKey key, crypto::SigningKey::load(key_file(directory)));
  QM_TRY(
      note::VerifierKey vkey,
      note::make_vkey(std::string_view(*text).substr(0, text->size() - 1), type, key.public_key()));
  return Identity{std::move(key), std::move(vkey)};
}

}  // namespace quarrymark::witness
