// The keys of a log, first to last, and which of them signs a checkpoint.
// FORMATS.md, rules 23 and 24; decision 12.
#pragma once

#include "ledger/log/layout.h"
#include "ledger/note/vkey.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarrymark::log {

// At least one. kDataLoss: a stored rotation is not signed by the key before it and its own.
Result<std::vector<note::VerifierKey>> keys_of(const LogRecord& record);

// The number, within keys_of(), of the key that signs a checkpoint of `size` entries: a rotation
// counts from the checkpoint on that covers its own entry.
std::size_t key_for_size(const LogRecord& record, std::uint64_t size);

}  // namespace quarrymark::log
