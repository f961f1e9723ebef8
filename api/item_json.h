// Where an item stands, and its chain, as JSON.
#pragma once

#include "ledger/json/value.h"
#include "ledger/record/trace.h"

namespace quarrymark::api {

// {"item","current":[state…],"history":[state…]}
json::Value item_json(const record::ItemView& view);

// {"complete","steps":[{"event":{…},"depth","inputs":[state…],"outputs":[state…],"not_shown"}]}
json::Value trace_json(const record::Trace& trace);

}  // namespace quarrymark::api
