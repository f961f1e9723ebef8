// What a registrar's log says of one organisation: every admission that names it, and what became
// of each. A registrar shows this to anybody it names (DESIGN.md §7).
#pragma once

#include "ledger/custody/event.h"
#include "ledger/record/node.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

struct RegisteredSite {
  std::string name, role;  // the name is the event id where the site is not known here
  std::vector<std::string> parcels;
  std::optional<UtcTime> from, to;
};

struct Registration {
  EventId event;  // the admit
  std::uint64_t index = 0;
  std::string at;
  std::string name, role, country;  // as last corrected
  std::vector<RegisteredSite> sites;
  std::string device;  // its first device key; empty: none
  std::string host;    // whose node keeps the log: an origin or a name; empty: not said
  std::int64_t corrections = 0;
  struct End {
    EventId event;
    custody::EventType type = custody::EventType::kRevoke;  // or a void
    std::uint64_t index = 0;
    std::string at, reason;
  };
  std::optional<End> end;
};

// In the order of the registrar's log. `member` is an origin. Empty: it is not named.
Result<std::vector<Registration>> registrations_of(Node& node, OpenLog& registrar,
                                                   std::string_view member);

// The origin that a vkey, an origin or a name known to the registrar's node stands for.
Result<custody::Origin> member_origin(Node& node, std::string_view vkey_origin_or_name);

}  // namespace quarrymark::record
