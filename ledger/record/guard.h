// Decides in the committer whether an event may be appended, against the states as they are at
// that moment, and writes the indexes that the rest of this folder reads.
//
// It runs for one event at a time and sees what earlier events of the same group did, so two
// callers can never spend one state. docs/storage_format.md, "States, items and names".
#pragma once

#include "ledger/log/log.h"
#include "ledger/store/store.h"

namespace quarrymark::record {

class Node;

class StateGuard final : public log::Guard {
 public:
  explicit StateGuard(const Node& node) : node_(node) {}

  // kRefused: a rule of the ledger forbids it ("inputs[0]": "already spent by …").
  // kNotFound: an input is no state this node knows. kInternal: no resolver prepared the event.
  Status admit(log::LogNumber log, const log::Prepared& event, std::uint64_t seq, UtcTime time,
               store::Batch& batch) override;

 private:
  const Node& node_;  // only to name logs
};

}  // namespace quarrymark::record
