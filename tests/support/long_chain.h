// A long chain as it looks late in life: ten organisations hand one crate on, each from a log that
// holds a great deal else. What the largest ordinary passport costs is measured on it.
#pragma once

#include "tests/support/passport_builder.h"

#include <vector>

namespace quarrymark::support {

struct LongChain {
  // Each log, the registrar's included, holds `log_size` entries, and the entries shown lie
  // scattered among them.
  explicit LongChain(std::uint64_t log_size);

  TestLog registrar{200};
  std::vector<TestLog> logs;    // quarry, factory, eight traders
  passport::Passport passport;  // 40 entries, about the crate the last trader dispatched
  passport::Trust trust;

  std::size_t entries() const;
};

}  // namespace quarrymark::support
