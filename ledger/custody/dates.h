// Dates as far as somebody other than the claimant knows them. DESIGN.md §7; RULES.md rule 15.
#pragma once

#include "ledger/custody/evidence.h"

#include <optional>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

inline constexpr std::int64_t kLateAfterMs = 72 * kMsPerHour;

// Earliest witness time of a shown checkpoint that covers the event.
std::optional<UtcTime> witnessed_at(const Graph& graph, const Event& event);
// The receives, in another log, that took what this dispatch sent: of the log it was sent to.
std::vector<const Event*> received_by_counterparty(const Graph& graph, const Event& dispatch);
// The earliest time of those.
std::optional<UtcTime> counterparty_time(const Graph& graph, const Event& dispatch);
// "witness", "counterparty" or "not witnessed".
std::string_view date_known_by(const Graph& graph, const Event& event);
// The latest time by which an event was recorded, as far as its entry and witnesses tell.
UtcTime recorded_by(const Graph& graph, const Event& event);
// Whole days by which the claim is older than it may be at its witness time or its own entry's
// time; nullopt when it is not late (at most 72 h).
std::optional<std::int64_t> lateness_days(const Graph& graph, const Event& event);

}  // namespace quarrymark::custody
