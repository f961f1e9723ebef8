#include "ledger/tiles/signed_checkpoint.h"

#include "ledger/base/text.h"

namespace quarrymark::tiles {
namespace {

// Whose signatures the note has, for a reader who knows none of them.
std::string signers(const note::Note& note) {
  std::string text;
  for (const note::NoteSignature& signature : note.signatures) {
    const std::uint8_t id[] = {static_cast<std::uint8_t>(signature.id >> 24),
                               static_cast<std::uint8_t>(signature.id >> 16),
                               static_cast<std::uint8_t>(signature.id >> 8),
                               static_cast<std::uint8_t>(signature.id)};
    text += cat(text.empty() ? "" : ", ", visible_text(signature.name, 100), "+", hex_encode(id));
    if (text.size() > 300) return text + ", …";
  }
  return text;
}

}  // namespace

Result<LogIdentity> make_identity(std::string_view vkey, std::string_view origin) {
  QM_TRY(note::VerifierKey key, note::parse_vkey(vkey));
  if (key.type != note::kEd25519)
    return fail(Errc::kMalformed,
                cat("vkey ", quoted_for_message(vkey, 100),
                    ": expected a log's key of type 1 (Ed25519), got type ", key.type));
  LogIdentity log{std::string(origin.empty() ? std::string_view(key.name) : origin), {}};
  log.keys.push_back(std::move(key));
  return log;
}

Result<SignedCheckpoint> parse_signed_checkpoint(std::string_view bytes) {
  SignedCheckpoint opened;
  QM_TRY(opened.note, note::parse_note(bytes));
  QM_TRY(opened.checkpoint, note::parse_checkpoint(opened.note.text));
  opened.bytes = bytes;
  return opened;
}

Result<SignedCheckpoint> open_checkpoint(std::string_view bytes, const LogIdentity& log) {
  QM_TRY(SignedCheckpoint opened, parse_signed_checkpoint(bytes));
  if (opened.checkpoint.origin != log.origin)
    return fail(Errc::kRefused,
                cat("of another log: expected origin ", quoted_for_message(log.origin, 100),
                    ", got ", quoted_for_message(opened.checkpoint.origin, 100)));
  const auto verified = note::verify_note(opened.note, log.keys);
  if (verified) return opened;
  bool named = false;
  for (const note::NoteSignature& signature : opened.note.signatures)
    for (const note::VerifierKey& key : log.keys)
      named |= key.name == signature.name && key.id == signature.id;
  if (named) return tl::unexpected<Error>(verified.error());
  return fail(Errc::kUnauthorized, cat("expected a signature by ",
                                       log.keys.empty() ? "its log" : log.keys.front().text(),
                                       ", got those of ", signers(opened.note)));
}

Result<SignedCheckpoint> read_checkpoint(const TileSource& source, const LogIdentity& log) {
  auto bytes = source.read(kCheckpointPath, note::kMaxNoteSize);
  if (!bytes) return tl::unexpected<Error>(std::move(bytes.error()));
  auto opened = open_checkpoint(*bytes, log);
  if (!opened) return fail_at(kCheckpointPath, std::move(opened.error()));
  return opened;
}

}  // namespace quarrymark::tiles
