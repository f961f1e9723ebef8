// PNG prediction undone row by row (ISO 32000-2, 7.4.4.4; the filters of PNG): what the
// cross-reference streams of a PDF are written with.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace quarrymark::carrier {

class PngRows {
 public:
  // nullopt for widths that no PDF needs.
  static std::optional<PngRows> of(long long columns, long long colours, long long bits);

  // The rows that `data` completes, without their filter bytes. Throws std::runtime_error on a
  // filter that does not exist: only qpdf's pipelines call this, and they expect exceptions.
  std::string take(std::string_view data);

 private:
  PngRows(std::size_t row, std::size_t pixel) : pixel_(pixel), before_(row, '\0') {}
  void undo(std::string& row, unsigned char filter) const;

  std::size_t pixel_;   // bytes to the left neighbour
  std::string before_;  // the row above, as decoded
  std::string pending_;
};

}  // namespace quarrymark::carrier
