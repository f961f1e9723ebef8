// The modules of a square code: dark or light, without quiet zone.
#pragma once

#include <cstddef>
#include <vector>

namespace quarrymark::code {

class BitMatrix {
 public:
  explicit BitMatrix(int side) : side_(side), dark_(static_cast<std::size_t>(side * side)) {}

  // Modules along one edge.
  int side() const { return side_; }
  // QR version 1 to 40: 21 modules, and four more for each version after the first.
  int version() const { return (side_ - 17) / 4; }

  bool dark(int x, int y) const { return dark_[index(x, y)]; }
  void set_dark(int x, int y, bool dark) { dark_[index(x, y)] = dark; }
  bool operator==(const BitMatrix&) const = default;

 private:
  std::size_t index(int x, int y) const { return static_cast<std::size_t>(y * side_ + x); }

  int side_;
  std::vector<bool> dark_;
};

}  // namespace quarrymark::code
