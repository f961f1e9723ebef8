// One organisation's log: append-only, hash-chained, Merkle-committed, signed once a group.
//
// Many callers append; one committer gathers what waits into a group, asks the guard about each
// event in turn, writes entries, disclosures and indexes in one durable batch, and signs one
// checkpoint. A receipt exists only for what is durable. The committer is the single writer, so
// everything the guard reads is current, including earlier events of the same group.
//
// What makes a group durable and ordered is the journal (journal.h), one narrow interface.
// DESIGN.md §5; formats in docs/storage_format.md.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/clock.h"
#include "ledger/base/result.h"
#include "ledger/crypto/key.h"
#include "ledger/log/journal.h"
#include "ledger/store/store.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::log {

using LogNumber = std::uint32_t;  // short name of a log within one store

// An event ready to be appended: everything but its place in the log.
struct Prepared {
  EventId event;
  std::string head;                      // the head's disclosure
  std::vector<std::string> disclosures;  // of its fields, in the head's order
  std::vector<Marker> spends;            // one for each input, in order
  std::optional<std::string> device;     // the device's disclosure
  std::string key;                       // idempotency key; empty: none
  Hash content{};                        // what the key stands for: digest of the request
  std::shared_ptr<const void> meaning;   // whatever the guard wants to find again; may be null
};

struct Receipt {
  EventId event;
  std::uint64_t index = 0;  // seq in the log
  UtcTime time;
  bool replayed = false;  // the key was known: this is the first receipt again
};

// A checkpoint with what it takes to check it from the log's first key on.
struct SignedHead {
  std::string checkpoint;              // signed note; an empty log has one too
  std::vector<std::string> rotations;  // signed notes, one for each later key (FORMATS rule 24)
};

// What appending returns: a receipt for each event, and the checkpoint that covers them all.
struct Appended {
  std::vector<Receipt> receipts;
  std::string checkpoint;  // signed note
};

// Decides whether an event may be appended, and adds its own index entries to the batch.
// Called by the committer only, in log order, never concurrently for one store.
class Guard {
 public:
  virtual ~Guard() = default;
  virtual Status admit(LogNumber log, const Prepared& event, std::uint64_t seq, UtcTime time,
                       store::Batch& batch) = 0;
};

struct LogOptions {
  // Where the last signed checkpoint is kept outside the store. Empty: nowhere, and then silent
  // loss of the newest entries goes unnoticed; for tests and scratch logs only.
  std::string head_file;
  std::size_t group_events = 1000;  // at most this many events in one durable write
  std::size_t group_bytes = 8u << 20;
  Journal* journal = nullptr;  // must outlive the log; null: a synced write of the store
};

class Log {
 public:
  // Makes the records of a new, empty log with number `number`.
  static Status create(store::Store& store, LogNumber number, const crypto::SigningKey& key);

  // Opens a log and compares it with the checkpoint kept outside the store: kDataLoss when the
  // store is behind it or disagrees, or when it is missing and the log is not empty. kUnauthorized
  // for another key. `guard`, `clock` and `store` must outlive the log.
  static Result<std::unique_ptr<Log>> open(store::Store& store, LogNumber number,
                                           crypto::SigningKey key, Clock& clock, Guard& guard,
                                           LogOptions options);
  ~Log();  // finishes what was accepted

  // All of `events` or none, in order; blocks until durable. kRefused and other errors of the
  // guard carry the index of the event in `field` ("[3]…"). Thread-safe; concurrent calls share
  // durable writes.
  Result<Appended> append(std::vector<Prepared> events);

  // Appends `event`, which records `note` (ledger/note/rotation.h), and signs with `next` from
  // the checkpoint on that covers it: one durable write. kMalformed, kUnauthorized: `note` does
  // not lead from the key in force; kInvalidArgument: it names another key than `next`.
  Result<Appended> rotate(Prepared event, crypto::SigningKey next, std::string note);

  LogNumber number() const;
  const std::string& origin() const;
  std::string vkey() const;                // of the first key
  std::vector<std::string> vkeys() const;  // of all keys, first to last
  std::uint64_t size() const;
  std::string checkpoint() const;  // the current signed note; an empty log has one too
  SignedHead signed_head() const;

  Result<std::string> entry(std::uint64_t seq) const;                     // kNotFound beyond size
  Result<std::vector<std::string>> disclosures(std::uint64_t seq) const;  // head first
  Result<std::optional<std::uint64_t>> find_event(const EventId& event) const;
  Result<std::optional<std::uint64_t>> find_key(std::string_view key) const;

  // The hashes that prove the entries `indices` (ascending) under the tree of `size` entries.
  Result<std::vector<Hash>> multi_proof(std::uint64_t size,
                                        std::span<const std::uint64_t> indices) const;
  Result<Hash> root(std::uint64_t size) const;
  // RFC 9162 proofs in the tree of `size` entries: for one entry, from its sibling upwards, and
  // that the first `old_size` entries are its beginning.
  Result<std::vector<Hash>> inclusion_proof(std::uint64_t size, std::uint64_t index) const;
  Result<std::vector<Hash>> consistency_proof(std::uint64_t old_size, std::uint64_t size) const;
  // The first `width` hashes of a tile (C2SP tlog-tiles).
  Result<std::vector<Hash>> tile(unsigned level, std::uint64_t index, unsigned width) const;

 private:
  Log();
  struct Inner;
  std::unique_ptr<Inner> inner_;
};

// The key that has to open a log: that of its last rotation. kNotFound: no such log.
Result<crypto::PublicKey> current_key(const store::Store& store, LogNumber number);

// What a log would go on from when its head file is gone.
struct Remaining {
  std::uint64_t entries = 0;
  UtcTime time;  // of the last one
  std::string checkpoint;
};
// Whether a missing or unreadable head file is all that keeps a log from opening. Nothing is
// written. kFailedPrecondition: the head file holds a checkpoint, so there is nothing to accept.
// kDataLoss: the store contradicts itself or that checkpoint.
Result<Remaining> look_past_head(const store::Store& store, LogNumber number,
                                 const crypto::SigningKey& key, const std::string& head_file);
// Writes the head file anew for the entries there are. Whatever was signed beyond them would be a
// second history: only a person who knows that nothing is lost may ask for it.
Result<Remaining> accept_without_head(const store::Store& store, LogNumber number,
                                      const crypto::SigningKey& key, const std::string& head_file);

// The numbers of the logs in a store, ascending.
Result<std::vector<LogNumber>> list_logs(const store::Store& store);

}  // namespace quarrymark::log
