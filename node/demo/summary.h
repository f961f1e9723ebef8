// What the demo prints at its end.
#pragma once

#include "ledger/json/value.h"
#include "node/demo/demo.h"

#include <string>

namespace quarrymark::demo {

// {"title","directory","contracts":[{"id","authority","verdict","checks":[report,…]}]}
json::Value outcome_json(const DemoOutcome& outcome);

// Each contract in a few lines, where the files are, and three commands to try. `program` is how
// the reader calls quarrymark.
std::string outcome_text(const DemoOutcome& outcome, const std::string& program);

// The three commands, ready to paste into a shell.
std::vector<std::string> next_commands(const DemoOutcome& outcome, const std::string& program);

}  // namespace quarrymark::demo
