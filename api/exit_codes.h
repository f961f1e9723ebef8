// The one table from outcomes to exit codes (DESIGN.md §12).
#pragma once

#include "ledger/base/result.h"
#include "ledger/judge/verdict.h"

#include <optional>

namespace quarrymark::api {

inline constexpr int kExitSuccess = 0;        // match, no verdict, or the command did its work
inline constexpr int kExitFailure = 1;        // the command could not do its work
inline constexpr int kExitUsage = 2;          // the command line is wrong
inline constexpr int kExitRefuted = 3;        // invalid, mismatch, duplicate, over_yield
inline constexpr int kExitIncomplete = 4;     // gap, mixed, partial, declared
inline constexpr int kExitNotVerifiable = 5;  // not_verifiable

int exit_code(std::optional<custody::Verdict> verdict);
// kExitFailure for every error: a wrong command line is noticed before there is one.
int exit_code(Errc error);

}  // namespace quarrymark::api
