// The bytes of one log record: public digests only, compact ASCII, hash-chained.
// FORMATS.md, "Entry", rules 13 to 16.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/clock.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::entry {

inline constexpr std::size_t kMaxEntryBytes = 65'535;
inline constexpr std::uint64_t kMaxSeq = 9007199254740991;  // 2^53 − 1

struct Entry {
  std::string log;
  std::uint64_t seq = 0;
  std::optional<EntryHash> prev;  // absent at seq 0 and only there
  UtcTime time;
  EventId event;
  std::vector<Marker> spends;
  std::optional<FieldDigest> device;
};

// An entry read in place: `log` and `spends_text` point into the text. Reading one allocates
// nothing, which is what lets a whole log be verified at a good part of the hash rate.
struct EntryView {
  std::string_view log;
  std::uint64_t seq = 0;
  bool has_prev = false;
  EntryHash prev;
  UtcTime time;
  EventId event;
  std::string_view spends_text;  // `"<marker>","<marker>"` or empty, already checked
  bool has_device = false;
  FieldDigest device;

  std::size_t spend_count() const { return (spends_text.size() + 1) / (kHashTextSize + 3); }
  Marker spend(std::size_t index) const;
};

// Reads exactly the one spelling; on failure `problem` names the member.
bool parse_entry_view(std::string_view text, EntryView& out, std::string_view& problem);
Result<Entry> parse_entry(std::string_view text);

// The exact bytes. At most kMaxEntryBytes as long as there are at most 1,000 spends.
std::string write_entry(const Entry& entry);

}  // namespace quarrymark::entry
