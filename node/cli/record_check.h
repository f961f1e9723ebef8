// `record --check`: what is wrong with a file of events, every line of it, before a ledger is
// asked.
#pragma once

#include "ledger/base/result.h"
#include "node/cli/output.h"

#include <string>

namespace quarrymark::cli {

// `built`: the events of --heads. One line for each event that is wrong and exit code 1 when there
// is one; with --json {"check":true,"events":N,"wrong":[{"code","field","line","message"}]}.
Result<int> check_record_file(const std::string& file, bool built, Output& output);

}  // namespace quarrymark::cli
