// Devices that sign events for a log of this node: which are enrolled, as far as is known here,
// and which numbers they gave. DESIGN.md §4 "Device"; docs/storage_format.md.
#pragma once

#include "ledger/record/known_events.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

struct DeviceStanding {
  std::string key;                // raw, base64url
  bool enrolled = false;          // false: withdrawn, or never enrolled by a device that was
  bool by_admission = false;      // a registrar's admit names it
  std::uint64_t last_number = 0;  // of the events it signed for this log; 0: none
};

// Every device that an admission or a `device` event of the log names, ascending by key.
Result<std::vector<DeviceStanding>> devices_of(Overlay& rows, KnownEvents& events,
                                               const LogId& log);
// The `device` events of a log that enrol or withdraw a key, in the order of the log.
Result<std::vector<EventId>> device_events(Overlay& rows, KnownEvents& events, const LogId& log,
                                           std::string_view key);
// kRefused unless events signed by that device count for the log: says what is missing.
Status check_enrolled(Overlay& rows, KnownEvents& events, const LogId& log, std::string_view key);
// The highest number a device gave to an event of the log; 0: none.
Result<std::uint64_t> last_number(Overlay& rows, const LogId& log, std::string_view key);

// Writes what an event says of devices: enrolments, withdrawals, its own number.
Status index_devices(Rows& rows, const custody::Event& event);
// kRefused: its device gave this number to another event of the log.
Status refuse_repeated_number(Rows& rows, const custody::Event& event);
// Whether a row of the names table is read again within one batch.
bool is_device_number(std::string_view key);

}  // namespace quarrymark::record
