// Where an item stands, and its chain, as JSON.
#pragma once

#include "ledger/json/value.h"
#include "ledger/record/doubts.h"
#include "ledger/record/trace.h"

#include <vector>

namespace quarrymark::api {

// {"item","current":[state…],"history":[state…],"doubts":[{"event","code","words","suggestion",
// "facts"}]}
// `doubts`: of the events that made or consumed it.
json::Value item_json(const record::ItemView& view,
                      const std::vector<record::EventDoubts>& doubts = {});

// {"complete","steps":[{"event":{…},"depth","inputs":[state…],"outputs":[state…],"not_shown"}]}
json::Value trace_json(const record::Trace& trace);

}  // namespace quarrymark::api
