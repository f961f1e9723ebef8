// Finds items and their states by what people call them: an item number, a label, an alias.
#pragma once

#include "ledger/record/directory.h"
#include "ledger/record/index.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

struct FoundState {
  entry::StateRef state;
  StateRow row;
  custody::Output output;
};

// Not thread-safe; sees the overlay it was made with.
class ItemFinder {
 public:
  ItemFinder(Overlay& rows, const Directory& directory) : rows_(rows), directory_(directory) {}

  // The one open state under `name` that `log` holds. kNotFound:
  // nothing here answers to it. kRefused: several items do; or it was spent ("was spent by pack of
  // 2025-03-25, entry 7"); or somebody else holds it; or its label was replaced.
  Result<FoundState> held(std::string_view name, const LogId& log) const;

  // The one item under `name`, whoever holds it: one with an open state before others. Same
  // errors as far as they apply.
  Result<std::string> item(std::string_view name) const;

  // Its open states, or its last one when all are spent. kNotFound.
  Result<std::vector<FoundState>> current(std::string_view item) const;
  // All its states in order of time.
  Result<std::vector<FoundState>> history(std::string_view item) const;

 private:
  struct Candidates;
  Result<Candidates> candidates(std::string_view name) const;
  static std::vector<FoundState> read(std::vector<ItemState> states);
  Error why_not(std::string_view name, const Candidates& found, const LogId& log) const;

  Overlay& rows_;
  const Directory& directory_;
};

}  // namespace quarrymark::record
