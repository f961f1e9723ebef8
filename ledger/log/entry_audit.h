// What a Quarrymark log's entries say, checked while its tiles are: form, log, place, hash chain,
// time, and that no event stands in it twice (FORMATS.md, rules 13 and 16).
#pragma once

#include "ledger/tiles/check.h"

#include <memory>
#include <string>
#include <string_view>

namespace quarrymark::log {

// Whether the origin is of the form this product's logs have; others' entries are their own.
bool is_own_origin(std::string_view origin);

class EntryAudit final : public tiles::EntryAudit {
 public:
  explicit EntryAudit(std::string origin) : origin_(std::move(origin)) {}
  std::unique_ptr<tiles::RangeAudit> start(std::uint64_t begin, std::uint64_t end) override;
  void finish(std::span<const std::unique_ptr<tiles::RangeAudit>> ranges,
              tiles::Problems& problems) override;

 private:
  const std::string origin_;
};

}  // namespace quarrymark::log
