// The entries of a passport that are shown with their heads, taken apart but not proved: what
// withholding, sealing and completing work on. Not for other folders.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/entry/disclosure.h"
#include "ledger/passport/packet.h"

#include <optional>
#include <string>
#include <vector>

namespace quarrymark::passport {

struct HeadedEntry {
  std::size_t packet = 0, index = 0;  // in the passport
  custody::Origin log;
  std::uint64_t seq = 0;
  EventId event;
  std::optional<FieldDigest> device;  // of the entry
  entry::Head head;
  std::vector<entry::Disclosure> disclosures;  // head first, as they stand
  // The log whose name `party` would say: in an `admit` who is admitted, everywhere else who
  // recorded the event.
  std::optional<custody::Origin> subject;

  const entry::Disclosure* disclosure(std::string_view name) const;
  // "packet 2, log quarrymark/AbCdEfGh…, entry 7 (split)"
  std::string place() const;
};

// kMalformed, with the place, where entries or disclosures are not what they should be.
Result<std::vector<HeadedEntry>> headed_entries(const Passport& passport);

// `party`, read leniently: names in a field of an odd shape must be hidden all the same.
std::optional<custody::Party> party_of(const HeadedEntry& entry);

}  // namespace quarrymark::passport
