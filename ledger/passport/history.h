// What all packets of a log show together. FORMATS.md rules 13, 16 and 29.
#pragma once

#include "ledger/custody/evidence.h"
#include "ledger/passport/proved_packet.h"

#include <map>

namespace quarrymark::passport {

class History {
 public:
  // Joins a packet; disclosures of an entry that was shown before add up.
  void add(ProvedPacket packet, FindingList& findings);
  // What can be checked only when every packet is in: the hash chain, event ids that repeat.
  void check(FindingList& findings) const;

  const std::map<std::uint64_t, ShownEntry>& entries() const { return entries_; }
  const std::map<std::uint64_t, Hash>& roots() const { return roots_; }  // by size
  custody::LogStanding standing() const;

 private:
  std::map<std::uint64_t, ShownEntry> entries_;  // by seq
  std::map<std::uint64_t, Hash> roots_;
  std::map<std::uint64_t, UtcTime> cosigned_;        // size → earliest time
  std::map<std::uint64_t, bool> under_cosignature_;  // seq → shown under such a checkpoint
  bool quorum_met_ = true;
};

using Histories = std::map<custody::Origin, History>;

}  // namespace quarrymark::passport
