// Two checkpoints that one log signed and that cannot both be right, kept so that anybody can see
// for themselves.
//
//   <dir>/evidence/<16 hex digits of SHA-256(origin)>-<size>-<size>-<8 hex digits>/
//     first, second   the two signed checkpoints
//     proof           with two sizes: an add-checkpoint request (C2SP tlog-witness) whose proof
//                     leads to the second root, and from another first root than the one signed
#pragma once

#include "ledger/tiles/signed_checkpoint.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::witness {

struct Conflict {
  tiles::SignedCheckpoint first, second;  // by size; of one log
  std::vector<Hash> proof;                // empty with equal sizes
};

// What it shows, in one sentence.
std::string describe(const Conflict& conflict);

// Durable when it returns; the same conflict twice is one. Returns the directory.
Result<std::string> keep_evidence(const std::string& directory, const Conflict& conflict);

// Directories of the evidence kept, ascending; none: empty.
Result<std::vector<std::string>> list_evidence(const std::string& directory);

// Reads one back. kDataLoss: it is not what was kept.
Result<Conflict> load_evidence(const std::string& path);

}  // namespace quarrymark::witness
