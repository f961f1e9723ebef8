// Joining passports, and cutting packets down to the entries that are needed.
//
// A proof for many entries holds all it takes to prove fewer of them, so a party can pass on
// what its items need without asking the log again. DESIGN.md §8.
#pragma once

#include "ledger/passport/packet.h"

#include <cstdint>
#include <map>
#include <set>
#include <span>

namespace quarrymark::passport {

using SeqSet = std::set<std::uint64_t>;

// The packet with only the entries whose seq is in `keep`, with all their disclosures. `keep`
// may name entries the packet does not hold. kInvalidArgument: none would be left. kMalformed:
// checkpoint, entries or proof do not fit together. Signatures are not checked.
Result<Packet> prune_packet(const Packet& packet, const SeqSet& keep);

// Every packet cut down to `keep` by log; packets of which nothing is left go away.
Result<Passport> prune_passport(const Passport& passport,
                                const std::map<custody::Origin, SeqSet>& keep);

// One passport with the items and packets of all, each once. The clear note is the one with the
// latest time. kMalformed when a clear note is not one.
Result<Passport> merge_passports(std::span<const Passport> passports);

// The origin in the first line of a packet's checkpoint. kMalformed when it is no checkpoint.
Result<custody::Origin> packet_origin(const Packet& packet);

}  // namespace quarrymark::passport
