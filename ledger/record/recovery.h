// A node that does not open because the checkpoint kept beside its store is gone. Nothing in the
// store can tell whether entries were lost with it; a person has to say so. docs/storage_format.md.
#pragma once

#include "ledger/record/node.h"

#include <string>
#include <string_view>

namespace quarrymark::record {

struct HeadLoss {
  LogRecord record;
  log::Remaining remaining;
};

// What the log named (or the only one) would go on from. Nothing is written.
// kFailedPrecondition: its head file is there and agrees; kDataLoss: it is there and does not.
Result<HeadLoss> look_past_head(const std::string& directory, std::string_view log);
// Makes the head file anew from what the store holds.
Result<HeadLoss> accept_without_head(const std::string& directory, std::string_view log);

}  // namespace quarrymark::record
