// Keys and values of the log's tables, byte for byte as docs/storage_format.md describes them.
// Numbers are big-endian, so that key order is log order.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/clock.h"
#include "ledger/crypto/key.h"
#include "ledger/log/log.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::log {

// A later key of a log: the note that both keys signed, and the entry that records it.
struct KeyChange {
  std::uint64_t seq = 0;
  std::string note;
};

// What stays the same for a log's lifetime, but for the keys that are added.
struct LogRecord {
  std::string origin;
  crypto::PublicKey key{};  // the first
  std::vector<KeyChange> rotations;
};

// Where a log stands; written with every group.
struct StateRecord {
  std::uint64_t size = 0;
  std::uint64_t before = 0;    // size before the newest group: the stored checkpoint has this size
                               // or, after a close, `size`
  UtcTime time;                // of the last entry
  Hash last{};                 // its hash; zero for an empty log
  std::vector<Hash> frontier;  // as merkle::CompactTree keeps it
};

struct KeyRecord {
  std::uint64_t seq = 0;
  Hash content{};
};

inline constexpr std::string_view kRecordPrefix = "log:";  // of the keys of all LogRecords

std::string log_prefix(LogNumber log);                  // all rows of a log but kMeta's
std::string seq_key(LogNumber log, std::uint64_t seq);  // kEntries, kDisclosures
inline constexpr std::size_t kTileHashes = 256;         // in a full tile
std::string tile_key(LogNumber log, unsigned level, std::uint64_t index);  // kTiles
std::string event_key(LogNumber log, const EventId& event);                // kEvents
std::string idempotency_key(LogNumber log, std::string_view key);          // kKeys
std::string record_key(LogNumber log);                                     // kMeta, LogRecord
std::string state_key(LogNumber log);                                      // kMeta, StateRecord
std::string checkpoint_key(LogNumber log);                                 // kMeta, signed note

std::string write_record(const LogRecord& record);
std::string write_state(const StateRecord& state);
std::string write_key(const KeyRecord& record);
std::string write_seq(std::uint64_t seq);
std::string write_tile(const std::vector<Hash>& hashes);

// All of them: kDataLoss for bytes of another form, naming the record.
Result<LogRecord> read_record(std::string_view bytes);
Result<StateRecord> read_state(std::string_view bytes);
Result<KeyRecord> read_key(std::string_view bytes);
Result<std::uint64_t> read_seq(std::string_view bytes);
Result<std::vector<Hash>> read_tile(std::string_view bytes);  // exactly 256 hashes

// Disclosures of one event stand in one value, one to a line: the head, its fields in the head's
// order, the device's if there is one. An empty line is a field that was erased for good. A line
// is the JSON that the disclosure's base64url spells, which compresses far better and gives the
// same characters back; what spells no JSON array in one line stands there as it is.
void write_disclosures(const Prepared& event, std::string& out);
std::string join_disclosures(const std::vector<std::string>& disclosures);
std::vector<std::string> split_disclosures(std::string_view value);
std::string first_disclosure(std::string_view value);  // the head

// The stored records of a log. kNotFound: no such log in this store.
Result<LogRecord> load_record(const store::Store& store, LogNumber log);
Result<StateRecord> load_state(const store::Store& store, LogNumber log);

}  // namespace quarrymark::log
