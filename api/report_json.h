// A report as JSON, exactly as schemas/verdict.schema.json describes it: what `contract check
// --json` and `passport verify --json` print.
#pragma once

#include "ledger/json/value.h"
#include "ledger/judge/verdict.h"

namespace quarrymark::api {

json::Value report_json(const custody::Report& report);

}  // namespace quarrymark::api
