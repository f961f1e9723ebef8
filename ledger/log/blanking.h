// Taking disclosures out of a log's rows for good: the entries keep their digests, so every proof
// still holds. What events mean, and who may ask for it, is the guard's business.
// docs/storage_format.md, "disclosures"; docs/erasure.md.
#pragma once

#include "ledger/log/log.h"

#include <span>
#include <string>
#include <vector>

namespace quarrymark::log {

// The stored lines of an entry as `batch` sees them: head, fields, device; empty where erased.
Result<std::vector<std::string>> load_lines(store::Batch& batch, LogNumber log, std::uint64_t seq);

// Empties those lines (never line 0, the head) in `batch`, and makes the idempotency key under
// which the entry was recorded, if any, stand for nothing: the digest of a request lets whoever
// knows the rest of it confirm a guess. Reads the store for that key, all keys of the log.
Status blank_lines(store::Store& store, store::Batch& batch, LogNumber log, std::uint64_t seq,
                   std::span<const std::size_t> lines);

}  // namespace quarrymark::log
