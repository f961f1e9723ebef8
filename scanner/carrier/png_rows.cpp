#include "scanner/carrier/png_rows.h"

#include <cstdlib>
#include <stdexcept>

namespace quarrymark::carrier {
namespace {

constexpr long long kMaxColumns = 1 << 20;

unsigned char paeth(int left, int above, int corner) {
  const int estimate = left + above - corner;
  const int to_left = std::abs(estimate - left), to_above = std::abs(estimate - above),
            to_corner = std::abs(estimate - corner);
  if (to_left <= to_above && to_left <= to_corner) return static_cast<unsigned char>(left);
  return static_cast<unsigned char>(to_above <= to_corner ? above : corner);
}

}  // namespace

std::optional<PngRows> PngRows::of(long long columns, long long colours, long long bits) {
  if (columns < 1 || columns > kMaxColumns || colours < 1 || colours > 32 || bits < 1 || bits > 16)
    return std::nullopt;
  const auto row = static_cast<std::size_t>((columns * colours * bits + 7) / 8);
  const auto pixel = static_cast<std::size_t>((colours * bits + 7) / 8);
  return PngRows(row, pixel);
}

void PngRows::undo(std::string& row, unsigned char filter) const {
  for (std::size_t i = 0; i < row.size(); ++i) {
    const auto at = [](const std::string& text, std::size_t place) {
      return static_cast<int>(static_cast<unsigned char>(text[place]));
    };
    const int left = i >= pixel_ ? at(row, i - pixel_) : 0, above = at(before_, i),
              corner = i >= pixel_ ? at(before_, i - pixel_) : 0;
    int add = 0;
    if (filter == 1)
      add = left;
    else if (filter == 2)
      add = above;
    else if (filter == 3)
      add = (left + above) / 2;
    else if (filter == 4)
      add = paeth(left, above, corner);
    row[i] = static_cast<char>(at(row, i) + add);
  }
}

std::string PngRows::take(std::string_view data) {
  std::string out;
  pending_ += data;
  std::size_t at = 0;
  for (; pending_.size() - at > before_.size(); at += before_.size() + 1) {
    const auto filter = static_cast<unsigned char>(pending_[at]);
    if (filter > 4) throw std::runtime_error("a row has a filter that does not exist");
    std::string row = pending_.substr(at + 1, before_.size());
    undo(row, filter);
    out += row;
    before_ = std::move(row);
  }
  pending_.erase(0, at);
  return out;
}

}  // namespace quarrymark::carrier
