#include "ledger/base/clock.h"

#include "ledger/base/text.h"

#include <array>
#include <chrono>
#include <cstdio>

namespace quarrymark {
namespace {

// Reads `width` decimal digits at `at`; -1 when one is not a digit.
int digits(std::string_view text, std::size_t at, std::size_t width) {
  int value = 0;
  for (std::size_t i = at; i < at + width; ++i) {
    const char c = text[i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

bool read_date(std::string_view text, std::int64_t& days) {
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  if (year < 0 || month < 0 || day < 0 || text[4] != '-' || text[7] != '-') return false;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return false;
  days = std::chrono::sys_days(date).time_since_epoch().count();
  return true;
}

bool read_date_and_time(std::string_view text, std::int64_t& seconds) {
  std::int64_t days;
  if (text.size() < 19 || !read_date(text, days) || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':')
    return false;
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return false;
  seconds = ((days * 24 + hour) * 60 + minute) * 60 + second;
  return true;
}

std::string format_seconds(std::int64_t seconds) {
  const auto days = std::chrono::floor<std::chrono::days>(std::chrono::seconds(seconds));
  const std::chrono::year_month_day date{std::chrono::sys_days(days)};
  const std::int64_t rest = seconds - std::chrono::seconds(days).count();
  std::array<char, 80> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d",
                static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                static_cast<unsigned>(date.day()), static_cast<int>(rest / 3600),
                static_cast<int>(rest / 60 % 60), static_cast<int>(rest % 60));
  return buffer.data();
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

std::string format_node_time(UtcTime time) {
  const std::int64_t seconds = floor_div(time.ms, 1000);
  const auto ms = static_cast<int>(time.ms - seconds * 1000);
  std::string out = format_seconds(seconds);
  out += '.';
  out += static_cast<char>('0' + ms / 100);
  out += static_cast<char>('0' + ms / 10 % 10);
  out += static_cast<char>('0' + ms % 10);
  out += 'Z';
  return out;
}

bool parse_node_time_fast(std::string_view text, UtcTime& out) {
  std::int64_t seconds;
  if (text.size() != 24 || text[19] != '.' || text[23] != 'Z' || !read_date_and_time(text, seconds))
    return false;
  const int ms = digits(text, 20, 3);
  if (ms < 0) return false;
  out.ms = seconds * 1000 + ms;
  return true;
}

Result<UtcTime> parse_node_time(std::string_view text) {
  UtcTime time;
  if (!parse_node_time_fast(text, time))
    return fail(Errc::kMalformed, cat("expected a time like 2026-03-02T09:14:03.120Z, got ",
                                      quoted_for_message(text)));
  return time;
}

Result<UtcTime> parse_claimed_time(std::string_view text) {
  std::int64_t seconds;
  const auto refuse = [&] {
    return fail(Errc::kMalformed, cat("expected a time like 2026-03-02T14:44:03+05:30, got ",
                                      quoted_for_message(text)));
  };
  if (text.size() != 25 || !read_date_and_time(text, seconds) || text[22] != ':') return refuse();
  const char sign = text[19];
  const int hours = digits(text, 20, 2), minutes = digits(text, 23, 2);
  if ((sign != '+' && sign != '-') || hours < 0 || minutes < 0 || minutes > 59 ||
      hours * 60 + minutes > 14 * 60 || (sign == '-' && hours == 0 && minutes == 0))
    return refuse();
  const std::int64_t offset = std::int64_t{hours} * 3600 + minutes * 60;
  return UtcTime{(seconds - (sign == '+' ? offset : -offset)) * 1000};
}

std::string format_claimed_time(UtcTime time, int offset_minutes) {
  std::string out = format_seconds(floor_div(time.ms, 1000) + std::int64_t{offset_minutes} * 60);
  const int absolute = offset_minutes < 0 ? -offset_minutes : offset_minutes;
  out += offset_minutes < 0 ? '-' : '+';
  out += static_cast<char>('0' + absolute / 600);
  out += static_cast<char>('0' + absolute / 60 % 10);
  out += ':';
  out += static_cast<char>('0' + absolute % 60 / 10);
  out += static_cast<char>('0' + absolute % 10);
  return out;
}

Result<UtcTime> parse_date(std::string_view text) {
  std::int64_t days;
  if (text.size() != 10 || !read_date(text, days))
    return fail(Errc::kMalformed,
                cat("expected a date like 2026-03-02, got ", quoted_for_message(text)));
  return UtcTime{days * kMsPerDay};
}

std::string format_date(UtcTime time) {
  return format_seconds(floor_div(time.ms, 1000)).substr(0, 10);
}

UtcTime SystemClock::now() {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

}  // namespace quarrymark
