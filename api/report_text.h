// A report for people: the verdict's word and sentence first, the limits of what it shows last.
#pragma once

#include "ledger/judge/verdict.h"

#include <optional>
#include <string>
#include <string_view>

namespace quarrymark::api {

// The heading of schemas/words in English; "Origin shown" without a verdict.
std::string_view verdict_heading(std::optional<custody::Verdict> verdict);

// "4 hand-overs", "at least 2 hand-overs".
std::string chain_length_text(const custody::Report& report);

struct TextOptions {
  bool colour = false;  // ANSI colours; the words alone always say everything
};

std::string report_text(const custody::Report& report, const TextOptions& options = {});

}  // namespace quarrymark::api
