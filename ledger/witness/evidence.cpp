#include "ledger/witness/evidence.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/disk/files.h"
#include "ledger/witness/add_checkpoint.h"

#include <algorithm>
#include <filesystem>

namespace quarrymark::witness {
namespace {

namespace fs = std::filesystem;

std::string name_of(const Conflict& conflict) {
  const Hash log = crypto::sha256(conflict.first.checkpoint.origin);
  const Hash both =
      crypto::sha256({as_bytes(conflict.first.note.text), as_bytes(conflict.second.note.text)});
  return cat(hex_encode(ByteSpan(log).first(8)), "-", conflict.first.checkpoint.size, "-",
             conflict.second.checkpoint.size, "-", hex_encode(ByteSpan(both).first(4)));
}

Result<std::string> read(const std::string& path) {
  QM_TRY(auto bytes, disk::read_file(path, kMaxAddCheckpointBytes));
  if (!bytes) return fail(Errc::kDataLoss, cat(path, ": missing"));
  return std::move(*bytes);
}

}  // namespace

std::string describe(const Conflict& conflict) {
  const note::Checkpoint &first = conflict.first.checkpoint, &second = conflict.second.checkpoint;
  const std::string origin = quoted_for_message(first.origin, 100);
  if (first.size == second.size)
    return cat("the log ", origin, " signed two trees of ", first.size, " entries, with roots ",
               base64_encode(first.root), " and ", base64_encode(second.root));
  return cat("the log ", origin, " signed a tree of ", first.size,
             " entries that is not the beginning of the tree of ", second.size,
             " entries it signed too");
}

Result<std::string> keep_evidence(const std::string& directory, const Conflict& conflict) {
  const std::string path = cat(directory, "/evidence/", name_of(conflict));
  QM_TRY_VOID(disk::make_directory(path));
  QM_TRY_VOID(disk::replace_durably(path + "/first", conflict.first.bytes));
  if (conflict.first.checkpoint.size != conflict.second.checkpoint.size)
    QM_TRY_VOID(disk::replace_durably(
        path + "/proof", write_add_checkpoint({conflict.first.checkpoint.size, conflict.proof,
                                               conflict.second.bytes})));
  // The last one: evidence without it is not listed.
  QM_TRY_VOID(disk::replace_durably(path + "/second", conflict.second.bytes));
  return path;
}

Result<std::vector<std::string>> list_evidence(const std::string& directory) {
  std::vector<std::string> found;
  std::error_code error;
  const fs::path path = directory + "/evidence";
  if (!fs::exists(path, error)) return found;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error))
    if (fs::exists(at->path() / "second")) found.push_back(at->path().string());
  if (error) return fail(Errc::kIo, cat("cannot read ", path.string(), ": ", error.message()));
  std::sort(found.begin(), found.end());
  return found;
}

Result<Conflict> load_evidence(const std::string& path) {
  QM_TRY(const std::string first, read(path + "/first"));
  QM_TRY(const std::string second, read(path + "/second"));
  Conflict conflict;
  QM_TRY(conflict.first, tiles::parse_signed_checkpoint(first));
  QM_TRY(conflict.second, tiles::parse_signed_checkpoint(second));
  if (conflict.first.checkpoint.size == conflict.second.checkpoint.size) return conflict;
  QM_TRY(const std::string proof, read(path + "/proof"));
  QM_TRY(AddCheckpoint request, parse_add_checkpoint(proof));
  conflict.proof = std::move(request.proof);
  return conflict;
}

}  // namespace quarrymark::witness
