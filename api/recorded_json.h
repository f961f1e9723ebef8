// What was recorded or taken in, as JSON.
#pragma once

#include "ledger/json/value.h"
#include "ledger/record/inbox.h"
#include "ledger/record/recorder.h"

#include <string_view>

namespace quarrymark::api {

// {"item","kind","amount","unit","aliases","serial"}; serial null without a label.
json::Value output_json(const custody::Output& output);

// [{"code","words","suggestion","facts"}]; suggestion null where nothing suggests itself.
json::Array doubts_json(const std::vector<custody::Doubt>& doubts);

// {"log","events":[{"line","event","index","time","type","key","replayed","outputs","doubts"}],
// "checkpoint"}
json::Value recorded_json(std::string_view origin, const record::Recorded& recorded);

// {"packets","entries","disclosures","arrived":[{"event","out","output","from","to"}]}
json::Value accepted_json(const record::AcceptedPassports& accepted);

}  // namespace quarrymark::api
