// Where an item stands, and its chain, as JSON.
#pragma once

#include "ledger/json/value.h"
#include "ledger/record/doubts.h"
#include "ledger/trace/recall.h"
#include "ledger/trace/remaining.h"
#include "ledger/trace/stock.h"
#include "ledger/trace/trace.h"

#include <vector>

namespace quarrymark::api {

// {"item","current":[state…],"history":[state…],"doubts":[{"event","code","words","suggestion",
// "facts"}]}
// `doubts`: of the events that made or consumed it.
json::Value item_json(const trace::ItemView& view,
                      const std::vector<record::EventDoubts>& doubts = {});

// {"complete","steps":[{"event":{…},"depth","inputs":[state…],"outputs":[state…],"not_shown"}]}
json::Value trace_json(const trace::Trace& trace);

// {"item","complete","descendants","events","groups":[{"whereabouts","holder","holder_name",
//  "items":[{"state":{…},"mixed","dispatched":{…}}]}]}
json::Value recall_json(const trace::Recall& recall);

// {"item","thickness","kerf","axis","pieces":[{"state","at_most","expected","slab_area"}],"at_most",
//  "expected","at_most_area","expected_area"}; lengths in mm, areas in mm².
json::Value remaining_json(const trace::Remaining& remaining);

// [{"site","stone","kind","unit","amount","items","mass"}]
json::Value stock_json(const std::vector<trace::StockLine>& lines);

}  // namespace quarrymark::api
