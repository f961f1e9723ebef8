// Everything a reader has in hand once proofs are checked, as a plain graph: no bytes to
// verify, no store, no network. The verifier (ledger/passport) builds it from passports and a
// trust file; a node (ledger/record) builds it from its own log. All judging happens on this.
#pragma once

#include "ledger/custody/event.h"

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
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
  struct Place {
    Origin log;
    std::uint64_t seq;
  };
  std::unordered_map<Marker, std::vector<Place>, Digest32Hasher> markers;  // empty: unseen
  // Of these, what only an earlier note of several says: `sizes` do not hold for them.
  std::unordered_set<Marker, Digest32Hasher> earlier;
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
  // Every event shown, ascending by log and seq: what is found does not depend on the order in
  // which packets were read.
  const std::vector<const Event*>& events() const { return ordered_; }
  const Event* event(const EventId& id) const;
  // The disclosed output a state stands for; null for withheld outputs and record states.
  const Output* output(const StateRef& state) const;
  // The disclosure a state's marker is made from: an output's, or the head's own for a record
  // state; null when it is not shown.
  const std::string* disclosure(const StateRef& state) const;
  // Events shown that consume the state, in no particular order.
  const std::vector<const Event*>& spenders(const StateRef& state) const;
  // A late dispatch whose `received` names an output of a receive, with its input for it.
  struct LateHandOver {
    const Event* dispatch = nullptr;
    std::size_t input = 0;
  };
  // Those that were not voided since (FORMATS.md, rule 12).
  std::vector<LateHandOver> late_dispatches(const StateRef& received) const;
  // The last shown correction of an event whose record chain is intact, or the event itself.
  const Event* latest(const Event& event) const;
  // The event that a chain of corrections began with, as far as it is shown.
  const Event* first(const Event& event) const;
  // The shown void of an event, or null.
  const Event* voided_by(const EventId& id) const;
  // The void that took a state back, or null. Of a dispatch only what the void consumes is taken
  // back: what was received stays received (FORMATS.md, rule 19).
  const Event* taken_back_by(const StateRef& state) const;
  // The state as the last shown correction remade it, or itself.
  StateRef corrected(StateRef state) const;
  // A field as the last shown correction that states it says; null when no event states it.
  template <class T>
  const Shown<T>& corrected(const Event& event, Shown<T> Event::*field) const {
    const Shown<T>* found = &(first(event)->*field);
    for (const Event* next = first(event); (next = correction_of(*next)) != nullptr;)
      if (!(next->*field).is_absent()) found = &(next->*field);
    return *found;
  }
  // The next shown correction of an event, or null.
  const Event* correction_of(const Event& event) const;

 private:
  const Evidence& evidence_;
  std::unordered_map<EventId, const Event*, Digest32Hasher> by_id_;
  std::unordered_map<StateRef, std::vector<const Event*>, StateRefHasher> spenders_;
  std::vector<const Event*> ordered_;
  std::unordered_multimap<EventId, const Event*, Digest32Hasher> late_dispatches_;
  std::unordered_map<EventId, const Event*, Digest32Hasher> corrections_, voids_;
};

}  // namespace quarrymark::custody
