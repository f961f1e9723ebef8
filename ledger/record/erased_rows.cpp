#include "ledger/record/erased_rows.h"

#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/head.h"
#include "ledger/log/blanking.h"
#include "ledger/log/layout.h"
#include "ledger/record/codec.h"
#include "ledger/record/foreign.h"
#include "ledger/record/index.h"
#include "ledger/record/known_events.h"
#include "ledger/record/link.h"
#include "ledger/record/rows.h"

#include <map>
#include <set>

namespace quarrymark::record {
namespace {

using custody::ErasedField;
using store::Table;

// A place whose bytes are still to be removed from the files: `erasing:` ‖ log ‖ seq.
constexpr std::string_view kMark = "erasing:";

std::string mark_of(log::LogNumber log, std::uint64_t seq) {
  return RowWriter().raw(kMark).u32(log).u64(seq).take();
}

Status refuse_kept(std::string_view name) {
  if (name == entry::kHeadName || name == entry::kDeviceName || name == "to" ||
      entry::output_number(name) >= 0)
    return fail(Errc::kRefused,
                cat(name == entry::kHeadName ? "a head" : quoted_for_message(name),
                    " is never erased: without it the chain could not be proved"),
                "field");
  return {};
}

Result<std::uint64_t> find_seq(store::Batch& batch, log::LogNumber log, const EventId& event) {
  QM_TRY(const auto bytes, batch.get(Table::kEvents, log::event_key(log, event)));
  if (!bytes)
    return fail(Errc::kRefused,
                cat("event ", event.text(),
                    " is not of this log; only who keeps the log that made "
                    "it can erase something of it"),
                "event");
  return log::read_seq(*bytes);
}

// The link of an event, without what was erased of it.
Status link_again(store::Batch& batch, log::LogNumber log, std::uint64_t seq) {
  QM_TRY(std::vector<std::string> lines, log::load_lines(batch, log, seq));
  std::erase_if(lines, [](const std::string& text) { return text.empty(); });
  QM_TRY(const auto entry, batch.get(Table::kEntries, log::seq_key(log, seq)));
  if (!entry) return fail(Errc::kDataLoss, cat("entry ", seq, " is missing"));
  QM_TRY(const custody::Event event, read_event(*entry, lines));
  BatchRows rows(batch);
  return put_link(rows, event);
}

// Everything that one entry loses.
struct Loss {
  std::vector<std::size_t> lines;
  std::vector<FieldDigest> digests;
  std::vector<std::string> name_rows;
};

}  // namespace

Result<ErasableField> find_erasable(store::Batch& batch, log::LogNumber log, std::uint64_t seq,
                                    std::string_view name) {
  QM_TRY_VOID(refuse_kept(name));
  QM_TRY(std::vector<std::string> lines, log::load_lines(batch, log, seq));
  QM_TRY(const entry::Disclosure head_disclosure, entry::parse_disclosure(lines.front()));
  QM_TRY(const entry::Head head, entry::parse_head(head_disclosure.value));
  ErasableField found;
  std::string known;
  for (std::size_t i = 0; i < head.fields.size(); ++i) {
    if (head.fields[i].first == name) {
      found.line = i + 1;
      found.digest = head.fields[i].second;
    }
    if (!refuse_kept(head.fields[i].first)) continue;
    known += cat(known.empty() ? "" : ", ", head.fields[i].first);
  }
  if (found.line == 0 || found.line >= lines.size())
    return fail(
        Errc::kNotFound,
        cat("the ", head.type, " has no field ", quoted_for_message(name), "; it has ", known),
        "field");
  found.disclosure = lines[found.line];
  if (found.disclosure.empty()) return found;
  QM_TRY(const auto entry, batch.get(Table::kEntries, log::seq_key(log, seq)));
  if (!entry) return fail(Errc::kDataLoss, cat("entry ", seq, " is missing"));
  std::erase_if(lines, [](const std::string& text) { return text.empty(); });
  QM_TRY(const custody::Event event, read_event(*entry, lines));
  QM_TRY(found.name_rows, name_rows_of(event, name));
  return found;
}

Status erase_rows(store::Store& store, store::Batch& batch, log::LogNumber log,
                  const custody::Event& erase) {
  if (!erase.erased || erase.erased->fields.empty())
    return fail(Errc::kMalformed, "an erase event lists what it erases", "erased");
  QM_TRY(const LogId own, log_id(erase.log));
  std::map<std::uint64_t, Loss> losses;
  for (const ErasedField& field : erase.erased->fields) {
    QM_TRY(const std::uint64_t seq, find_seq(batch, log, field.event));
    QM_TRY(ErasableField found, find_erasable(batch, log, seq, field.name));
    if (found.disclosure.empty())
      return fail(Errc::kRefused,
                  cat(quoted_for_message(field.name), " of entry ", seq, " was erased before"),
                  "field");
    Loss& loss = losses[seq];
    loss.lines.push_back(found.line);
    loss.digests.push_back(found.digest);
    loss.name_rows.insert(loss.name_rows.end(), found.name_rows.begin(), found.name_rows.end());
  }
  BatchRows rows(batch);
  for (const auto& [seq, loss] : losses) {
    QM_TRY_VOID(log::blank_lines(store, batch, log, seq, loss.lines));
    for (const std::string& row : loss.name_rows) batch.erase(Table::kNames, row);
    QM_TRY_VOID(link_again(batch, log, seq));
    // A log that is kept here now may have been known by its packets before.
    QM_TRY_VOID(forget_disclosures(rows, own, seq, loss.digests));
    batch.put(Table::kMeta, mark_of(log, seq), {});
  }
  return {};
}

Result<bool> remove_erased_bytes(store::Store& store) {
  std::vector<std::string> places;
  QM_TRY_VOID(store.scan(Table::kMeta, kMark, {}, [&](std::string_view key, std::string_view) {
    RowReader in(key.substr(kMark.size()));
    const log::LogNumber log = in.u32();
    const std::uint64_t seq = in.u64();
    if (in.good()) places.push_back(log::seq_key(log, seq));
    return true;
  }));
  if (places.empty()) return false;
  QM_TRY_VOID(store.flush());
  for (const std::string& place : places)
    QM_TRY_VOID(store.compact(Table::kDisclosures, place, place));
  for (const Table table : {Table::kKeys, Table::kNames, Table::kForeign, Table::kLinks})
    QM_TRY_VOID(store.compact(table, {}, {}));
  return true;
}

Status forget_erasures(store::Store& store) {
  store::Batch batch(store);
  QM_TRY_VOID(store.scan(Table::kMeta, kMark, {}, [&](std::string_view key, std::string_view) {
    batch.erase(Table::kMeta, key);
    return true;
  }));
  return store.write(batch, true);
}

}  // namespace quarrymark::record
