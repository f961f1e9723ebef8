#include "ledger/witness/witness.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/disk/files.h"
#include "ledger/disk/lock.h"
#include "ledger/merkle/proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/cosignature.h"
#include "ledger/note/lines.h"

#include <algorithm>
#include <filesystem>

namespace quarrymark::witness {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMaxLogFile = 1u << 20;

Answer refusal(Outcome outcome, std::string reason, std::uint64_t size = 0) {
  return Answer{outcome, {}, std::move(reason), size, std::nullopt};
}

std::string write_log(const tiles::LogIdentity& log) {
  std::string text = log.origin + '\n';
  for (const note::VerifierKey& key : log.keys) text += key.text() + '\n';
  return text;
}

Result<tiles::LogIdentity> read_log(std::string_view text) {
  QM_TRY(const auto lines, note::split_lines(text));
  tiles::LogIdentity log{std::string(lines[0]), {}};
  for (std::size_t i = 1; i < lines.size(); ++i) {
    QM_TRY(note::VerifierKey key, note::parse_vkey(lines[i]));
    log.keys.push_back(std::move(key));
  }
  return log;
}

// What a witness remembers is damaged: it must not go on as if it remembered nothing.
tl::unexpected<Error> damaged(const std::string& path, const Error& error) {
  return fail(Errc::kDataLoss, cat(path, ": ", to_string(error),
                                   "; nothing is cosigned for this log until it is restored"));
}

Result<std::optional<KnownLog>> load_log(const std::string& directory) {
  const std::string log_file = directory + "/log", note_file = directory + "/checkpoint";
  QM_TRY(const auto text, disk::read_file(log_file, kMaxLogFile));
  if (!text) return std::optional<KnownLog>();
  auto log = read_log(*text);
  if (!log) return damaged(log_file, log.error());
  KnownLog known{std::move(*log), std::nullopt};
  QM_TRY(const auto bytes, disk::read_file(note_file, note::kMaxNoteSize));
  if (bytes) {
    auto latest = tiles::open_checkpoint(*bytes, known.log);
    if (!latest) return damaged(note_file, latest.error());
    known.latest = std::move(*latest);
  }
  return std::optional<KnownLog>(std::move(known));
}

}  // namespace

Result<Witness> Witness::create(const std::string& directory, std::string_view name) {
  QM_TRY(Identity identity, create_identity(directory, name, note::kEd25519Cosignature));
  return Witness(directory, std::move(identity));
}

Result<Witness> Witness::open(const std::string& directory) {
  QM_TRY(Identity identity, open_identity(directory, note::kEd25519Cosignature, "witness"));
  return Witness(directory, std::move(identity));
}

std::string Witness::log_directory(std::string_view origin) const {
  return cat(directory_, "/logs/", hex_encode(crypto::sha256(origin)));
}

Status Witness::add_log(const tiles::LogIdentity& log) {
  QM_TRY(const auto lock, disk::DirectoryLock::take(directory_));
  QM_TRY(const auto known, find_log(log.origin));
  tiles::LogIdentity joined = known ? known->log : tiles::LogIdentity{log.origin, {}};
  for (const note::VerifierKey& key : log.keys) {
    if (std::find(joined.keys.begin(), joined.keys.end(), key) != joined.keys.end())
      return fail(Errc::kAlreadyExists, cat("the log ", quoted_for_message(log.origin, 100),
                                            " is known with the key ", key.text()));
    joined.keys.push_back(key);
  }
  const std::string directory = log_directory(log.origin);
  QM_TRY_VOID(disk::make_directory(directory));
  return disk::replace_durably(directory + "/log", write_log(joined));
}

Result<std::optional<KnownLog>> Witness::find_log(std::string_view origin) const {
  return load_log(log_directory(origin));
}

Result<std::vector<KnownLog>> Witness::logs() const {
  std::vector<KnownLog> found;
  std::error_code error;
  const fs::path path = directory_ + "/logs";
  if (!fs::exists(path, error)) return found;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    QM_TRY(auto known, load_log(at->path().string()));
    if (known) found.push_back(std::move(*known));
  }
  if (error) return fail(Errc::kIo, cat("cannot read ", path.string(), ": ", error.message()));
  std::sort(found.begin(), found.end(),
            [](const KnownLog& a, const KnownLog& b) { return a.log.origin < b.log.origin; });
  return found;
}

