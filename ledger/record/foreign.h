// Entries and packets of other logs, as they came in passports and so that they can go out again.
// docs/storage_format.md, "Packets from elsewhere".
#pragma once

#include "ledger/passport/packet.h"
#include "ledger/record/codec.h"
#include "ledger/record/rows.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace quarrymark::record {

struct ForeignEntry {
  std::string text;
  std::vector<std::string> disclosures;  // head first, in the order of the head; may be empty
};

Result<std::optional<ForeignEntry>> load_foreign_entry(Rows& rows, const LogId& log,
                                                       std::uint64_t seq);

// Every entry of other logs that is known here, by log and seq, until `visit` fails.
Status visit_foreign_entries(const store::Store& store,
                             const std::function<Status(const LogId& log, std::uint64_t seq,
                                                        const ForeignEntry& entry)>& visit);

struct Stored {
  bool new_packet = false;
  std::size_t entries = 0, disclosures = 0;  // new ones
  std::vector<std::uint64_t> touched;        // seqs that are new or know more than before
};

// Stores a packet whose proofs were checked. kRefused: another entry is known for a log and seq,
// or another root for that size.
Result<Stored> store_packet(Rows& rows, const LogId& log, const passport::Packet& packet);

// Drops disclosures of an entry that is known from packets; nothing happens when it is not.
Status forget_disclosures(Rows& rows, const LogId& log, std::uint64_t seq,
                          const std::vector<FieldDigest>& digests);

// The packets that together prove the entries `seqs` of a log, each with every disclosure known
// here and only those entries: cosigned ones before others, few before many, late before early
// ones. kNotFound: none proves one of them.
Result<std::vector<passport::Packet>> packets_for(Overlay& rows, const LogId& log,
                                                  const std::set<std::uint64_t>& seqs);

}  // namespace quarrymark::record
