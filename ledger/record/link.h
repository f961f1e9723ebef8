// One event in few bytes: what it consumed, how much it made, when, where, and what it names. What
// tracing reads instead of heads and disclosures. docs/storage_format.md, "Links".
#pragma once

#include "ledger/custody/event.h"
#include "ledger/record/codec.h"
#include "ledger/record/rows.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::record {

struct Link {
  LogId log{};
  std::uint64_t seq = 0;
  EventId event;
  custody::EventType type = custody::EventType::kAttest;
  std::string at;               // claimed, as written
  std::optional<EventId> site;  // where it happened, when shown and not erased
  // Of the site of a `site` event, of the organisation of an `admit`, of the stone of an `extract`
  // or `acquire`.
  std::string name;
  std::vector<entry::Input> inputs;
  std::size_t outputs = 0;

  bool remakes() const {  // each output is its input again (FORMATS.md, rule 12)
    return type == custody::EventType::kDispatch || type == custody::EventType::kLabel ||
           (type == custody::EventType::kReceive && !inputs.empty());
  }
};

// For a placed event; overwrites what was there. Of an event some of whose fields are erased it
// says nothing of them.
Status put_link(Rows& rows, const custody::Event& event);
Result<std::optional<Link>> load_link(Rows& rows, const LogId& log, std::uint64_t seq);
// By its id; nullopt where nothing here shows it.
Result<std::optional<Link>> load_link(Rows& rows, const EventId& event);

}  // namespace quarrymark::record
