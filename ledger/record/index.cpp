#include "ledger/record/index.h"

#include "ledger/base/text.h"
#include "ledger/entry/marker.h"
#include "ledger/record/devices.h"
#include "ledger/record/link.h"

#include <algorithm>
#include <tuple>

namespace quarrymark::record {
namespace {

using custody::Event;
using custody::EventType;
using entry::StateRef;
using store::Table;

// First byte of a key: what kind of row it is.
constexpr char kOpenTag = 'o', kHistoryTag = 'h', kWaitingTag = 'w';
constexpr char kAliasTag = 'a', kSiteTag = 's', kContractTag = 'c', kMemberTag = 'm',
               kAdmissionTag = 'M', kAboutEventTag = 'E', kAboutItemTag = 'I', kLateTag = 'L';

// A name ends in a zero byte, which no name holds, so that "A" is no prefix of "AB".
std::string name_prefix(char tag, std::string_view name) {
  std::string key(1, tag);
  key += comparable_name(name);
  key += '\0';
  return key;
}
std::string tagged(char tag, std::string_view bytes) {
  std::string key(1, tag);
  key += bytes;
  return key;
}
std::string item_prefix(char tag, std::string_view item) { return tagged(tag, item) + '\0'; }
std::string open_key(std::string_view item, const StateRef& state) {
  return RowWriter().raw(item_prefix(kOpenTag, item)).state(state).take();
}

StateRow row_of(const Event& event, const LogId& maker) {
  StateRow row;
  row.maker = maker;
  row.seq = event.seq;
  row.made_in = event.type;
  return row;
}

Status set_receiver(const Event& event, StateRow& row) {
  if (event.type != EventType::kDispatch || !event.to) return {};
  row.to_name = event.to->name;
  if (!event.to->log.empty()) {
    QM_TRY(row.to, log_id(event.to->log));
  }
  return {};
}

// A passport may show to whom something went that an earlier one withheld.
Status add_receiver(Rows& rows, const Event& event, const StateRef& state, StateRow& row) {
  if (row.to || !row.to_name.empty()) return {};
  QM_TRY_VOID(set_receiver(event, row));
  if (row.to || !row.to_name.empty()) put_state(rows, state, row);
  return {};
}

Status index_outputs(Rows& rows, const Event& event, const LogId& maker) {
  for (std::size_t out = 0; out < event.outputs.size(); ++out) {
    if (!event.outputs[out]) continue;
    const custody::Output& output = *event.outputs[out];
    const StateRef state{event.id, static_cast<std::int32_t>(out)};
    QM_TRY(auto known, load_state(rows, state));
    if (known) {
      QM_TRY_VOID(add_receiver(rows, event, state, *known));
      continue;
    }
    StateRow row = row_of(event, maker);
    row.output = output;
    row.marker = entry::spend_marker(event.id, event.output_texts[out]);
    QM_TRY_VOID(set_receiver(event, row));
    put_state(rows, state, row);
    rows.put(Table::kItems, open_key(output.item, state), {});
    rows.put(Table::kItems,
             RowWriter()
                 .raw(item_prefix(kHistoryTag, output.item))
                 .u64(static_cast<std::uint64_t>(event.time.ms))
                 .state(state)
                 .take(),
             {});
    for (const std::string& alias : output.aliases)
      rows.put(Table::kNames, name_prefix(kAliasTag, alias) + output.item, {});
  }
  return {};
}

std::string about_event_row(const EventId& target, const Event& event) {
  return tagged(kAboutEventTag, as_text(target.hash)).append(as_text(event.id.hash));
}

Result<std::vector<std::string>> rows_of_about(const Event& event) {
  std::vector<std::string> rows;
  if (!event.about) return rows;
  const custody::About& about = *event.about;
  // A site is named by its event, so both are found under the event's id.
  for (const std::string& target : {about.event, about.site})
    if (!target.empty()) {
      QM_TRY(const EventId target_id, EventId::parse(target));
      rows.push_back(about_event_row(target_id, event));
    }
  if (!about.item.empty())
    rows.push_back(item_prefix(kAboutItemTag, about.item).append(as_text(event.id.hash)));
  return rows;
}

Result<std::vector<std::string>> rows_of_admission(const Event& event, bool of_name) {
  std::vector<std::string> rows;
  if (event.type != EventType::kAdmit || !event.member) return rows;
  const std::string_view id = as_text(event.id.hash);
  QM_TRY(const LogId member, log_id(event.member->log));
  if (!of_name) rows.push_back(tagged(kAdmissionTag, as_text(member)).append(id));
  if (event.party)
    rows.push_back(name_prefix(kMemberTag, event.party->name).append(as_text(member)).append(id));
  return rows;
}

// The last parts of the keys with a prefix, `size` bytes each.
Result<std::vector<std::string>> suffixes(Overlay& rows, Table table, const std::string& prefix) {
  std::vector<std::string> found;
  QM_TRY_VOID(rows.scan(table, prefix, [&](std::string_view key, std::string_view) {
    found.emplace_back(key.substr(prefix.size()));
    return true;
  }));
  return found;
}

Result<std::vector<EventId>> events_under(Overlay& rows, const std::string& prefix) {
  QM_TRY(const auto found, suffixes(rows, Table::kNames, prefix));
  std::vector<EventId> events;
  for (const std::string& bytes : found) events.push_back(EventId{RowReader(bytes).hash()});
  return events;
}

Result<std::vector<ItemState>> states_under(Overlay& rows, const std::string& prefix,
                                            std::size_t skip) {
  QM_TRY(const auto found, suffixes(rows, Table::kItems, prefix));
  std::vector<ItemState> states;
  for (const std::string& bytes : found) {
    RowReader in(bytes);
    in.raw(skip);
    const StateRef state = in.state();
    QM_TRY(auto row, load_state(rows, state));
    if (!in.good() || !row)
      return fail(Errc::kDataLoss, "an item's row names a state that is not stored");
    states.push_back({state, std::move(*row)});
  }
  return states;
}

}  // namespace

Result<std::vector<std::string>> name_rows_of(const Event& event, std::string_view field) {
  const std::string_view id = as_text(event.id.hash);
  if (field == "site" && event.site)
    return std::vector{name_prefix(kSiteTag, event.site->name).append(id)};
  if (field == "contract" && event.contract) {
    const json::Value* name = event.contract->find("id");
    if (name != nullptr && name->if_string())
      return std::vector{name_prefix(kContractTag, *name->if_string()).append(id)};
  }
  if (field == "member") return rows_of_admission(event, false);
  if (field == "party") return rows_of_admission(event, true);
  if (field == "about") return rows_of_about(event);
  if (field == "received" && event.type == EventType::kDispatch && event.received)
    return std::vector{tagged(kLateTag, as_text(event.received->event.hash)).append(id)};
  std::vector<std::string> rows;
  if (field == "erased" && event.erased)
    for (const custody::ErasedField& erased : event.erased->fields)
      rows.push_back(about_event_row(erased.event, event));
  return rows;
}

Status index_makes(Rows& rows, const Event& event) {
  QM_TRY(const LogId maker, log_id(event.log));
  const StateRef record{event.id, entry::kRecordOut};
  QM_TRY(const auto known, load_state(rows, record));
  if (!known) {
    StateRow row = row_of(event, maker);
    row.record = true;
    put_state(rows, record, row);
  }
  // Always: a later passport may show a name that an earlier one withheld.
  QM_TRY_VOID(put_link(rows, event));
  QM_TRY_VOID(index_outputs(rows, event, maker));
  QM_TRY_VOID(index_devices(rows, event));
  for (const std::string_view field :
       {"site", "contract", "member", "about", "received", "erased"}) {
    QM_TRY(const auto names, name_rows_of(event, field));
    for (const std::string& name : names) rows.put(Table::kNames, name, {});
  }
  return {};
}

namespace {

SpentBy spender_of(const Event& event, const LogId& log) {
  return {log, event.seq, event.type, date_number(event.at)};
}

void mark_spent(Rows& rows, const StateRef& state, StateRow& row, const SpentBy& spender) {
  row.spent = spender;
  row.marker = {};
  put_state(rows, state, row);
  if (!row.record) rows.erase(Table::kItems, open_key(row.output.item, state));
}

// Spends that are known and do not count, or not yet: nothing shows the state or to whom it went.
using Waiting = std::vector<SpentBy>;

std::string waiting_key(const StateRef& state) {
  return RowWriter().raw(std::string_view(&kWaitingTag, 1)).state(state).take();
}

bool comes_before(const SpentBy& one, const SpentBy& other) {
  return std::tie(one.log, one.seq) < std::tie(other.log, other.seq);
}

Result<Waiting> load_waiting(Rows& rows, const StateRef& state) {
  Waiting waiting;
  QM_TRY(const auto bytes, rows.get(Table::kItems, waiting_key(state)));
  if (!bytes) return waiting;
  RowReader in(*bytes);
  while (in.good() && !in.at_end()) waiting.push_back(read_spender(in));
  if (!in.good()) return fail(Errc::kDataLoss, "a stored list of spends is damaged");
  return waiting;
}

void put_waiting(Rows& rows, const StateRef& state, const Waiting& waiting) {
  if (waiting.empty()) return rows.erase(Table::kItems, waiting_key(state));
  RowWriter out;
  for (const SpentBy& spender : waiting) write_spender(spender, out);
  rows.put(Table::kItems, waiting_key(state), out.take());
}

Status put_off(Rows& rows, const StateRef& state, const SpentBy& spender) {
  QM_TRY(Waiting waiting, load_waiting(rows, state));
  const auto place = std::lower_bound(waiting.begin(), waiting.end(), spender, comes_before);
  if (place != waiting.end() && !comes_before(spender, *place)) return {};
  waiting.insert(place, spender);
  put_waiting(rows, state, waiting);
  return {};
}

// Of two spends in other logs the one with the smaller log and seq stands, whichever came first,
// so that nothing depends on the order of passports. One of a log of this node always stands: its
// guard let it in.
Status spend_elsewhere(Rows& rows, const StateRef& state, const SpentBy& spender,
                       const IsOwn& is_own) {
  QM_TRY(auto row, load_state(rows, state));
  if (!row || !row->may_spend(spender.log, spender.type)) return put_off(rows, state, spender);
  if (row->spent && (is_own(row->spent->log) || !comes_before(spender, *row->spent))) return {};
  mark_spent(rows, state, *row, spender);
  return {};
}

}  // namespace

Status index_spends(Rows& rows, const Event& event) {
  QM_TRY(const LogId spender, log_id(event.log));
  for (const custody::Input& input : event.inputs) {
    QM_TRY(auto row, load_state(rows, input.state));
    if (!row || row->spent || !row->may_spend(spender, event.type)) continue;
    mark_spent(rows, input.state, *row, spender_of(event, spender));
  }
  return {};
}

Status index_spends_elsewhere(Rows& rows, const Event& event, const IsOwn& is_own) {
  QM_TRY(const LogId spender, log_id(event.log));
  for (const custody::Input& input : event.inputs)
    QM_TRY_VOID(spend_elsewhere(rows, input.state, spender_of(event, spender), is_own));
  return {};
}

Status index_waiting(Rows& rows, const Event& event, const IsOwn& is_own) {
  const auto outputs = static_cast<std::int32_t>(event.outputs.size());
  for (std::int32_t out = entry::kRecordOut; out < outputs; ++out) {
    const StateRef state{event.id, out};
    QM_TRY(const Waiting waiting, load_waiting(rows, state));
    if (waiting.empty()) continue;
    put_waiting(rows, state, {});
    for (const SpentBy& spender : waiting)
      QM_TRY_VOID(spend_elsewhere(rows, state, spender, is_own));
  }
  return {};
}

bool is_waiting_row(std::string_view key) {
  return key.size() == 1 + 36 && key.front() == kWaitingTag;
}

Result<std::vector<ItemState>> open_states(Overlay& rows, std::string_view item) {
  return states_under(rows, item_prefix(kOpenTag, item), 0);
}
Result<std::vector<ItemState>> all_states(Overlay& rows, std::string_view item) {
  return states_under(rows, item_prefix(kHistoryTag, item), 8);
}
Result<std::vector<std::string>> items_of_alias(Overlay& rows, std::string_view alias) {
  return suffixes(rows, Table::kNames, name_prefix(kAliasTag, alias));
}
Result<std::vector<EventId>> sites_named(Overlay& rows, std::string_view name) {
  return events_under(rows, name_prefix(kSiteTag, name));
}
Result<std::vector<EventId>> contracts_named(Overlay& rows, std::string_view id) {
  return events_under(rows, name_prefix(kContractTag, id));
}
Result<std::vector<Admission>> admissions_named(Overlay& rows, std::string_view name) {
  QM_TRY(const auto found, suffixes(rows, Table::kNames, name_prefix(kMemberTag, name)));
  std::vector<Admission> admissions;
  for (const std::string& bytes : found) {
    RowReader in(bytes);
    const LogId log = in.hash();
    admissions.push_back({log, EventId{in.hash()}});
  }
  return admissions;
}
Result<std::vector<EventId>> admissions_of(Overlay& rows, const LogId& log) {
  return events_under(rows, tagged(kAdmissionTag, as_text(log)));
}
Result<std::vector<EventId>> about_event(Overlay& rows, const EventId& event) {
  return events_under(rows, tagged(kAboutEventTag, as_text(event.hash)));
}
Result<std::vector<EventId>> about_item(Overlay& rows, std::string_view item) {
  return events_under(rows, item_prefix(kAboutItemTag, item));
}
Result<std::vector<EventId>> late_dispatches(Overlay& rows, const EventId& receive) {
  return events_under(rows, tagged(kLateTag, as_text(receive.hash)));
}

Result<bool> is_undone(Rows& rows, const EventId& event) {
  QM_TRY(const auto row, load_state(rows, {event, entry::kRecordOut}));
  return row && row->spent &&
         (row->spent->type == EventType::kVoid || row->spent->type == EventType::kRevoke);
}

}  // namespace quarrymark::record
