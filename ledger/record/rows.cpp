#include "ledger/record/rows.h"

#include "ledger/record/devices.h"
#include "ledger/record/index.h"

namespace quarrymark::record {

void BatchRows::put(store::Table table, std::string_view key, std::string_view value) {
  const bool is_number = table == store::Table::kNames && is_device_number(key);
  const bool is_waiting = table == store::Table::kItems && is_waiting_row(key);
  if (table == store::Table::kStates || is_number || is_waiting)
    batch_.put_readable(table, key, value);
  else
    batch_.put(table, key, value);
}

Result<std::optional<std::string>> Overlay::get(store::Table table, std::string_view key) {
  if (!changes_.empty())
    if (const auto found = changes_.find({table, std::string(key)}); found != changes_.end())
      return found->second;
  return store_.get(table, key);
}

void Overlay::put(store::Table table, std::string_view key, std::string_view value) {
  changes_[{table, std::string(key)}] = std::string(value);
}

void Overlay::erase(store::Table table, std::string_view key) {
  changes_[{table, std::string(key)}] = std::nullopt;
}

Status Overlay::scan(store::Table table, std::string_view prefix, const Visit& visit) const {
  auto change = changes_.lower_bound({table, std::string(prefix)});
  const auto changes_left = [&] {
    return change != changes_.end() && change->first.first == table &&
           std::string_view(change->first.second).starts_with(prefix);
  };
  bool go_on = true;
  // Changes before `key`, or all of them; false when `visit` has had enough.
  const auto visit_changes_before = [&](const std::string_view* key) {
    for (; go_on && changes_left() && (key == nullptr || change->first.second < *key); ++change)
      if (change->second) go_on = visit(change->first.second, *change->second);
  };
  QM_TRY_VOID(store_.find(table, prefix, [&](std::string_view key, std::string_view value) {
    visit_changes_before(&key);
    if (!go_on) return false;
    if (changes_left() && change->first.second == key) {
      if (change->second) go_on = visit(key, *change->second);
      ++change;
      return go_on;
    }
    go_on = visit(key, value);
    return go_on;
  }));
  if (go_on) visit_changes_before(nullptr);
  return {};
}

void Overlay::write_to(Rows& rows) const {
  for (const auto& [place, value] : changes_) {
    if (value)
      rows.put(place.first, place.second, *value);
    else
      rows.erase(place.first, place.second);
  }
}

}  // namespace quarrymark::record
