// What makes a commit group durable and ordered: the one commit point of a log.
//
// Embedded, it is a synced write of the store. A host that has to survive the loss of a machine
// can put a consensus engine here; nothing else of the log would change. commit() is called by
// one committer at a time, in log order.
#pragma once

#include "ledger/store/store.h"

namespace quarrymark::log {

class Journal {
 public:
  virtual ~Journal() = default;
  // Everything in `batch` is durable and readable through the store, or an error: then the
  // committer's view of the log is void and the log takes no more appends until it is reopened,
  // except after kResourceExhausted, which says that nothing was written.
  virtual Status commit(store::Batch& batch) = 0;
};

// RocksDB's synced WriteBatch.
class StoreJournal final : public Journal {
 public:
  explicit StoreJournal(store::Store& store) : store_(store) {}
  Status commit(store::Batch& batch) override { return store_.write(batch, true); }

 private:
  store::Store& store_;
};

}  // namespace quarrymark::log
