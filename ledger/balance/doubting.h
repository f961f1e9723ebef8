// What the plausibility rules share. Internal to this folder; doubts.h is the way in.
#pragma once

#include "ledger/balance/doubts.h"

#include <optional>
#include <string>
#include <vector>

namespace quarrymark::custody {

using Doubts = std::vector<Doubt>;

// "the extract of 2025-02-03", the day as its recorder wrote it.
std::string step_words(const Event& event);
std::string claimed_day(const Event& event);

// The site event that an event names as its place; null when either is not shown.
const Event* site_of(const Graph& graph, const Event& event);
// Its name, or "a site" where that is not shown.
std::string site_name(const Graph& graph, const Event& site);

void doubt_calendar(const Graph& graph, const Event& event, Doubts& doubts);
void doubt_load(const Graph& graph, const Event& event, Doubts& doubts);
void doubt_order(const Graph& graph, const Event& event, Doubts& doubts);
void doubt_travel(const Graph& graph, const Event& event, Doubts& doubts);
void doubt_measures(const Graph& graph, const std::vector<YieldCheck>& yields, const Event& event,
                    Doubts& doubts);

}  // namespace quarrymark::custody
