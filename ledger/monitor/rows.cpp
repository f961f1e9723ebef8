#include "ledger/monitor/rows.h"

#include "ledger/base/text.h"
#include "ledger/note/lines.h"

#include <charconv>

namespace quarrymark::monitor {
namespace {

using store::Table;

constexpr std::string_view kFollowed = "followed:";
constexpr std::string_view kSeen = "seen:";
constexpr std::string_view kOddity = "oddity:";
constexpr std::string_view kVersion = "quarrymark/followed/v1";
constexpr std::string_view kNone = "-";

std::string numbered(std::string_view kind, LogNumber number) {
  std::string key(kind);
  store::append_u32(key, number);
  return key;
}

std::string numbered(std::string_view kind, LogNumber number, std::uint64_t place) {
  std::string key = numbered(kind, number);
  store::append_u64(key, place);
  return key;
}

bool read_number(std::string_view text, std::int64_t& out) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string followed_key(LogNumber number) { return numbered(kFollowed, number); }
std::string seen_key(LogNumber number, std::uint64_t size) { return numbered(kSeen, number, size); }
std::string oddity_key(LogNumber number, std::uint64_t seq) {
  return numbered(kOddity, number, seq);
}

std::string event_key(LogNumber number, const EventId& event) {
  std::string key;
  store::append_u32(key, number);
  key += as_text(event.hash);
  return key;
}

std::string marker_key(const Marker& marker, LogNumber number, std::uint64_t seq) {
  std::string key(as_text(marker.hash));
  store::append_u32(key, number);
  store::append_u64(key, seq);
  return key;
}

std::string write_followed(const FollowedLog& log) {
  return cat(kVersion, '\n', log.origin, '\n', log.vkey, '\n', log.indexed, '\n',
             log.last ? base64_encode(*log.last) : std::string(kNone), '\n', log.last_time.ms, '\n',
             log.followed.ms, '\n', log.checkpoint);
}

Result<FollowedLog> read_followed(LogNumber number, std::string_view bytes) {
  constexpr std::size_t kLines = 7;
  std::vector<std::string_view> lines;
  for (std::size_t end; lines.size() < kLines && (end = bytes.find('\n')) != bytes.npos;) {
    lines.push_back(bytes.substr(0, end));
    bytes.remove_prefix(end + 1);
  }
  const auto damaged = [&] {
    return fail(Errc::kDataLoss, cat("the record of followed log ", number, " is damaged"));
  };
  if (lines.size() != kLines || lines[0] != kVersion) return damaged();
  FollowedLog log;
  log.number = number;
  log.origin = lines[1];
  log.vkey = lines[2];
  const auto indexed = note::parse_decimal(lines[3]);
  if (lines[4] != kNone) {
    const auto last = note::parse_base64_hash(lines[4]);
    if (!last) return damaged();
    log.last = *last;
  }
  if (!indexed || !read_number(lines[5], log.last_time.ms) ||
      !read_number(lines[6], log.followed.ms))
    return damaged();
  log.indexed = *indexed;
  log.checkpoint = bytes;
  return log;
}

Result<std::vector<FollowedLog>> load_followed(const store::Store& store) {
  std::vector<FollowedLog> logs;
  Status read;
  QM_TRY_VOID(
      store.scan(Table::kMeta, kFollowed, {}, [&](std::string_view key, std::string_view value) {
        auto log = read_followed(store::read_u32(key.substr(kFollowed.size())), value);
        if (!log) {
          read = tl::unexpected<Error>(std::move(log.error()));
          return false;
        }
        logs.push_back(std::move(*log));
        return true;
      }));
  if (!read) return tl::unexpected<Error>(std::move(read.error()));
  return logs;
}

Result<std::vector<std::string>> load_oddities(const store::Store& store, LogNumber number) {
  std::vector<std::string> texts;
  const std::string prefix = numbered(kOddity, number);
  QM_TRY_VOID(
      store.scan(Table::kMeta, prefix, {}, [&](std::string_view key, std::string_view value) {
        texts.push_back(cat("entry ", store::read_u64(key.substr(prefix.size())), ": ", value));
        return true;
      }));
  return texts;
}

Result<std::vector<MarkerAt>> places_of(const store::Store& store, const Marker& marker) {
  std::vector<MarkerAt> places;
  const std::string_view prefix = as_text(marker.hash);
  QM_TRY_VOID(store.scan(Table::kStates, prefix, {}, [&](std::string_view key, std::string_view) {
    const std::string_view rest = key.substr(prefix.size());
    if (rest.size() == 12)
      places.push_back({store::read_u32(rest), store::read_u64(rest.substr(4))});
    return true;
  }));
  return places;
}

}  // namespace quarrymark::monitor
