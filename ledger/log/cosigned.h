// Cosigned checkpoints of a log, kept in its store so that passports can carry them.
//
// A witness signs a checkpoint outside the node; what it gave back is taken in here. One note is
// kept for each size, with the first cosignature of each witness, because it is the earliest date
// that counts. docs/storage_format.md, "meta".
#pragma once

#include "ledger/log/log.h"
#include "ledger/note/signed_note.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::log {

struct CosignedTaken {
  std::uint64_t size = 0;
  std::vector<note::VerifiedSignature> cosignatures;  // of the witnesses named, as they came
  std::size_t ignored = 0;                            // lines by keys that nobody named
  std::string note;                                   // what is kept now
};

// kMalformed: no checkpoint. kRefused: of another log, or with another root than this log has at
// that size (somebody else signs with its key). kUnauthorized: the log's own signature is missing,
// a named witness's does not verify, or none of them signed: readers who know that witness would
// refuse the passport. Durable when it returns.
Result<CosignedTaken> take_cosigned(store::Store& store, const Log& log, std::string_view note,
                                    std::span<const note::VerifierKey> witnesses);

// The newest one that covers the first `entries` entries.
Result<std::optional<std::string>> newest_cosigned(const store::Store& store, LogNumber log,
                                                   std::uint64_t entries);

// Whether a note has a signature of a cosignature's form. Whose it is, and whether it is right, is
// for the reader who knows the witness.
bool has_cosignature(std::string_view note);

}  // namespace quarrymark::log
