#include "ledger/note/rotation.h"

#include "ledger/base/text.h"
#include "ledger/note/lines.h"

#include <algorithm>

namespace quarrymark::note {
namespace {

constexpr std::string_view kRotationContext = "quarrymark/rotate/v1";

tl::unexpected<Error> bad_rotation(std::string_view what) {
  return fail(Errc::kMalformed, cat("rotation: ", what));
}

}  // namespace

std::string rotation_text(std::string_view origin, const VerifierKey& new_key) {
  return cat(kRotationContext, '\n', origin, '\n', new_key.text(), '\n');
}

Result<std::string> make_rotation(std::string_view origin, const crypto::SigningKey& old_key,
                                  const crypto::SigningKey& new_key) {
  if (old_key.public_key() == new_key.public_key())
    return fail(Errc::kInvalidArgument, "rotation: the new key is the old one");
  QM_TRY(const VerifierKey vkey, make_vkey(origin, kEd25519, new_key.public_key()));
  Note note{rotation_text(origin, vkey), {}};
  for (const crypto::SigningKey* key : {&old_key, &new_key}) {
    QM_TRY(NoteSignature signature, make_signature(note.text, origin, *key));
    note.signatures.push_back(std::move(signature));
  }
  return write_note(note);
}

Result<VerifierKey> verify_rotation(const VerifierKey& old_key, std::string_view note) {
  QM_TRY(const Note parsed, parse_note(note));
  QM_TRY(const auto lines, split_lines(parsed.text));
  if (lines.size() != 3 || lines[0] != kRotationContext)
    return bad_rotation(cat("expected the lines ", kRotationContext, ", origin and new vkey"));
  if (lines[1] != old_key.name)
    return bad_rotation(cat("expected origin ", quoted_for_message(old_key.name, 100), ", got ",
                            quoted_for_message(lines[1], 100)));
  QM_TRY(const VerifierKey new_key, parse_vkey(lines[2]));
  if (old_key.type != kEd25519 || new_key.type != kEd25519)
    return bad_rotation("a log's key has signature type 1");
  if (new_key.name != old_key.name)
    return bad_rotation("the name of the new key is not the origin");
  if (new_key.key == old_key.key) return bad_rotation("the new key is the old one");

  const VerifierKey both[] = {old_key, new_key};
  QM_TRY(const auto verified, verify_note(parsed, both));
  for (const VerifierKey& key : both)
    if (std::none_of(verified.begin(), verified.end(),
                     [&](const VerifiedSignature& signature) { return signature.key == key; }))
      return fail(Errc::kUnauthorized,
                  cat("rotation: not signed by the ", key == old_key ? "old" : "new", " key"));
  return new_key;
}

}  // namespace quarrymark::note
