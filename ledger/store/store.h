// The one durable store of a node: RocksDB behind typed tables. Nothing outside this folder
// sees a RocksDB type.
//
// A ledger is a directory; the store lives in its folder `store`, and what must be kept apart
// from it (head files, keys) stands beside.
//
// Settings follow from measured traps: writes that must last are synced; recovery tolerates only
// a torn tail (point-in-time recovery would silently drop acknowledged events after a damaged
// byte); an error that RocksDB latches is shown as such, and only reopening clears it. Appends
// are refused while the disk is below a reserve, so that reads stay alive. Thread-safe.
#pragma once

#include "ledger/base/result.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quarrymark::store {

// One column family each. docs/storage_format.md describes keys and values.
enum class Table : std::uint8_t {
  kMeta,         // node and log records, frontier, checkpoint
  kEntries,      // log ‖ seq → entry bytes
  kDisclosures,  // log ‖ seq → head, fields and device disclosures
  kTiles,        // log ‖ level ‖ index → 256 tree hashes (full tiles only)
  kEvents,       // log ‖ event id → seq
  kKeys,         // log ‖ idempotency key → seq, content digest
  kStates,       // state → what it holds, who may spend it, whether it is spent
  kItems,        // item ‖ … → states of the item, in order
  kNames,        // searchable name or alias → what it names
  kForeign,      // packets received from elsewhere
  kLinks,        // log id ‖ seq → what the event consumed and made, in few bytes
};
inline constexpr std::size_t kTableCount = 11;

// "entries", "tiles", …, as messages and docs/storage_format.md name the tables.
std::string_view table_name(Table table);

// Puts and deletes that become durable together or not at all. Reading through a batch sees
// its own writes first, which is what lets a guard see earlier events of its own group.
// Not thread-safe.
class Batch {
 public:
  explicit Batch(class Store& store);
  ~Batch();
  Batch(Batch&&) noexcept;
  Batch(const Batch&) = delete;

  void put(Table table, std::string_view key, std::string_view value);
  void erase(Table table, std::string_view key);  // get() of this batch sees that it is gone
  // A put that get() of this batch will find. The others are write-only, which is cheaper.
  void put_readable(Table table, std::string_view key, std::string_view value);

  Result<std::optional<std::string>> get(Table table, std::string_view key);

  std::size_t byte_size() const;
  // Forgets everything since the batch was made or last cleared.
  void clear();
  // Savepoint: roll_back() undoes everything since the last set_savepoint() and forgets that
  // savepoint; drop_savepoint() forgets it and keeps the changes. They nest.
  void set_savepoint();
  void roll_back();
  void drop_savepoint();

  // What the batch would write, in order; no value where it deletes.
  void visit(const std::function<void(Table table, std::string_view key,
                                      std::optional<std::string_view> value)>& visit) const;

 private:
  friend class Store;
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

struct Options {
  bool create = false;  // make a new store where there is none
  bool read_only = false;
  std::uint64_t reserve_bytes =
      64ull * 1024 * 1024;  // of free disk, below which writes are refused
  std::size_t block_cache_bytes = 64ull * 1024 * 1024;
};

class Store {
 public:
  // `directory` is the ledger's. kFailedPrecondition: no ledger there, or another process has it
  // open. kDataLoss: what is there is damaged.
  static Result<std::unique_ptr<Store>> open(const std::string& directory, const Options& options);
  ~Store();

  Result<std::optional<std::string>> get(Table table, std::string_view key) const;
  // Calls `visit` for each key with `prefix`, ascending from `from` (which has the prefix, or is
  // empty), until it returns false. Views are valid during the call only.
  Status scan(Table table, std::string_view prefix, std::string_view from,
              const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
  // The same where a few rows are expected: their blocks are kept in the cache, and nothing is read
  // ahead.
  Status find(Table table, std::string_view prefix,
              const std::function<bool(std::string_view key, std::string_view value)>& visit) const;
  // The last key with `prefix`, or nullopt.
  Result<std::optional<std::pair<std::string, std::string>>> last(Table table,
                                                                  std::string_view prefix) const;

  // Durable when it returns, if `sync`. kResourceExhausted below the reserve of free space. After
  // any other failure it is unknown what of the batch is stored: every later write is refused
  // (kIo) until the store is closed and opened again; reads go on.
  Status write(Batch& batch, bool sync);

  // Why writes are refused, or empty. For health checks.
  std::string write_problem() const;

  // Held by whoever reads in order to write, from the first read until the write is done, so that
  // the logs of one store take turns.
  std::unique_lock<std::mutex> lock_writer();

  // Moves what is in memory to table files; compact() also merges them. For measuring and backup.
  Status flush();
  Status compact();
  // The same for the rows of one table from `first` to `last`; both empty: all of it. What was
  // overwritten or deleted there is then in no table file any more, once flush() was called.
  Status compact(Table table, std::string_view first, std::string_view last);

  // Looks for each of `needles`, byte for byte, in every row and in every file of the store.
  struct Residue {
    std::uint64_t rows = 0, files = 0, bytes = 0;  // looked through
    std::vector<std::string> found;                // "table names", "file 000012.log"
    std::vector<std::string> unused;               // table files that the store no longer uses
  };
  Result<Residue> search(const std::vector<std::string>& needles) const;

  const std::string& directory() const { return directory_; }
  std::uint64_t bytes_on_disk(Table table) const;  // of table files; what is not flushed is not in

 private:
  friend class Batch;
  Store();
  struct Inner;
  std::unique_ptr<Inner> inner_;
  std::string directory_;
};

// Big-endian numbers for keys, so that byte order is number order.
void append_u32(std::string& out, std::uint32_t number);
void append_u64(std::string& out, std::uint64_t number);
std::uint32_t read_u32(std::string_view bytes);  // of the first 4 bytes
std::uint64_t read_u64(std::string_view bytes);  // of the first 8 bytes

}  // namespace quarrymark::store
