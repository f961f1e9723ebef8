// A report as JSON, exactly as schemas/verdict.schema.json describes it: what `contract check
// --json` and `passport verify --json` print.
#pragma once

#include "ledger/custody/verdict.h"
#include "ledger/json/value.h"

namespace quarrymark::api {

json::Value report_json(const custody::Report& report);

}  // namespace quarrymark::api
