// Checkpoints (C2SP tlog-checkpoint): the text of a note in which a log states size and root.
//
//   <origin>
//   <size, decimal>
//   <base64 of the root hash>
//   [extension lines, not empty]
//
// Quarrymark's own checkpoints have no extension lines and passports with some are refused
// (FORMATS.md, rule 23); other logs' checkpoints are read with theirs.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/crypto/key.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::note {

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
  std::vector<std::string> extensions;

  bool operator==(const Checkpoint&) const = default;
};

// `text` is a note's text, with its final newline. kMalformed for any other form; sizes are
// accepted in exactly one spelling, up to 2^64−1. That an empty tree has the empty root is for
// whoever checks proofs: merkle::verify_consistency does.
Result<Checkpoint> parse_checkpoint(std::string_view text);

// The text parse_checkpoint reads. The fields are taken as they are.
std::string write_checkpoint(const Checkpoint& checkpoint);

// The note with the log's signature, key name = origin. kMalformed when the origin is no key name.
Result<std::string> sign_checkpoint(std::string_view origin, std::uint64_t size, const Hash& root,
                                    const crypto::SigningKey& key);

}  // namespace quarrymark::note
