#include "ledger/log/blanking.h"

#include "ledger/base/text.h"
#include "ledger/crypto/key.h"
#include "ledger/log/layout.h"

namespace quarrymark::log {

using store::Table;

Result<std::vector<std::string>> load_lines(store::Batch& batch, LogNumber log, std::uint64_t seq) {
  QM_TRY(const auto bytes, batch.get(Table::kDisclosures, seq_key(log, seq)));
  if (!bytes)
    return fail(Errc::kDataLoss, cat("disclosures, log ", log, ", seq ", seq, ": missing"));
  return split_disclosures(*bytes);
}

Status blank_lines(store::Store& store, store::Batch& batch, LogNumber log, std::uint64_t seq,
                   std::span<const std::size_t> lines) {
  QM_TRY(std::vector<std::string> kept, load_lines(batch, log, seq));
  for (const std::size_t line : lines) {
    QM_CHECK(line > 0 && line < kept.size(), "a head is never erased");
    kept[line].clear();
  }
  // Readable: another erasure of the same group must not bring the line back.
  batch.put_readable(Table::kDisclosures, seq_key(log, seq), join_disclosures(kept));

  std::vector<std::string> keys;
  QM_TRY_VOID(store.scan(Table::kKeys, log_prefix(log), {},
                         [&](std::string_view key, std::string_view value) {
                           const auto record = read_key(value);
                           if (record && record->seq == seq) keys.emplace_back(key);
                           return true;
                         }));
  for (const std::string& key : keys) {
    KeyRecord record{seq, {}};
    crypto::random_bytes(record.content);
    batch.put_readable(Table::kKeys, key, write_key(record));
  }
  return {};
}

}  // namespace quarrymark::log
