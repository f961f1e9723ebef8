// What physics and dates doubt about one event: recorded all the same, and flagged. Pure: an event
// and its neighbours in a graph in, doubts out. docs/balance.md has each rule with its formula,
// default, blind spot and words; the constants are in balance_defaults.h.
//
// Nothing here changes a verdict (RULES.md, rule 7). A rule that lacks something — a field that is
// withheld, a mass nobody stated — says nothing.
#pragma once

#include "ledger/balance/balance.h"
#include "ledger/custody/evidence.h"
#include "ledger/json/value.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

struct Doubt {
  std::string code;              // of schemas/findings.json
  const Event* event = nullptr;  // that it is about
  json::Object facts;            // the numbers behind the words, members ascending
  std::string words;             // one sentence, without a full stop
  std::string suggestion;        // what may have been meant; empty where nothing suggests itself
};

// Of one step, where it stands in its chain, in a fixed order (docs/verification_order.md):
// season, closure, permit; container number, mass, count; order, travel. What a reader of a
// passport can find as well as a node. Nothing for corrections and voids but their order, and
// nothing for what was voided.
std::vector<Doubt> chain_doubts(const Graph& graph, const Event& event);

// All of them, for whoever records: first the measures (density, a shapeless block, yields), then
// `chain_doubts`. A correction is judged as the event it corrects. `graph` holds the event's
// neighbours: its chain, the sites named, and what else was cut from the same blocks.
// `yields`: what check_yields finds in it.
std::vector<Doubt> recording_doubts(const Graph& graph, const std::vector<YieldCheck>& yields,
                                    const Event& event);

// Gross volume taken in a month over what a permit of the site allows, about each of the given
// extracts that counts in it. `graph` holds all extracts at their sites in their months.
std::vector<Doubt> permit_volume_doubts(const Graph& graph, const std::vector<const Event*>& about);

// What is left of a container number's last digit when the ten characters before it are right;
// `number` has the form of one. ISO 6346: remainder 10 prints 0.
int container_check_digit(std::string_view number);

}  // namespace quarrymark::custody
