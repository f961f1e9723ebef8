// What the parts of the resolver share while one file is resolved: the log, the overlay, and the
// ways to find things in it. Plain references; the resolver owns what they point to.
#pragma once

#include "ledger/record/directory.h"
#include "ledger/record/item_finder.h"
#include "ledger/record/known_events.h"
#include "ledger/record/names.h"
#include "ledger/record/node.h"

#include <map>
#include <string>

namespace quarrymark::record {

struct Scene {
  OpenLog& log;
  LogId log_id;
  Overlay& rows;
  KnownEvents& events;
  const Directory& directory;
  const ItemFinder& items;
  const NameSource* extra;                     // may be null
  const std::map<std::string, EventId>& keys;  // of events prepared but not appended
};

}  // namespace quarrymark::record
