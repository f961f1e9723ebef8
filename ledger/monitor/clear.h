// Clear notes: which of a passport's states this monitor has seen spent, and how far it looked
// (FORMATS.md, rule 30).
//
// A marker is computed for every state whose disclosure the passport shows: outputs, and the
// record of each event. So whoever puts the note into the passport shows its readers later
// corrections, voids and other uses, also those the passport leaves out.
#pragma once

#include "ledger/monitor/monitor.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::monitor {

struct ClearMade {
  std::string note;  // signed; empty when the passport conflicts with what was seen
  std::size_t markers = 0, seen = 0;
  std::vector<std::string> logs;          // origins the note speaks of
  std::vector<std::string> not_followed;  // logs of the passport this monitor knows nothing of
  std::vector<std::string> behind;        // logs of which the passport shows more than was followed
  std::string evidence;  // directory, when a checkpoint in the passport conflicts with one seen
};

// kRefused: the passport's proofs do not hold, or nothing in it is of a log that is followed.
// kFailedPrecondition: following a log was interrupted; follow it again first.
Result<ClearMade> make_clear_note(Monitor& monitor, std::string_view passport, UtcTime now);

}  // namespace quarrymark::monitor
