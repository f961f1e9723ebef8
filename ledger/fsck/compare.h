// Two stores, row by row.
#pragma once

#include "ledger/fsck/fsck.h"

#include <optional>

namespace quarrymark::fsck {

// A row of `stored` that is not as in `derived`: no value where it should not be.
using VisitDifference =
    std::function<Status(std::string_view key, std::optional<std::string_view> right_value)>;

// The rows with `prefix` of a table. Memory does not grow with the number of rows.
Result<TableDifferences> compare_table(const store::Store& stored, const store::Store& derived,
                                       store::Table table, std::string_view prefix,
                                       const VisitDifference& visit);

}  // namespace quarrymark::fsck
