// A monitor's directory, and following a log.
//
//   <dir>/name, key.pem   ledger/witness/identity.h; the key is of type 0x01
//   <dir>/store/          what was seen and indexed (rows.h)
//   <dir>/evidence/       ledger/witness/evidence.h
//
// A checkpoint is compared with every other of that log this monitor has seen before an entry of
// it counts. One process opens it at a time, unless for reading.
#pragma once

#include "ledger/monitor/indexing.h"
#include "ledger/witness/evidence.h"
#include "ledger/witness/identity.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::monitor {

enum class Outcome {
  kFollowed,  // up to the checkpoint that was served
  kStale,     // an older checkpoint was served than was seen; nothing was done
  kConflict,  // the log signed two histories; evidence is kept
};

struct Followed {
  Outcome outcome = Outcome::kFollowed;
  std::uint64_t before = 0, size = 0;  // entries indexed before and now
  std::vector<std::string> odd;        // entries among the new ones that break a rule
  std::string reason;                  // of kStale and kConflict
  std::string evidence;                // directory, of kConflict
};

class Monitor {
 public:
  static Result<note::VerifierKey> create(const std::string& directory, std::string_view name);
  static Result<std::unique_ptr<Monitor>> open(const std::string& directory, bool read_only);

  const witness::Identity& identity() const { return identity_; }
  const std::string& directory() const { return directory_; }
  const store::Store& store() const { return *store_; }

  // kInvalidArgument: no Quarrymark log; others have no markers. kMalformed, kNotFound, kIo: what
  // is served cannot be checked (path in `field`); what was checked before stays.
  Result<Followed> follow(const tiles::LogIdentity& log, const tiles::TileSource& source,
                          UtcTime now, const Progress& progress = {});

  // Compares a checkpoint, already opened with its log's key, with those of its size seen here.
  // The evidence's directory when they conflict.
  Result<std::optional<std::string>> compare_with_seen(const tiles::SignedCheckpoint& opened);

  Result<std::vector<FollowedLog>> logs() const { return load_followed(*store_); }

 private:
  Monitor(std::string directory, witness::Identity identity)
      : directory_(std::move(directory)), identity_(std::move(identity)) {}
  Result<std::optional<FollowedLog>> find(std::string_view origin) const;
  Result<FollowedLog> new_log(const tiles::LogIdentity& log) const;
  Result<std::optional<witness::Conflict>> seen_otherwise(
      LogNumber number, const tiles::SignedCheckpoint& opened) const;
  Status note_seen(const FollowedLog& log, const tiles::SignedCheckpoint& opened, bool is_newest);
  Result<Followed> conflict(Followed followed, const witness::Conflict& found) const;

  std::string directory_;
  witness::Identity identity_;
  std::unique_ptr<store::Store> store_;
};

}  // namespace quarrymark::monitor
