#include "ledger/record/devices.h"

#include "ledger/base/text.h"
#include "ledger/record/index.h"

#include <algorithm>
#include <cstring>
#include <map>

namespace quarrymark::record {
namespace {

using custody::Event;
using custody::EventType;
using store::Table;

constexpr char kDeviceTag = 'd', kNumberTag = 'n';

Result<Hash> raw_key(std::string_view key) {
  Hash raw;
  if (parse_hash_text(key, raw)) return raw;
  return fail(Errc::kMalformed,
              cat("expected a raw device key in base64url, got ", quoted_for_message(key)));
}
std::string key_text(const Hash& raw) { return base64url_encode(raw); }

std::string prefix_of(char tag, const LogId& log) {
  return RowWriter().raw(std::string_view(&tag, 1)).hash(log).take();
}
std::string device_prefix(char tag, const LogId& log, const Hash& device) {
  return RowWriter().raw(prefix_of(tag, log)).hash(device).take();
}
std::string number_key(const LogId& log, const Hash& device, std::uint64_t number) {
  return RowWriter().raw(device_prefix(kNumberTag, log, device)).u64(number).take();
}

Result<std::vector<std::string>> suffixes(Overlay& rows, const std::string& prefix) {
  std::vector<std::string> found;
  QM_TRY_VOID(rows.scan(Table::kNames, prefix, [&](std::string_view key, std::string_view) {
    found.emplace_back(key.substr(prefix.size()));
    return true;
  }));
  return found;
}

// Admissions of the log, known here and standing, that name the key; empty key: any.
Result<std::vector<std::string>> admitted_keys(Overlay& rows, KnownEvents& events,
                                               const LogId& log) {
  std::vector<std::string> keys;
  QM_TRY(const auto admissions, admissions_of(rows, log));
  for (const EventId& id : admissions) {
    QM_TRY(const bool undone, is_undone(rows, id));
    QM_TRY(const KnownEvent* known, events.find(id));
    if (!undone && known != nullptr && known->event.enrol) keys.push_back(*known->event.enrol);
  }
  return keys;
}

Result<bool> stands(Overlay& rows, KnownEvents& events, const LogId& log, std::string_view key,
                    bool by_admission) {
  bool enrolled = by_admission;
  QM_TRY(const auto ids, device_events(rows, events, log, key));
  for (const EventId& id : ids) {
    QM_TRY(const KnownEvent* known, events.find(id));
    const Event& event = known->event;
    // Who signed it was enrolled, or it would not have been recorded.
    if (event.enrol && *event.enrol == key && !event.device_key.empty()) enrolled = true;
    if (event.withdrawn && *event.withdrawn == key) enrolled = false;
  }
  return enrolled;
}

}  // namespace

Result<std::vector<EventId>> device_events(Overlay& rows, KnownEvents& events, const LogId& log,
                                           std::string_view key) {
  QM_TRY(const Hash raw, raw_key(key));
  QM_TRY(const auto found, suffixes(rows, device_prefix(kDeviceTag, log, raw)));
  std::vector<std::pair<std::uint64_t, EventId>> placed;
  for (const std::string& bytes : found) {
    const EventId id{RowReader(bytes).hash()};
    QM_TRY(const KnownEvent* known, events.find(id));
    if (known != nullptr) placed.emplace_back(known->event.seq, id);
  }
  std::sort(placed.begin(), placed.end());
  std::vector<EventId> ids;
  for (const auto& [seq, id] : placed) ids.push_back(id);
  return ids;
}

Result<std::uint64_t> last_number(Overlay& rows, const LogId& log, std::string_view key) {
  QM_TRY(const Hash raw, raw_key(key));
  std::uint64_t last = 0;
  const std::string prefix = device_prefix(kNumberTag, log, raw);
  QM_TRY_VOID(rows.scan(Table::kNames, prefix, [&](std::string_view found, std::string_view) {
    last = RowReader(found.substr(prefix.size())).u64();
    return true;
  }));
  return last;
}

Result<std::vector<DeviceStanding>> devices_of(Overlay& rows, KnownEvents& events,
                                               const LogId& log) {
  std::map<std::string, DeviceStanding> devices;
  QM_TRY(const auto admitted, admitted_keys(rows, events, log));
  for (const std::string& key : admitted) devices[key].by_admission = true;
  QM_TRY(const auto named, suffixes(rows, prefix_of(kDeviceTag, log)));
  for (const std::string& bytes : named) devices[key_text(RowReader(bytes).hash())];
  std::vector<DeviceStanding> standing;
  for (auto& [key, device] : devices) {
    device.key = key;
    QM_TRY(device.enrolled, stands(rows, events, log, key, device.by_admission));
    QM_TRY(device.last_number, last_number(rows, log, key));
    standing.push_back(std::move(device));
  }
  return standing;
}

Status check_enrolled(Overlay& rows, KnownEvents& events, const LogId& log, std::string_view key) {
  QM_TRY(const auto admitted, admitted_keys(rows, events, log));
  const bool by_admission = std::find(admitted.begin(), admitted.end(), key) != admitted.end();
  QM_TRY(const bool enrolled, stands(rows, events, log, key, by_admission));
  if (enrolled) return {};
  QM_TRY(const auto ids, device_events(rows, events, log, key));
  if (by_admission || !ids.empty())
    return fail(Errc::kRefused, cat("device ", key, " was withdrawn from this log"));
  return fail(Errc::kRefused, cat("device ", key,
                                  " is not enrolled for this log: no admission known here names "
                                  "it, and no enrolled device enrolled it"));
}

Status index_devices(Rows& rows, const Event& event) {
  QM_TRY(const LogId log, log_id(event.log));
  if (event.type == EventType::kDevice)
    for (const auto* field : {&event.enrol, &event.withdrawn})
      // What another log calls a key may be anything; it simply enrols nobody.
      if (Hash device; field->is_shown() && parse_hash_text(**field, device))
        rows.put(Table::kNames,
                 RowWriter().raw(device_prefix(kDeviceTag, log, device)).hash(event.id.hash).take(),
                 {});
  if (event.device_key.empty()) return {};
  QM_TRY(const Hash device, raw_key(event.device_key));
  const std::string key = number_key(log, device, static_cast<std::uint64_t>(event.device_counter));
  QM_TRY(const auto known, rows.get(Table::kNames, key));
  // Of two events with one number the smaller id stands, whichever became known first.
  const std::string_view id = as_text(event.id.hash);
  if (!known || id < *known) rows.put(Table::kNames, key, id);
  return {};
}

Status refuse_repeated_number(Rows& rows, const Event& event) {
  if (event.device_key.empty()) return {};
  QM_TRY(const LogId log, log_id(event.log));
  QM_TRY(const Hash device, raw_key(event.device_key));
  QM_TRY(const auto known,
         rows.get(Table::kNames,
                  number_key(log, device, static_cast<std::uint64_t>(event.device_counter))));
  if (!known || *known == as_text(event.id.hash)) return {};
  return fail(Errc::kRefused,
              cat("its device gave number ", event.device_counter, " to another event of this log"),
              "n");
}

bool is_device_number(std::string_view key) {
  return key.size() == 1 + 32 + 32 + 8 && key.front() == kNumberTag;
}

}  // namespace quarrymark::record
