#include "ledger/record/guard.h"

#include "ledger/base/text.h"
#include "ledger/custody/decode.h"
#include "ledger/custody/rules.h"
#include "ledger/entry/marker.h"
#include "ledger/record/erased_rows.h"
#include "ledger/record/index.h"
#include "ledger/record/meaning.h"
#include "ledger/record/node.h"

namespace quarrymark::record {
namespace {

using custody::InputState;

// The head's disclosure of an event that stands in a log of this node: what its record state's
// marker is made from.
Result<std::string> head_of(const Node& node, const StateRow& row) {
  OpenLog* log = node.log_of(origin_of(row.maker));
  if (log == nullptr) return fail(Errc::kRefused, "the record belongs to another log");
  QM_TRY(const auto disclosures, log->log->disclosures(row.seq));
  if (disclosures.empty() || disclosures.front().empty())
    return fail(Errc::kDataLoss, cat("the head of entry ", row.seq, " is missing"));
  return disclosures.front();
}

Result<custody::Event> decode(const log::Prepared& prepared) {
  QM_TRY(const entry::Disclosure head_disclosure, entry::parse_disclosure(prepared.head));
  if (entry::event_id(head_disclosure) != prepared.event)
    return fail(Errc::kMalformed, "the event id is not the digest of the head", "head");
  QM_TRY(const entry::Head head, entry::parse_head(head_disclosure.value));
  std::vector<entry::Disclosure> fields;
  for (const std::string& text : prepared.disclosures) {
    QM_TRY(entry::Disclosure field, entry::parse_disclosure(text));
    const FieldDigest* bound = head.field(field.name);
    if (bound == nullptr || *bound != field.digest)
      return fail(Errc::kMalformed, "the disclosure is not the one the head lists", field.name);
    fields.push_back(std::move(field));
  }
  if (fields.size() != head.fields.size())
    return fail(Errc::kMalformed,
                cat("expected a disclosure for each of the ", head.fields.size(), " fields, got ",
                    fields.size()),
                "fields");
  return custody::decode_event(head_disclosure, head, fields);
}

}  // namespace

Status StateGuard::admit(log::LogNumber number, const log::Prepared& prepared, std::uint64_t seq,
                         UtcTime time, store::Batch& batch) {
  BatchRows rows(batch);
  const Meaning* meaning = meaning_of(prepared);
  custody::Event event;
  if (meaning != nullptr) {
    event = meaning->event;
  } else {
    QM_TRY(event, decode(prepared));
  }
  event.seq = seq;
  event.time = time;
  QM_TRY(const LogId own, log_id(event.log));

  std::vector<InputState> inputs;
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
    if (meaning != nullptr) {
      inputs.push_back(meaning->inputs[i]);
      continue;
    }
    QM_TRY(InputState input, input_state(state, *row));
    QM_TRY(const std::string disclosure,
           row->record ? head_of(node_, *row) : Result<std::string>(row->disclosure));
    if (prepared.spends.size() != event.inputs.size() ||
        entry::spend_marker(state.event, disclosure) != prepared.spends[i])
      return fail(Errc::kMalformed, "the marker is not that of its input", cat("spends[", i, "]"));
    inputs.push_back(std::move(input));
  }
  QM_TRY_VOID(custody::check_event(event, inputs));
  if (event.type == custody::EventType::kErase)
    QM_TRY_VOID(erase_rows(node_.store(), batch, number, event));
  QM_TRY_VOID(index_makes(rows, event));
  return index_spends(rows, event);
}

}  // namespace quarrymark::record
