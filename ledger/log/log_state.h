// Everything that is known of a log between two groups. Immutable once shared: the committer
// makes the next one, and readers keep the one they started with.
#pragma once

#include "ledger/log/layout.h"
#include "ledger/log/tree_state.h"

#include <memory>
#include <string>
#include <vector>

namespace quarrymark::log {

struct LogState {
  TreeState tree;
  Hash last{};             // hash of the last entry
  UtcTime time;            // of the last entry
  std::string checkpoint;  // signed note for exactly this tree
  // The later keys of the log; the last of them has signed `checkpoint`.
  std::shared_ptr<const std::vector<KeyChange>> rotations;

  std::uint64_t size() const { return tree.tree().size(); }
  // As it is stored with the group that came after the first `before` entries.
  StateRecord record(std::uint64_t before) const {
    const auto frontier = tree.tree().frontier();
    return {size(), before, time, last, {frontier.begin(), frontier.end()}};
  }
};

}  // namespace quarrymark::log
