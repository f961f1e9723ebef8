// What `record` says of events that are doubtful: recorded all the same, and flagged
// (docs/balance.md).
#pragma once

#include "ledger/record/recorder.h"
#include "ledger/record/resolver.h"
#include "node/cli/output.h"

#include <functional>

namespace quarrymark::cli {

// One line for each doubt on standard error: line of the file, type, what, and what may have been
// meant.
void print_doubts(const record::Recorded& recorded, Output& output);

// `record --dry-run` and `record --check --dir`: resolves everything and records nothing. Doubts as
// above, or with --json {"dry_run":true,"log","events":N,"doubts":[{"line","type","code","words",
// "suggestion","facts"}]}. `failed` puts the file's name before what is refused.
using FailedLine = std::function<tl::unexpected<Error>(std::size_t line, const Error& error)>;
Result<int> check_requests_here(record::Resolver& resolver, const record::OpenLog& log,
                                std::span<const record::NumberedRequest> stated,
                                std::span<const record::NumberedBuilt> built,
                                const FailedLine& failed, Output& output);

}  // namespace quarrymark::cli
