#include "ledger/entry/entry.h"

#include "ledger/base/text.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace quarrymark::entry {
namespace {

// No byte is a control, a backslash or beyond ASCII. Eight at a time: every entry of a log that
// is verified passes here.
bool is_plain(std::string_view text) {
  constexpr std::uint64_t ones = 0x0101010101010101, high = 0x80 * ones;
  const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word & high; };
  while (text.size() >= sizeof(std::uint64_t)) {
    std::uint64_t word;
    std::memcpy(&word, text.data(), sizeof word);
    if (((word & high) | ((word - 0x20 * ones) & ~word & high) | has_zero(word ^ (0x7f * ones)) |
         has_zero(word ^ (0x5c * ones))) != 0)
      return false;
    text.remove_prefix(sizeof word);
  }
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= 0x20 && c <= 0x7e && c != '\\'; });
}

// Walks the text from left to right; every step either consumes what must stand there or fails.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : rest_(text) {}

  bool literal(std::string_view expected) {
    if (!rest_.starts_with(expected)) return false;
    rest_.remove_prefix(expected.size());
    return true;
  }

  // An origin: printable ASCII without quote and backslash, closed by a quote.
  bool origin(std::string_view& out) {
    const std::size_t end = rest_.find('"');
    if (end == std::string_view::npos || end == 0 || end > 255) return false;
    out = rest_.substr(0, end);
    if (!is_plain(out)) return false;
    rest_.remove_prefix(end + 1);
    return true;
  }

  bool number(std::uint64_t& out) {
    const char* begin = rest_.data();
    const auto [end, problem] = std::from_chars(begin, begin + rest_.size(), out);
    if (problem != std::errc() || out > kMaxSeq) return false;
    const auto size = static_cast<std::size_t>(end - begin);
    if (size > 1 && *begin == '0') return false;
    rest_.remove_prefix(size);
    return true;
  }

  bool digest(Hash& out) {
    if (rest_.size() < kHashTextSize + 1 || rest_[kHashTextSize] != '"' ||
        !parse_hash_text(rest_.substr(0, kHashTextSize), out))
      return false;
    rest_.remove_prefix(kHashTextSize + 1);
    return true;
  }

  bool time(UtcTime& out) {
    if (rest_.size() < 25 || rest_[24] != '"' || !parse_node_time_fast(rest_.substr(0, 24), out))
      return false;
    rest_.remove_prefix(25);
    return true;
  }

  // `[…]` of quoted digests after its opening bracket; `out` is what stands between the brackets.
  bool digests(std::string_view& out) {
    const std::string_view begin = rest_;
    if (literal("]")) {
      out = {};
      return true;
    }
    Hash ignored;
    do {
      if (!literal("\"") || !digest(ignored)) return false;
    } while (literal(","));
    out = begin.substr(0, begin.size() - rest_.size());
    return literal("]");
  }

  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

bool markers_repeat(const EntryView& view) {
  const std::size_t count = view.spend_count();
  if (count < 2) return false;
  std::vector<std::string_view> markers;
  markers.reserve(count);
  for (std::size_t i = 0; i < count; ++i)
    markers.push_back(view.spends_text.substr(i * (kHashTextSize + 3), kHashTextSize + 2));
  std::sort(markers.begin(), markers.end());
  return std::adjacent_find(markers.begin(), markers.end()) != markers.end();
}

void append_digest(std::string& out, const Hash& hash) {
  char text[kHashTextSize];
  write_hash_text(hash, text);
  out.append(text, kHashTextSize);
}

}  // namespace

Marker EntryView::spend(std::size_t index) const {
  Marker marker;
  const bool good = parse_hash_text(
      spends_text.substr(index * (kHashTextSize + 3) + 1, kHashTextSize), marker.hash);
  QM_CHECK(good, "spends are checked when an entry is parsed");
  return marker;
}

bool parse_entry_view(std::string_view text, EntryView& out, std::string_view& problem) {
  if (text.size() > kMaxEntryBytes) {
    problem = "longer than 65,535 bytes";
    return false;
  }
  Cursor cursor(text);
  const auto step = [&problem](bool good, std::string_view name) {
    if (!good) problem = name;
    return good;
  };
  if (!step(cursor.literal("{\"v\":1,"), "v") ||
      !step(cursor.literal("\"log\":\"") && cursor.origin(out.log), "log") ||
      !step(cursor.literal(",\"seq\":") && cursor.number(out.seq), "seq"))
    return false;
  if (!step(cursor.literal(",\"prev\":"), "prev")) return false;
  out.has_prev = !cursor.literal("null");
  if (out.has_prev && !step(cursor.literal("\"") && cursor.digest(out.prev.hash), "prev"))
    return false;
  if (!step(out.has_prev == (out.seq != 0), "prev") ||
      !step(cursor.literal(",\"time\":\"") && cursor.time(out.time), "time") ||
      !step(cursor.literal(",\"event\":\"") && cursor.digest(out.event.hash), "event") ||
      !step(cursor.literal(",\"spends\":[") && cursor.digests(out.spends_text), "spends"))
    return false;
  out.has_device = cursor.literal(",\"device\":\"");
  if (out.has_device && !step(cursor.digest(out.device.hash), "device")) return false;
  return step(cursor.literal("}") && cursor.at_end(), "end of the entry") &&
         step(!markers_repeat(out), "spends (a marker twice)");
}

Result<Entry> parse_entry(std::string_view text) {
  EntryView view;
  std::string_view problem;
  if (!parse_entry_view(text, view, problem))
    return fail(Errc::kMalformed, cat("not an entry: wrong or missing ", problem));
  Entry entry;
  entry.log = view.log;
  entry.seq = view.seq;
  if (view.has_prev) entry.prev = view.prev;
  entry.time = view.time;
  entry.event = view.event;
  for (std::size_t i = 0; i < view.spend_count(); ++i) entry.spends.push_back(view.spend(i));
  if (view.has_device) entry.device = view.device;
  return entry;
}

std::string write_entry(const Entry& entry) {
  std::string out;
  out.reserve(320 + entry.spends.size() * (kHashTextSize + 3));
  out += "{\"v\":1,\"log\":\"";
  out += entry.log;
  out += "\",\"seq\":";
  out += std::to_string(entry.seq);
  out += ",\"prev\":";
  if (entry.prev) {
    out += '"';
    append_digest(out, entry.prev->hash);
    out += '"';
  } else {
    out += "null";
  }
  out += ",\"time\":\"";
  out += format_node_time(entry.time);
  out += "\",\"event\":\"";
  append_digest(out, entry.event.hash);
  out += "\",\"spends\":[";
  for (std::size_t i = 0; i < entry.spends.size(); ++i) {
    if (i > 0) out += ',';
    out += '"';
    append_digest(out, entry.spends[i].hash);
    out += '"';
  }
  out += ']';
  if (entry.device) {
    out += ",\"device\":\"";
    append_digest(out, entry.device->hash);
    out += '"';
  }
  out += '}';
  return out;
}

}  // namespace quarrymark::entry
