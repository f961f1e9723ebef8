#include "scanner/paper/markup.h"

#include "ledger/base/text.h"

#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace quarrymark::paper {

// At most two decimals, never an exponent, whatever the locale.
std::string decimal(double value) {
  const auto hundredths = static_cast<std::int64_t>(std::llround(value * 100));
  const std::int64_t whole = hundredths / 100, rest = std::abs(hundredths % 100);
  std::string out = cat(hundredths < 0 && whole == 0 ? "-" : "", whole);
  if (rest != 0) out += cat(".", rest < 10 ? "0" : "", rest);
  if (rest != 0 && rest % 10 == 0) out.pop_back();
  return out;
}

std::string shortened(const std::string& text, std::size_t room) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    width += lead >= 0xE3 ? 2 : 1;
    if (width > room) return cat(text.substr(0, i), "…");
    i += size;
  }
  return text;
}

}  // namespace quarrymark::paper
