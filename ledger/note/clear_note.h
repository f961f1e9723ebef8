// Clear notes (FORMATS.md, rule 30): the text in which a monitor states which markers it has
// seen, in logs of which size.
//
//   quarrymark/clear/v1
//   time <POSIX seconds>
//   log <origin> <size> <base64 root>             ascending by origin
//   marker <marker> unseen                        ascending by marker, or
//   marker <marker> <origin> <seq>                one for each place, ascending
//
// Markers stand in their own spelling (43 base64url characters), as in entries, and ascend by
// that text; roots stand as in checkpoints. A place lies in one of the logs listed, below its
// size. Signature and trust are the caller's business.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::note {

struct ClearLog {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
  bool operator==(const ClearLog&) const = default;
};

struct MarkerPlace {
  std::string origin;
  std::uint64_t seq = 0;
  bool operator==(const MarkerPlace&) const = default;
};

struct ClearMarker {
  Marker marker;
  std::vector<MarkerPlace> places;  // empty: unseen
  bool operator==(const ClearMarker&) const = default;
};

struct ClearNote {
  std::uint64_t time = 0;  // POSIX seconds
  std::vector<ClearLog> logs;
  std::vector<ClearMarker> markers;
  bool operator==(const ClearNote&) const = default;
};

// `text` is a note's text. kMalformed, with the line in the error's field ("line 3").
Result<ClearNote> parse_clear_note(std::string_view text);

// The text parse_clear_note reads. kInvalidArgument when order, duplicates, names or places break
// the rules.
Result<std::string> write_clear_note(const ClearNote& note);

}  // namespace quarrymark::note
