// Problems found in one place, with an end to them: a log that lost a million entries is told in
// a few lines.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace quarrymark::tiles {

class Problems {
 public:
  void add(std::string text);
  bool empty() const { return texts_.empty(); }
  // Appends what was found to `out`.
  void move_to(std::vector<std::string>& out);

 private:
  std::vector<std::string> texts_;
  std::uint64_t more_ = 0;
};

}  // namespace quarrymark::tiles