Result<Answer> Witness::add_checkpoint(std::string_view body, UtcTime now) {
  const auto request = parse_add_checkpoint(body);
  if (!request) return refusal(Outcome::kBadRequest, to_string(request.error()));
  return add_checkpoint(*request, now);
}

Result<Answer> Witness::add_checkpoint(const AddCheckpoint& request, UtcTime now) {
  const auto parsed = tiles::parse_signed_checkpoint(request.checkpoint);
  if (!parsed) return refusal(Outcome::kBadRequest, to_string(parsed.error()));
  // From the look at what was cosigned last until the new one is kept, nobody else gets in.
  QM_TRY(const auto lock, disk::DirectoryLock::take(directory_));
  QM_TRY(const auto known, find_log(parsed->checkpoint.origin));
  if (!known)
    return refusal(Outcome::kUnknownLog,
                   cat("the log ", quoted_for_message(parsed->checkpoint.origin, 100),
                       " is not one this witness knows"));
  const auto opened = tiles::open_checkpoint(request.checkpoint, known->log);
  if (!opened)
    return refusal(Outcome::kNotSigned, to_string(opened.error()),
                   known->latest ? known->latest->checkpoint.size : 0);
  return judge(request, *opened, *known, now);
}

Result<Answer> Witness::judge(const AddCheckpoint& request, const tiles::SignedCheckpoint& opened,
                              const KnownLog& known, UtcTime now) {
  const note::Checkpoint& next = opened.checkpoint;
  const std::uint64_t latest = known.latest ? known.latest->checkpoint.size : 0;
  const Hash root = known.latest ? known.latest->checkpoint.root : merkle::empty_root();
  if (request.old_size > next.size)
    return refusal(Outcome::kBadRequest,
                   cat("the old size ", request.old_size, " is above the checkpoint's ", next.size),
                   latest);
  if (known.latest && next.size == latest && next.root != root) {
    Conflict conflict{*known.latest, opened, {}};
    Answer answer = refusal(Outcome::kNotConsistent, describe(conflict), latest);
    QM_TRY(answer.evidence, keep_evidence(directory_, conflict));
    return answer;
  }
  if (request.old_size != latest) {
    Answer answer = refusal(
        Outcome::kOldSizeDiffers,
        next.size < latest
            ? cat("the checkpoint covers ", next.size, " entries; ", latest,
                  " were cosigned already, and a log never gets shorter")
            : cat("expected old size ", latest, ", as cosigned last, got ", request.old_size),
        latest);
    answer.body = cat(latest, '\n');
    return answer;
  }
  if (next.size == 0 && next.root != merkle::empty_root())
    return refusal(Outcome::kNotConsistent, "an empty tree has another root", latest);
  if (auto held = merkle::verify_consistency(latest, next.size, request.proof, root, next.root);
      !held)
    return refusal(Outcome::kNotConsistent, held.error().message, latest);
  return cosign(opened, known, now);
}

Result<Answer> Witness::cosign(const tiles::SignedCheckpoint& opened, const KnownLog& known,
                               UtcTime now) {
  if (now.ms < 1000)
    return fail(Errc::kFailedPrecondition, "the clock stands before 1970; no cosignature was made");
  QM_TRY(const note::NoteSignature signature,
         note::make_cosignature(opened.note.text, static_cast<std::uint64_t>(now.ms) / 1000,
                                identity_.vkey.name, identity_.key));
  // The log's own lines and this one; others' are for them to vouch for.
  note::Note kept{opened.note.text, {}};
  for (const note::NoteSignature& line : opened.note.signatures)
    if (std::any_of(known.log.keys.begin(), known.log.keys.end(),
                    [&](const auto& key) { return key.name == line.name && key.id == line.id; }))
      kept.signatures.push_back(line);
  kept.signatures.push_back(signature);
  QM_TRY_VOID(disk::replace_durably(log_directory(opened.checkpoint.origin) + "/checkpoint",
                                    note::write_note(kept)));
  return Answer{Outcome::kCosigned,
                note::write_signature_line(signature),
                {},
                opened.checkpoint.size,
                std::nullopt};
}

}  // namespace quarrymark::witness
