// The request with which a log asks for a cosignature (C2SP tlog-witness, add-checkpoint).
//
//   old <size>
//   <base64 of a hash>     the consistency proof, at most 63 lines
//                          an empty line
//   <signed checkpoint>
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::witness {

inline constexpr std::size_t kMaxConsistencyHashes = 63;
inline constexpr std::size_t kMaxAddCheckpointBytes = (1u << 20) + 8192;

struct AddCheckpoint {
  std::uint64_t old_size = 0;
  std::vector<Hash> proof;
  std::string checkpoint;  // the note, verbatim

  bool operator==(const AddCheckpoint&) const = default;
};

// Exactly one spelling; the checkpoint is left as text. kTooLarge; kMalformed with the line in
// `field` ("line 1").
Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);
std::string write_add_checkpoint(const AddCheckpoint& request);

}  // namespace quarrymark::witness
