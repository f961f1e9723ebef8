// From verified tiles to rows: which event and which markers stand in which entry.
//
// Goes on behind what is indexed and writes a durable piece at a time, together with how far it
// came, so that being stopped costs one piece. Nothing is indexed that the checkpoint's tree does
// not hold.
#pragma once

#include "ledger/monitor/rows.h"
#include "ledger/tiles/verified_tree.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace quarrymark::monitor {

using Progress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// Brings `log` up to the size of `tree`. Entries that break a rule are noted in rows and returned
// in `odd`. kMalformed: a file is not what the tree says (path in `field`); the log keeps what was
// indexed before.
Status index_entries(store::Store& store, const tiles::TileSource& source,
                     tiles::VerifiedTree& tree, FollowedLog& log, std::vector<std::string>& odd,
                     const Progress& progress);

}  // namespace quarrymark::monitor
