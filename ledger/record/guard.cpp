#include "ledger/record/guard.h"

#include "ledger/base/text.h"
#include "ledger/custody/rules.h"
#include "ledger/record/devices.h"
#include "ledger/record/erased_rows.h"
#include "ledger/record/index.h"
#include "ledger/record/meaning.h"
#include "ledger/record/node.h"

namespace quarrymark::record {
Status StateGuard::admit(log::LogNumber number, const log::Prepared& prepared, std::uint64_t seq,
                         UtcTime time, store::Batch& batch) {
  BatchRows rows(batch);
  // Only a resolver makes a meaning, and only of what it has checked, whether the event was built
  // here or by a device.
  const Meaning* meaning = meaning_of(prepared);
  if (meaning == nullptr || meaning->event.id != prepared.event)
    return fail(Errc::kInternal, "the event was prepared by nobody who checks events");
  custody::Event event = meaning->event;
  event.seq = seq;
  event.time = time;
  QM_TRY(const LogId own, log_id(event.log));

  for (std::size_t i = 0; i < event.inputs.size(); ++i) {
    const entry::StateRef& state = event.inputs[i].state;
    const std::string field = cat("inputs[", i, "]");
    QM_TRY(const auto row, load_state(rows, state));
    if (!row) return fail(Errc::kNotFound, "no such state is known here", field);
    if (row->spent) {
      const OpenLog* spender = node_.log_of(origin_of(row->spent->log));
      return fail(Errc::kRefused,
                  cat("already spent by ",
                      describe_spender(*row->spent, own, spender ? spender->record.name : "")),
                  field);
    }
  }
  QM_TRY_VOID(refuse_repeated_number(rows, event));
  QM_TRY_VOID(custody::check_event(event, meaning->inputs));
  if (event.type == custody::EventType::kErase)
    QM_TRY_VOID(erase_rows(node_.store(), batch, number, event));
  QM_TRY_VOID(index_makes(rows, event));
  return index_spends(rows, event);
}

}  // namespace quarrymark::record
