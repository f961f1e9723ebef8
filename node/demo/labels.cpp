#include "node/demo/labels.h"

#include "node/files/files.h"
#include "scanner/code/code.h"
#include "scanner/print/print.h"

#include <algorithm>

namespace quarrymark::demo {
namespace {

constexpr std::size_t kLabelsOfSheet = 8;
constexpr const char* kHost = "LABEL.EXAMPLE";  // nobody's: labels are never followed

}  // namespace

Result<PrintedLabels> print_labels(std::span<const custody::Output> items,
                                   const std::string& contract, const PlaceNames& places) {
  std::vector<label::Label> labels;
  for (const custody::Output& item : items)
    if (!item.serial.empty()) labels.push_back({kHost, item.item, item.serial});
  PrintedLabels printed;
  printed.labels = labels.size();
  for (std::size_t first = 0; first < labels.size(); first += kLabelsOfSheet) {
    const std::size_t count = std::min(kLabelsOfSheet, labels.size() - first);
    QM_TRY(const auto png, print::sheet_png(std::span(labels).subspan(first, count)));
    std::string path = places.labels(contract, first / kLabelsOfSheet + 1);
    QM_TRY_VOID(files::write(path, as_text(png), files::Existing::kReplace));
    printed.files.push_back(std::move(path));
  }
  return printed;
}

Result<std::vector<std::string>> read_labels(const PrintedLabels& printed) {
  std::vector<std::string> contents;
  for (const std::string& path : printed.files) {
    QM_TRY(const auto codes, code::read_codes_in_file(path));
    for (const code::CodeFound& found : codes)
      if (std::find(contents.begin(), contents.end(), found.content) == contents.end())
        contents.push_back(found.content);
  }
  return contents;
}

}  // namespace quarrymark::demo
