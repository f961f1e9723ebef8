// What is written beside the logs so that events, items and names are found again: one function
// for the guard, the resolver's overlay and the inbox, so that all three agree.
// docs/storage_format.md, "States, items and names".
#pragma once

#include "ledger/record/rows.h"
#include "ledger/record/state_row.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

// Makes the states of a placed event (log, seq and time set) and the names it gives. States that
// are known already stay as they are, so that taking in an event twice changes nothing.
Status index_makes(Rows& rows, const custody::Event& event);
// Marks the states it consumes as spent: those known here, unspent, and its log's to spend. For an
// event of a log of this node, which its guard has let in.
Status index_spends(Rows& rows, const custody::Event& event);

// Which logs are kept here.
using IsOwn = std::function<bool(const LogId&)>;
// The same for an event of another log. What cannot be marked yet, because nothing here shows the
// state or to whom it went, waits: index_waiting() does it once index_makes() has made more known.
// The rows are the same whatever order events become known in.
Status index_spends_elsewhere(Rows& rows, const custody::Event& event, const IsOwn& is_own);
Status index_waiting(Rows& rows, const custody::Event& event, const IsOwn& is_own);
// Whether a row of the items table is read again within one batch.
bool is_waiting_row(std::string_view key);

// Reading. All of them visit nothing when there is nothing.
struct ItemState {
  entry::StateRef state;
  StateRow row;
};
Result<std::vector<ItemState>> open_states(Overlay& rows, std::string_view item);
Result<std::vector<ItemState>> all_states(Overlay& rows, std::string_view item);  // in time order

Result<std::vector<std::string>> items_of_alias(Overlay& rows, std::string_view alias);
Result<std::vector<EventId>> sites_named(Overlay& rows, std::string_view name);
Result<std::vector<EventId>> contracts_named(Overlay& rows, std::string_view id);

struct Admission {
  LogId log;
  EventId event;  // of the admit
};
Result<std::vector<Admission>> admissions_named(Overlay& rows, std::string_view name);
Result<std::vector<EventId>> admissions_of(Overlay& rows, const LogId& log);

// Attestations and documents about an event, an item or a site.
Result<std::vector<EventId>> about_event(Overlay& rows, const EventId& event);
Result<std::vector<EventId>> about_item(Overlay& rows, std::string_view item);
// Late dispatches that name this receive.
Result<std::vector<EventId>> late_dispatches(Overlay& rows, const EventId& receive);

// The rows of the names that a field of an event put there; none for a field that puts none.
Result<std::vector<std::string>> name_rows_of(const custody::Event& event, std::string_view field);

// Whether the event is undone: its record is spent by a void or a revoke.
Result<bool> is_undone(Rows& rows, const EventId& event);

}  // namespace quarrymark::record
