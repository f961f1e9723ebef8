// "Did you mean": the known word nearest to one that is not known.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::cli {

// Number of single-character insertions, deletions, replacements and swaps of neighbours.
std::size_t typing_distance(std::string_view a, std::string_view b);

// Empty when nothing is near: more than a third of the word would have to change.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace quarrymark::cli
