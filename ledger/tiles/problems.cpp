#include "ledger/tiles/problems.h"

#include "ledger/base/text.h"

namespace quarrymark::tiles {
namespace {

constexpr std::size_t kMaxProblems = 100;  // in one place

}  // namespace

void Problems::add(std::string text) {
  if (texts_.size() < kMaxProblems)
    texts_.push_back(std::move(text));
  else
    ++more_;
}

void Problems::move_to(std::vector<std::string>& out) {
  for (std::string& text : texts_) out.push_back(std::move(text));
  if (more_ > 0) out.push_back(cat("… and ", more_, " more like these"));
  texts_.clear();
  more_ = 0;
}

}  // namespace quarrymark::tiles
