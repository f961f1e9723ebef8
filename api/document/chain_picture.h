// The chain of an item as boxes and arrows, for `item trace --svg`.
#pragma once

#include "ledger/trace/trace.h"
#include "scanner/paper/flow.h"

#include <string>

namespace quarrymark::document {

// Steps of one type, log and origin are one box ("88 × split"), and so are their things ("88
// slabs"). Inputs of which nothing is known become a dashed box.
paper::Flow chain_picture(const trace::Trace& trace, std::string title);

// "block KHM-0417", "batch 0TVN … (160 pieces)".
std::string thing_text(const custody::Output& output);
// The same for many: "88 slabs", "12 batches, 1,080 pieces". Of one, its name and amount.
std::string things_text(const std::vector<const custody::Output*>& outputs);

}  // namespace quarrymark::document
