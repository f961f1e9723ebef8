// What a monitor keeps in its store. docs/storage_format.md, "A monitor's directory".
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/clock.h"
#include "ledger/store/store.h"
#include "ledger/tiles/signed_checkpoint.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::monitor {

using LogNumber = std::uint32_t;  // of a followed log, within one monitor

// A log that is followed.
struct FollowedLog {
  LogNumber number = 0;
  std::string origin;
  std::string vkey;           // that its newest checkpoint was opened with
  std::uint64_t indexed = 0;  // entries whose markers are known; at most the checkpoint's size
  std::optional<Hash> last;   // hash of the last of them; empty: it was no entry, or there is none
  UtcTime last_time;          // its time
  UtcTime followed;           // when the checkpoint was fetched
  std::string checkpoint;     // the newest consistent one, signed
};

std::string followed_key(LogNumber number);                   // kMeta
std::string seen_key(LogNumber number, std::uint64_t size);   // kMeta: a signed checkpoint
std::string oddity_key(LogNumber number, std::uint64_t seq);  // kMeta: what is wrong with an entry
std::string event_key(LogNumber number, const EventId& event);  // kEvents → seq
std::string marker_key(const Marker& marker, LogNumber number, std::uint64_t seq);  // kStates

std::string write_followed(const FollowedLog& log);
Result<FollowedLog> read_followed(LogNumber number, std::string_view bytes);

Result<std::vector<FollowedLog>> load_followed(const store::Store& store);  // by number
Result<std::vector<std::string>> load_oddities(const store::Store& store, LogNumber number);

struct MarkerAt {
  LogNumber number = 0;
  std::uint64_t seq = 0;
};
Result<std::vector<MarkerAt>> places_of(const store::Store& store, const Marker& marker);

}  // namespace quarrymark::monitor
