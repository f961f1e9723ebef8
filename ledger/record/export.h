// Passports out: the chain of items, or one event as evidence. DESIGN.md §8.
//
// Own entries are proved with one multi-proof under the newest cosigned checkpoint that covers
// them (ledger/log/cosigned.h), or their log's current one; entries of other logs come out of the
// packets that were taken in, cut down to what is needed.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/record/node.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

struct ExportOptions {
  bool include_transport = false;  // container numbers and the like: shown only when asked for
  bool include_photos = false;     // documents whose kind says they are photos: likewise
  bool newest_checkpoint = false;  // the log's current checkpoint, cosigned or not
};

// What stayed behind because nobody asked for it.
struct LeftOut {
  std::size_t transport = 0, photos = 0;
};

struct Exported {
  std::string passport;  // the bytes; passport::check_passports finds nothing wrong with them
  std::vector<custody::StateRef> items;
  std::size_t entries = 0;
  // Logs in the chain for which no admission is known here; readers will not know who they are.
  std::vector<custody::Origin> unnamed;
  LeftOut left_out;
  // Logs of which a packet stands under a checkpoint that no witness cosigned.
  std::vector<custody::Origin> uncosigned;
};

// The states that items stand for now, by item number, label or alias: open ones first, also
// those dispatched to somebody else; otherwise the last. kNotFound, kRefused when ambiguous.
Result<std::vector<custody::StateRef>> find_states(Node& node, OpenLog& log,
                                                   std::span<const std::string> items);
// All outputs of an event of this log, by event id, "key:<key>" or the key itself.
Result<std::vector<custody::StateRef>> states_of_event(Node& node, OpenLog& log,
                                                       std::string_view event);

// The passport of `states`. kInvalidArgument: none. kNotFound: a state nothing here shows.
// kTooLarge: beyond 16 MiB. kInternal: it would not pass its own check.
Result<Exported> export_passport(Node& node, std::span<const custody::StateRef> states,
                                 const ExportOptions& options = {});

// Evidence: a passport about the record states of events (an attestation, a site, an admission, a
// contract), each with what it needs and the admission of its log. Keys as in states_of_event.
Result<Exported> export_events(Node& node, OpenLog& log, std::span<const std::string> events,
                               const ExportOptions& options = {});
inline Result<Exported> export_event(Node& node, OpenLog& log, const std::string& event,
                                     const ExportOptions& options = {}) {
  return export_events(node, log, std::span<const std::string>(&event, 1), options);
}

}  // namespace quarrymark::record
