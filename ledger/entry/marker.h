// The public sign that a state was spent. It tells nothing to those who do not hold the state's
// disclosure, and everybody who does can recompute it. DESIGN.md §4.
#pragma once

#include "ledger/base/bytes.h"

#include <string_view>

namespace quarrymark::entry {

// SHA-256("quarrymark/spend/v1" ‖ 0x00 ‖ event id ‖ 0x00 ‖ the output's disclosure), all ASCII.
// For a record state the disclosure is that of the head itself.
Marker spend_marker(const EventId& event, std::string_view output_disclosure);

}  // namespace quarrymark::entry
