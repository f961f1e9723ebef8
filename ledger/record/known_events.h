// Every event this node knows: of its own logs, out of stored packets, and those a resolver has
// prepared but not appended. Reads and decodes on demand and keeps what it decoded.
// Not thread-safe; make one for each task.
#pragma once

#include "ledger/record/node.h"
#include "ledger/record/rows.h"
#include "ledger/record/state_row.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace quarrymark::record {

struct KnownEvent {
  custody::Event event;
  std::string entry;                     // exact text; empty for a prepared event
  std::vector<std::string> disclosures;  // those held: head first, in the order of the head
  OpenLog* own = nullptr;                // the log of this node it stands in, or null
};

class KnownEvents {
 public:
  // Both must outlive this.
  KnownEvents(const Node& node, Overlay& rows) : node_(node), rows_(rows) {}

  // Null when nothing here shows it.
  Result<const KnownEvent*> find(const EventId& id);
  // The event an entry of a log holds; null when it is not known or shown without head.
  Result<const KnownEvent*> at(const LogId& log, std::uint64_t seq);
  // The event that spent a state, or null.
  Result<const KnownEvent*> spender(const StateRow& row);

  void add_prepared(const custody::Event& event, const log::Prepared& prepared, OpenLog& log);

 private:
  Result<const KnownEvent*> keep(KnownEvent event);
  const Node& node_;
  Overlay& rows_;
  std::unordered_map<EventId, std::unique_ptr<KnownEvent>, Digest32Hasher> known_;
  std::unordered_map<std::string, EventId> prepared_;  // log ‖ seq → event
};

// Reads an event out of its entry and the disclosures held of it (head first).
Result<custody::Event> read_event(std::string_view entry,
                                  const std::vector<std::string>& disclosures);

}  // namespace quarrymark::record
