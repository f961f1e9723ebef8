// Signed notes and offline proofs of anybody, looked at with the keys their reader gives.
#pragma once

#include "ledger/json/value.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"
#include "ledger/tiles/proof.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::api {

enum class NoteOutcome {
  kHolds,          // a given key signed it, and none of those that did is wrong
  kInvalid,        // no note, or a signature by a given key that does not verify
  kNotVerifiable,  // no signature by a given key that can be checked here
};

struct SignatureView {
  enum class State {
    kVerified,
    kWrong,
    kUnknown,      // by a key nobody gave
    kUnsupported,  // by a given key of a type that is not verified here
  };
  std::string name;
  std::uint32_t id = 0;
  State state = State::kUnknown;
  std::optional<std::uint8_t> type;   // of a given key
  std::optional<std::uint64_t> time;  // POSIX seconds, of a verified cosignature
};

struct NoteCheck {
  NoteOutcome outcome = NoteOutcome::kInvalid;
  std::string problem;                         // empty when it holds
  std::string text;                            // of the note; not to be believed unless it holds
  std::optional<note::Checkpoint> checkpoint;  // when the text is one
  std::vector<SignatureView> signatures;       // in the order of the lines
};

// kInvalidArgument: one of `vkeys` is none ("--key").
Result<NoteCheck> check_note(std::string_view bytes, std::span<const std::string> vkeys);

json::Value note_check_json(const NoteCheck& check);
std::string note_check_text(const NoteCheck& check);
int exit_code(NoteOutcome outcome);

json::Value proof_check_json(const tiles::Proof& proof, const tiles::ProofCheck& check);
std::string proof_check_text(const tiles::Proof& proof, const tiles::ProofCheck& check);
int exit_code(tiles::ProofOutcome outcome);

}  // namespace quarrymark::api
