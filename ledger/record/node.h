// A node directory: one store, several logs, their keys, and the names its people use.
//
//   <dir>/store/               RocksDB
//   <dir>/keys/<number>.pem    a log's private key
//   <dir>/heads/<number>       the last signed checkpoint, kept outside the store
//   <dir>/contacts.json        name → vkey; people edit it
//
// A Node only puts these together and keeps them alive; what happens to events is in
// recorder.h, inbox.h, export.h and trace.h. Thread-safe after open.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/base/result.h"
#include "ledger/crypto/key.h"
#include "ledger/log/log.h"
#include "ledger/record/contacts.h"
#include "ledger/store/store.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

class StateGuard;

// What a node knows of a log it keeps.
struct LogRecord {
  log::LogNumber number = 0;
  std::string origin;
  std::string name;     // of the organisation
  std::string role;     // a role of schemas/common.schema.json
  std::string country;  // ISO 3166-1 alpha-2
};

// A log of this node, open.
struct OpenLog {
  LogRecord record;
  std::string vkey;  // of its first key
  std::unique_ptr<log::Log> log;
};

// The logs of a node's store, without opening them.
Result<std::vector<LogRecord>> load_records(const store::Store& store);
// While there is this row in the table of meta records, indexes are being made anew (ledger/fsck)
// and nothing can be told of items: Node::open refuses.
inline constexpr std::string_view kRebuildingKey = "rebuilding:";
// The form of the index rows, under this key; a node of another form is refused until fsck has
// made them anew.
inline constexpr std::string_view kIndexFormKey = "indexes:";
inline constexpr std::string_view kIndexForm = "2";
// Where fsck makes rows to compare with. What an interrupted one left there goes at the next open.
std::string fsck_path(const std::string& directory);
// Where the last signed checkpoint of a log is kept.
std::string head_path(const std::string& directory, log::LogNumber number);

struct NodeOptions {
  bool read_only = false;
  std::size_t block_cache_bytes = 64ull * 1024 * 1024;
};

class Node {
 public:
  // Makes a log with a fresh key (or `key`), and the directory and its store when there are
  // none. kAlreadyExists: a log of that name or key is here; kInvalidArgument: no name, unknown
  // role, country not two capitals; kFailedPrecondition: the store is open elsewhere, or the
  // directory holds something else.
  static Result<LogRecord> create_log(const std::string& directory, std::string_view name,
                                      std::string_view role, std::string_view country,
                                      std::optional<crypto::SigningKey> key = std::nullopt);

  // `clock` must outlive the node. kFailedPrecondition: no ledger there (says how to make one),
  // open in another process, or its indexes half rebuilt. kDataLoss: the store is behind a
  // checkpoint kept beside it. Unless for reading only, it finishes first what erasing began
  // (erasing.h).
  static Result<std::unique_ptr<Node>> open(const std::string& directory, Clock& clock,
                                            const NodeOptions& options = {});
  ~Node();
  Node(const Node&) = delete;
  Node& operator=(const Node&) = delete;

  // By name or origin; empty: the only log. kNotFound lists the logs there are.
  Result<OpenLog*> find_log(std::string_view name_or_origin);
  std::span<const std::unique_ptr<OpenLog>> logs() const { return logs_; }
  OpenLog* log_of(std::string_view origin) const;  // null: not of this node

  const std::string& directory() const { return directory_; }
  bool is_read_only() const { return read_only_; }
  store::Store& store() const { return *store_; }
  Clock& clock() const { return clock_; }
  // Reads contacts.json anew, so that an edited file counts at once.
  Result<Contacts> contacts() const;
  std::string contacts_path() const;

 private:
  Node(std::string directory, Clock& clock);
  std::string directory_;
  Clock& clock_;
  bool read_only_ = false;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<StateGuard> guard_;  // outlives the logs that call it
  std::vector<std::unique_ptr<OpenLog>> logs_;
};

}  // namespace quarrymark::record
