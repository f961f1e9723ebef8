// What the sources of this folder share: the RocksDB side of Store and Batch. Not for others.
#pragma once

#include "ledger/store/store.h"

#include <rocksdb/db.h>
#include <rocksdb/write_batch.h>

#include <array>
#include <unordered_map>
#include <vector>

namespace quarrymark::store {

inline rocksdb::Slice slice(std::string_view text) { return {text.data(), text.size()}; }

struct Store::Inner {
  std::unique_ptr<rocksdb::DB> db;
  std::array<rocksdb::ColumnFamilyHandle*, kTableCount> handles{};  // by Table
  std::string path;                                                 // of the RocksDB database
  std::uint64_t reserve_bytes = 0;
  bool read_only = false;
  std::mutex writer;          // lock_writer()
  mutable std::mutex mutex;   // guards what follows
  std::string write_problem;  // why no write is accepted any more, or empty

  rocksdb::ColumnFamilyHandle* handle(Table table) const {
    return handles[static_cast<std::size_t>(table)];
  }
  Error error_of(const rocksdb::Status& status, std::string_view what) const;
  Status check_space(std::size_t batch_bytes) const;
  Status visit(rocksdb::ReadOptions options, Table table, std::string_view prefix,
               std::string_view from,
               const std::function<bool(std::string_view, std::string_view)>& visit) const;
  ~Inner();
};

struct Batch::Inner {
  struct TextHasher {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  // What get() sees of this batch; no value where the key was erased.
  using Overlay =
      std::unordered_map<std::string, std::optional<std::string>, TextHasher, std::equal_to<>>;
  struct Undo {
    Table table;
    Overlay::value_type* slot;  // stays where it is while the map grows
    bool existed;
    std::optional<std::string> before;
  };

  Store* store = nullptr;
  rocksdb::WriteBatch writes;
  std::array<Overlay, kTableCount> overlays;
  std::vector<Undo> undo;               // kept only while there is a savepoint
  std::vector<std::size_t> savepoints;  // sizes of `undo`

  void remember(Table table, std::string_view key, std::optional<std::string_view> value);
};

}  // namespace quarrymark::store
