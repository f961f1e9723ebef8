// Labels of delivered items: printed into pictures, and read back from those pictures.
#pragma once

#include "ledger/custody/item.h"
#include "node/demo/place_names.h"

#include <span>
#include <string>
#include <vector>

namespace quarrymark::demo {

struct PrintedLabels {
  std::vector<std::string> files;  // sheets
  std::size_t labels = 0;
};

// Items without a serial have no label; nothing is printed for them.
Result<PrintedLabels> print_labels(std::span<const custody::Output> items,
                                   const std::string& contract, const PlaceNames& places);

// What a reader sees in those pictures and nowhere else: the contents of all codes, each once.
Result<std::vector<std::string>> read_labels(const PrintedLabels& printed);

}  // namespace quarrymark::demo
