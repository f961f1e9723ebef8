// The rows behind an erasure: what goes in the same durable batch as the `erase` entry, and what
// makes the bytes go from the disk afterwards. Used by guard.h and node.h; people use erasing.h.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/log/log.h"
#include "ledger/store/store.h"

#include <string>
#include <vector>

namespace quarrymark::record {

// A field that may be erased, found in its event.
struct ErasableField {
  std::size_t line = 0;  // of the stored disclosures
  FieldDigest digest;
  std::string disclosure;              // empty: it was erased before
  std::vector<std::string> name_rows;  // keys of the table of names that repeat it
};

// The field `name` of the event that `log` holds as `seq`. kRefused: heads, `out.N`, `to` and
// device signatures are never erased. kNotFound: the event has no such field; names those it has.
Result<ErasableField> find_erasable(store::Batch& batch, log::LogNumber log, std::uint64_t seq,
                                    std::string_view name);

// For an `erase` event that is about to be appended to `log`: deletes what it lists, of that
// log's own events only, everywhere in the store, and marks the place for remove_erased_bytes().
Status erase_rows(store::Store& store, store::Batch& batch, log::LogNumber log,
                  const custody::Event& erase);

// Rewrites the files that hold erased bytes. True when there was anything to do: then the store
// is to be closed and opened again, and forget_erasures() called. Doing it twice does no harm.
Result<bool> remove_erased_bytes(store::Store& store);
Status forget_erasures(store::Store& store);

}  // namespace quarrymark::record
