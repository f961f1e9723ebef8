// Signed notes (C2SP signed-note): a text, an empty line, and one line for each signature.
//
//   <text, ending in a newline>
//   <empty line; the last one of the note>
//   — <key name> <base64(4-byte key id ‖ signature)>
//
// The text must not be used before verify_note has accepted it.
#pragma once

#include "ledger/note/vkey.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::note {

inline constexpr std::size_t kMaxNoteSize = 1 << 20;   // bytes, whole note
inline constexpr std::size_t kMaxSignatureLines = 64;  // FORMATS.md, rule 23

struct NoteSignature {
  std::string name;
  std::uint32_t id = 0;
  std::string bytes;  // what follows the key id

  bool operator==(const NoteSignature&) const = default;
};

struct Note {
  std::string text;                       // with its final newline
  std::vector<NoteSignature> signatures;  // in the order of the lines

  bool operator==(const Note&) const = default;
};

// kTooLarge beyond the two limits; kMalformed for everything the format does not allow: bytes
// that are not UTF-8, control characters other than newline, no empty line, no signature line,
// a line of another form, base64 in another spelling, no final newline.
Result<Note> parse_note(std::string_view bytes, std::size_t max_signatures = kMaxSignatureLines);

// One signature line with its newline, as a witness returns it, and the way back.
std::string write_signature_line(const NoteSignature& signature);
Result<NoteSignature> parse_signature_line(std::string_view line);

// parse_note(write_note(note)) gives `note` again.
std::string write_note(const Note& note);

// A signature of a known key that was verified.
struct VerifiedSignature {
  VerifierKey key;
  std::uint64_t timestamp = 0;  // POSIX seconds stated by a cosignature (type 0x04), else 0
};

// Every signature whose name and id match one of `known` is verified; others are ignored.
// Returns those that verified, in the order of the lines (a witness may have cosigned twice).
// kUnauthorized: one of them does not verify, or there is none. kInvalidArgument: two different
// keys in `known` share name and id.
Result<std::vector<VerifiedSignature>> verify_note(const Note& note,
                                                   std::span<const VerifierKey> known);

// A type 0x01 signature over `text`. kMalformed when text or name cannot stand in a note.
Result<NoteSignature> make_signature(std::string_view text, std::string_view name,
                                     const crypto::SigningKey& key);

// The whole note with that one signature.
Result<std::string> sign_note(std::string_view text, std::string_view name,
                              const crypto::SigningKey& key);

}  // namespace quarrymark::note
