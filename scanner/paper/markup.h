// Numbers and names as drawings in markup have them; used by html_blocks.cpp and flow.cpp.
#pragma once

#include <cstddef>
#include <string>

namespace quarrymark::paper {

// At most two decimals, never an exponent, whatever the locale.
std::string decimal(double value);
// What there is room for: wide characters count double, and what is cut off ends in "…".
std::string shortened(const std::string& text, std::size_t room);

}  // namespace quarrymark::paper
