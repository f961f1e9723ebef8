#include "ledger/note/signed_note.h"

#include "ledger/base/text.h"
#include "ledger/note/cosignature.h"
#include "ledger/note/lines.h"

#include <algorithm>

namespace quarrymark::note {
namespace {

constexpr std::string_view kSignaturePrefix = "\xe2\x80\x94 ";  // em dash, space
constexpr std::size_t kIdSize = 4;

Status check_characters(std::string_view what, std::string_view bytes) {
  if (!is_valid_utf8(bytes)) return fail(Errc::kMalformed, cat(what, ": not UTF-8"));
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n') continue;
    if (c == '\r')
      return fail(Errc::kMalformed, cat(what,
                                        ": has a carriage return; lines end with a newline "
                                        "alone"));
    return fail(Errc::kMalformed, cat(what, ": has a control character"));
  }
  return {};
}

Status check_text(std::string_view text) {
  QM_TRY_VOID(check_characters("note text", text));
  if (!text.ends_with('\n'))
    return fail(Errc::kMalformed, "note text: does not end with a newline");
  return {};
}

// One line without its newline.
Result<NoteSignature> parse_line(std::string_view line) {
  const auto refused = [&](std::string_view what) {
    return fail(Errc::kMalformed,
                cat("signature line ", quoted_for_message(line, 100), ": ", what));
  };
  if (!line.starts_with(kSignaturePrefix)) return refused("expected an em dash and a space first");
  const std::string_view rest = line.substr(kSignaturePrefix.size());
  const std::size_t space = rest.find(' ');
  if (space == rest.npos) return refused("expected <key name> <base64>");

  NoteSignature signature;
  signature.name = rest.substr(0, space);
  QM_TRY_VOID(check_key_name(signature.name));
  const auto bytes = base64_decode(rest.substr(space + 1));
  if (!bytes) return refused("the signature is not canonical base64");
  if (bytes->size() <= kIdSize)
    return refused(cat("expected more than ", kIdSize, " bytes, got ", bytes->size()));
  for (std::size_t i = 0; i < kIdSize; ++i)
    signature.id = signature.id << 8 | static_cast<unsigned char>((*bytes)[i]);
  signature.bytes = bytes->substr(kIdSize);
  return signature;
}

Result<VerifiedSignature> verify_one(const std::string& text, const VerifierKey& key,
                                     const NoteSignature& signature) {
  if (key.type == kEd25519Cosignature) {
    QM_TRY(const std::uint64_t time, verify_cosignature(text, key, signature));
    return VerifiedSignature{key, time};
  }
  if (key.type == kEd25519 && crypto::verify(key.key, text, as_bytes(signature.bytes)))
    return VerifiedSignature{key, 0};
  return fail(Errc::kUnauthorized, cat("the signature of known key ",
                                       quoted_for_message(key.name, 100), " does not verify"));
}

// The known key with that name and id, or null.
Result<const VerifierKey*> find_key(std::span<const VerifierKey> known,
                                    const NoteSignature& signature) {
  const VerifierKey* found = nullptr;
  for (const VerifierKey& key : known) {
    if (key.id != signature.id || key.name != signature.name) continue;
    if (found != nullptr && *found != key)
      return fail(
          Errc::kInvalidArgument,
          cat("two known keys are named ", quoted_for_message(key.name, 100), " with the same id"));
    found = &key;
  }
  return found;
}

}  // namespace

Result<Note> parse_note(std::string_view bytes, std::size_t max_signatures) {
  if (bytes.size() > kMaxNoteSize)
    return fail(Errc::kTooLarge, cat("note: at most ", kMaxNoteSize, " bytes, got ", bytes.size()));
  QM_TRY_VOID(check_characters("note", bytes));
  if (!bytes.ends_with('\n')) return fail(Errc::kMalformed, "note: does not end with a newline");
  const std::size_t gap = bytes.rfind("\n\n");
  if (gap == bytes.npos)
    return fail(Errc::kMalformed, "note: no empty line between text and signatures");

  Note note;
  note.text = bytes.substr(0, gap + 1);
  std::string_view rest = bytes.substr(gap + 2);
  if (rest.empty()) return fail(Errc::kMalformed, "note: no signature line after the empty line");
  const auto lines = static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '\n'));
  if (lines > max_signatures)
    return fail(Errc::kTooLarge,
                cat("note: at most ", max_signatures, " signature lines, got ", lines));
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    QM_TRY(NoteSignature signature, parse_line(rest.substr(0, end)));
    note.signatures.push_back(std::move(signature));
    rest.remove_prefix(end + 1);
  }
  return note;
}

std::string write_signature_line(const NoteSignature& signature) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8)
    bytes += static_cast<char>(signature.id >> shift & 0xff);
  bytes += signature.bytes;
  return cat(kSignaturePrefix, signature.name, ' ', base64_encode(as_bytes(bytes)), '\n');
}

Result<NoteSignature> parse_signature_line(std::string_view line) {
  QM_TRY_VOID(check_characters("signature line", line));
  if (!line.ends_with('\n') || line.find('\n') != line.size() - 1)
    return fail(Errc::kMalformed, "signature line: expected one line that ends with a newline");
  return parse_line(line.substr(0, line.size() - 1));
}

std::string write_note(const Note& note) {
  std::string out = note.text + '\n';
  for (const NoteSignature& signature : note.signatures) out += write_signature_line(signature);
  return out;
}

Result<std::vector<VerifiedSignature>> verify_note(const Note& note,
                                                   std::span<const VerifierKey> known) {
  std::vector<VerifiedSignature> verified;
  for (const NoteSignature& signature : note.signatures) {
    QM_TRY(const VerifierKey* const key, find_key(known, signature));
    if (key == nullptr) continue;
    QM_TRY(VerifiedSignature good, verify_one(note.text, *key, signature));
    verified.push_back(std::move(good));
  }
  if (verified.empty())
    return fail(Errc::kUnauthorized,
                cat("note: none of its ", note.signatures.size(), " signatures is by a known key"));
  return verified;
}

Result<NoteSignature> make_signature(std::string_view text, std::string_view name,
                                     const crypto::SigningKey& key) {
  QM_TRY_VOID(check_text(text));
  QM_TRY_VOID(check_key_name(name));
  const crypto::Signature signature = key.sign(text);
  return NoteSignature{std::string(name), key_id(name, kEd25519, key.public_key()),
                       std::string(as_text(signature))};
}

Result<std::string> sign_note(std::string_view text, std::string_view name,
                              const crypto::SigningKey& key) {
  QM_TRY(NoteSignature signature, make_signature(text, name, key));
  return write_note({std::string(text), {std::move(signature)}});
}

}  // namespace quarrymark::note
