// From a draft to bytes: disclosures with fresh salts, the head, the event id, the markers.
// FORMATS.md, "Head" and "Spending".
#pragma once

#include "ledger/record/draft.h"
#include "ledger/record/meaning.h"

#include <string_view>

namespace quarrymark::record {

struct BuiltEvent {
  log::Prepared prepared;
  std::shared_ptr<const Meaning> meaning;  // the same as prepared.meaning
};

// `seq` and `time` are those the event is expected to get; they matter to later look-ups only.
Result<BuiltEvent> build_event(const Draft& draft, std::string_view origin, std::uint64_t seq,
                               UtcTime time);

}  // namespace quarrymark::record
