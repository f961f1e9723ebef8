// How a log changes its key (FORMATS.md, rule 24): a note that the old key and the new one sign.
//
//   quarrymark/rotate/v1
//   <origin>
//   <new vkey>
//
// The origin stays that of the log's first key; the key name of every key is the origin.
#pragma once

#include "ledger/note/signed_note.h"

#include <string>
#include <string_view>

namespace quarrymark::note {

// The note text before it is signed.
std::string rotation_text(std::string_view origin, const VerifierKey& new_key);

// kInvalidArgument when both keys are the same; kMalformed when the origin is no key name.
Result<std::string> make_rotation(std::string_view origin, const crypto::SigningKey& old_key,
                                  const crypto::SigningKey& new_key);

// The key that follows `old_key`. kMalformed: not such a note, another origin than the old key's
// name, a new key of another type or name, or the same key again. kUnauthorized: not signed by
// both.
Result<VerifierKey> verify_rotation(const VerifierKey& old_key, std::string_view note);

}  // namespace quarrymark::note
