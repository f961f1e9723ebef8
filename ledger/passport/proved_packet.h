// One packet, checked on its own: keys, checkpoint, proof, and what its disclosures are bound to.
// FORMATS.md rules 13 to 16, 23 to 25 and 28.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/entry/device.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/entry.h"
#include "ledger/entry/head.h"
#include "ledger/passport/finding_list.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/trust.h"

#include <map>
#include <optional>
#include <vector>

namespace quarrymark::passport {

// A head and those of its fields that were disclosed.
struct ShownHead {
  entry::Disclosure disclosure;
  entry::Head head;
  std::map<std::string, entry::Disclosure> fields;  // each bound to `head`
};

struct ShownEntry {
  Place place;  // where it was first met
  EntryHash hash;
  entry::Entry entry;
  std::optional<ShownHead> head;
  std::optional<entry::DeviceSignature> device;  // bound to the entry, and it verifies
};

struct ProvedPacket {
  Place place;
  std::vector<note::VerifierKey> keys;  // of the log, first to last
  std::uint64_t size = 0;
  Hash root{};
  std::optional<UtcTime> cosigned;  // earliest, by a witness the reader knows
  bool quorum_met = true;
  std::vector<ShownEntry> entries;
};

// Nothing when something is wrong with the packet; then at least one finding was added. `place`
// has passport and packet.
std::optional<ProvedPacket> prove_packet(const Packet& packet, const Place& place,
                                         const Trust& trust, FindingList& findings);

// Adds to `shown` what the disclosures say, in the order of rule 28. False after a finding.
bool bind_disclosures(const std::vector<std::string>& texts, ShownEntry& shown,
                      FindingList& findings);

}  // namespace quarrymark::passport
