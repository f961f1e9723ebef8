// Points in time and where they come from.
//
// Two text forms exist (FORMATS.md, rules 8 and 13): a node's own time in UTC with exactly
// three decimals ("2026-03-02T09:14:03.120Z"), and a claimed time with the zone of whoever
// claims it ("2026-03-02T14:44:03+05:30"). Both parsers accept exactly one spelling.
#pragma once

#include "ledger/base/result.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark {

// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
struct UtcTime {
  std::int64_t ms = 0;
  auto operator<=>(const UtcTime&) const = default;
};

inline constexpr std::int64_t kMsPerHour = 3'600'000;
inline constexpr std::int64_t kMsPerDay = 24 * kMsPerHour;

// "2026-03-02T09:14:03.120Z"
std::string format_node_time(UtcTime time);
Result<UtcTime> parse_node_time(std::string_view text);
// The same without allocation or message, for the bulk verifier.
bool parse_node_time_fast(std::string_view text, UtcTime& out);

// "2026-03-02T14:44:03+05:30": no fraction, no Z, no -00:00, offset at most 14 hours.
Result<UtcTime> parse_claimed_time(std::string_view text);
std::string format_claimed_time(UtcTime time, int offset_minutes);

// "2026-03-02" → the first instant of that day in UTC.
Result<UtcTime> parse_date(std::string_view text);
std::string format_date(UtcTime time);

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UtcTime now() = 0;
};

class SystemClock final : public Clock {
 public:
  UtcTime now() override;
};

// Stands still until moved: for tests and for replaying a data set with its own dates.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(UtcTime start = {}) : now_(start) {}
  UtcTime now() override { return now_; }
  void set(UtcTime time) { now_ = time; }

 private:
  UtcTime now_;
};

}  // namespace quarrymark
