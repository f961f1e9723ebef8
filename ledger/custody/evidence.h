// Everything a reader has in hand once proofs are checked, as a plain graph: no bytes to
// verify, no store, no network. The verifier (ledger/passport) builds it from passports and a
// trust file; a node (ledger/record) builds it from its own log. All judging happens on this.
#pragma once

#include "ledger/custody/event.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace quarrymark::custody {

// An entry shown without its head: it proves only its markers.
struct SilentEntry {
  Origin log;
  std::uint64_t seq = 0;
  UtcTime time;
  EventId event;
  std::vector<Marker> spends;
};

// What the checkpoints shown say of a log.
struct LogStanding {
  std::uint64_t size = 0;  // of the largest checkpoint
  bool quorum_met = true;  // every checkpoint needed meets the reader's quorum (or none is asked)
  // Cosigned checkpoints shown: size → earliest witness time, for dates from outside.
  std::map<std::uint64_t, UtcTime> cosigned;
};

struct PinnedLog {
  Origin log;
  std::string name, role, country;
};

// What the reader starts from, out of the trust file.
struct Reader {
  std::vector<Origin> registrars;  // logs whose admissions count
  std::vector<Origin> verifiers;   // logs whose `resolve` counts
  std::vector<PinnedLog> pinned;
  bool asks_quorum = false;
  bool knows_monitor = false;
};

// A clear note signed by a monitor the reader knows (FORMATS.md, rule 30).
struct ClearFacts {
  UtcTime time;
  std::map<Origin, std::uint64_t> sizes;
  struct Place { Origin log; std::uint64_t seq; };
  std::unordered_map<Marker, std::vector<Place>, Digest32Hasher> markers;  // empty: unseen
};

struct Evidence {
  std::vector<Event> events;
  std::vector<SilentEntry> silent;
  std::map<Origin, LogStanding> logs;
  Reader reader;
  std::optional<ClearFacts> clear;
  std::vector<StateRef> items;  // what the passports are about, distinct
};

// Look-ups over an Evidence, which must outlive it.
class Graph {
 public:
  explicit Graph(const Evidence& evidence);

  const Evidence& evidence() const { return evidence_; }
  const Event* event(const EventId& id) const;
  // The disclosed output a state stands for; null for withheld outputs and record states.
  const Output* output(const StateRef& state) const;
  // The disclosure a state's marker is made from: an output's, or the head's own for a record
  // state; null when it is not shown.
  const std::string* disclosure(const StateRef& state) const;
  // Events shown that consume the state, in no particular order.
  const std::vector<const Event*>& spenders(const StateRef& state) const;
  // A late dispatch whose `received` names this receive (FORMATS.md, rule 12), or null.
  const Event* late_dispatch(const EventId& receive) const;
  // The last shown correction of an event whose record chain is intact, or the event itself.
  const Event* latest(const Event& event) const;
  // The event that a chain of corrections began with, as far as it is shown.
  const Event* first(const Event& event) const;
  // The shown void of an event, or null.
  const Event* voided_by(const EventId& id) const;

 private:
  const Evidence& evidence_;
  std::unordered_map<EventId, const Event*, Digest32Hasher> by_id_;
  std::unordered_map<StateRef, std::vector<const Event*>, StateRefHasher> spenders_;
  std::unordered_map<EventId, const Event*, Digest32Hasher> late_dispatches_;
  std::unordered_map<EventId, const Event*, Digest32Hasher> corrections_, voids_;
};

}  // namespace quarrymark::custody
