// What a log says of itself and what a whole-log verification found, as JSON.
#pragma once

#include "ledger/json/value.h"
#include "ledger/log/check.h"
#include "ledger/record/node.h"
#include "ledger/tiles/check.h"

namespace quarrymark::api {

// {"name","role","country","origin"}
json::Value log_record_json(const record::LogRecord& record);

// {"name","origin","entries","root","checkpoint","problems"}
json::Value log_check_json(const record::LogRecord& record, const log::CheckReport& report);

// {"origin","entries","root","checkpoint","problems","unanswered"}: any tlog-tiles log.
json::Value tiles_check_json(const tiles::CheckReport& report);

// {"name","origin","vkey","vkeys","size","checkpoint"}; `vkey` is the first key.
json::Value log_checkpoint_json(const record::OpenLog& log);

}  // namespace quarrymark::api
