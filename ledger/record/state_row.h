// What a node keeps of one state: who made it, who may spend it, what it holds, who spent it.
// docs/storage_format.md, "States".
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/custody/event.h"
#include "ledger/custody/rules.h"
#include "ledger/record/codec.h"
#include "ledger/record/rows.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace quarrymark::record {

struct SpentBy {
  LogId log{};
  std::uint64_t seq = 0;
  custody::EventType type = custody::EventType::kSplit;
  std::uint32_t date = 0;  // claimed local date, yyyymmdd
};

struct StateRow {
  LogId maker{};
  std::uint64_t seq = 0;  // of the event that made it
  custody::EventType made_in = custody::EventType::kExtract;
  bool record = false;
  std::optional<LogId> to;  // made by a dispatch to a log
  std::string to_name;      // made by a dispatch to a name only
  std::optional<SpentBy> spent;
  custody::Output output;  // nothing for a record state
  Marker marker;           // what spending it shows; zero for a record state and once it is spent

  // Who may spend it (FORMATS.md rule 18); nullopt: nobody but the sender, by void.
  std::optional<LogId> holder() const;
  bool may_spend(const LogId& log, custody::EventType by) const;
};

void write_spender(const SpentBy& spender, RowWriter& out);
SpentBy read_spender(RowReader& in);

std::string state_row_key(const entry::StateRef& state);
Result<std::optional<StateRow>> load_state(Rows& rows, const entry::StateRef& state);
// Every state that is known here, until `visit` fails.
Status visit_states(const store::Store& store,
                    const std::function<Status(const entry::StateRef&, const StateRow&)>& visit);
void put_state(Rows& rows, const entry::StateRef& state, const StateRow& row);

// As the rules want it.
custody::InputState input_state(const entry::StateRef& state, const StateRow& row);

// "pack of 2025-03-25, entry 7"; the log is named only when it is not `own`.
std::string describe_spender(const SpentBy& spent, const LogId& own, std::string_view log_name);
// 20250325 of "2025-03-25T10:00:00+08:00".
std::uint32_t date_number(std::string_view at);

}  // namespace quarrymark::record
