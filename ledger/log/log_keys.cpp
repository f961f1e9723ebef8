#include "ledger/log/log_keys.h"

#include "ledger/base/text.h"
#include "ledger/note/rotation.h"

namespace quarrymark::log {

Result<std::vector<note::VerifierKey>> keys_of(const LogRecord& record) {
  std::vector<note::VerifierKey> keys;
  QM_TRY(note::VerifierKey first, note::make_vkey(record.origin, note::kEd25519, record.key));
  keys.push_back(std::move(first));
  for (const KeyChange& change : record.rotations) {
    auto next = note::verify_rotation(keys.back(), change.note);
    if (!next)
      return fail(Errc::kDataLoss, cat("the stored rotation of entry ", change.seq, " of ",
                                       record.origin, ": ", next.error().message));
    keys.push_back(std::move(*next));
  }
  return keys;
}

std::size_t key_for_size(const LogRecord& record, std::uint64_t size) {
  std::size_t number = 0;
  for (const KeyChange& change : record.rotations)
    if (change.seq < size) ++number;
  return number;
}

}  // namespace quarrymark::log
