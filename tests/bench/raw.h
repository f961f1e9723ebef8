// Plain RocksDB, writing the keys and values that a log would: what the benchmarks compare with.
#pragma once

#include "ledger/store/store.h"
#include "tests/bench/workload.h"

#include <memory>
#include <string>
#include <vector>

namespace quarrymark::bench {

struct Put {
  store::Table table;
  std::string key, value;
};
using Puts = std::vector<Put>;  // of one commit group

// A journal that writes nothing and notes what it was asked to write.
class CapturingJournal final : public log::Journal {
 public:
  Status commit(store::Batch& batch) override;
  std::vector<Puts> groups;
};

// What a new log writes for these calls of append, one group for each.
std::vector<Puts> captured_puts(const std::string& parent, const crypto::SigningKey& key,
                                std::vector<std::vector<log::Prepared>> calls);

// A database with RocksDB's own defaults and one column family for each table.
class RawDatabase {
 public:
  explicit RawDatabase(const std::string& parent);
  ~RawDatabase();
  void write(const Puts& puts);  // one synced WriteBatch

 private:
  struct Inner;
  ScratchDirectory directory_;
  std::unique_ptr<Inner> inner_;
};

}  // namespace quarrymark::bench
