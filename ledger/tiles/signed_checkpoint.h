// A checkpoint as a log serves it, opened with the keys of that log.
#pragma once

#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"
#include "ledger/tiles/source.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::tiles {

inline constexpr std::string_view kCheckpointPath = "checkpoint";

// A log as its reader knows it. Mostly the key's name is the origin; some logs differ.
struct LogIdentity {
  std::string origin;
  std::vector<note::VerifierKey> keys;  // type 0x01; any of them may have signed
};

// kMalformed: `vkey` is none, or of a signature type that no log signs with here (named).
// `origin` empty: the key's name.
Result<LogIdentity> make_identity(std::string_view vkey, std::string_view origin = {});

struct SignedCheckpoint {
  std::string bytes;  // the whole note
  note::Note note;
  note::Checkpoint checkpoint;
};

// Form alone: no key, so nothing in it may be believed yet.
Result<SignedCheckpoint> parse_signed_checkpoint(std::string_view bytes);

// kMalformed: no checkpoint. kUnauthorized: none of the log's keys signed it, or one of them did
// not; kRefused: of another log.
Result<SignedCheckpoint> open_checkpoint(std::string_view bytes, const LogIdentity& log);
// What the source serves now; errors carry "checkpoint" in `field`.
Result<SignedCheckpoint> read_checkpoint(const TileSource& source, const LogIdentity& log);

}  // namespace quarrymark::tiles
