#include "ledger/note/clear_note.h"

#include "ledger/base/text.h"
#include "ledger/note/lines.h"
#include "ledger/note/vkey.h"

#include <algorithm>
#include <tuple>

namespace quarrymark::note {
namespace {

constexpr std::string_view kContext = "quarrymark/clear/v1";
constexpr std::string_view kUnseen = "unseen";

tl::unexpected<Error> refuse(Errc code, std::string_view what) {
  return fail(code, cat("clear note: ", what));
}

Result<std::uint64_t> read_number(std::string_view text) {
  const auto number = parse_decimal(text);
  if (!number)
    return refuse(Errc::kMalformed,
                  cat("expected a decimal number, got ", quoted_for_message(text)));
  return *number;
}

// The rules about order and places, held against each line in its turn, for reading and writing
// alike. `code` tells a caller's mistake from bytes from outside.
struct Rules {
  Errc code;

  // `last` is the one before, null for the first; so in all three.
  Status check(const ClearLog& log, const ClearLog* last) const {
    QM_TRY_VOID(check_origin(log.origin));
    if (last != nullptr && last->origin >= log.origin)
      return refuse(code, "logs do not ascend by origin");
    return {};
  }

  Status check(const Marker& marker, const Marker* last) const {
    if (last != nullptr && last->text() >= marker.text())
      return refuse(code, "markers do not ascend");
    return {};
  }

  Status check(const MarkerPlace& place, const MarkerPlace* last,
               const std::vector<ClearLog>& logs) const {
    QM_TRY_VOID(check_origin(place.origin));
    if (last != nullptr && std::tie(last->origin, last->seq) >= std::tie(place.origin, place.seq))
      return refuse(code, "places of a marker do not ascend");
    const auto log =
        std::lower_bound(logs.begin(), logs.end(), place.origin,
                         [](const ClearLog& a, const std::string& b) { return a.origin < b; });
    if (log == logs.end() || log->origin != place.origin)
      return refuse(code, cat("a marker's place is in a log that is not listed, ",
                              quoted_for_message(place.origin, 100)));
    if (place.seq >= log->size)
      return refuse(code, cat("a marker's place ", place.seq, " is not below the size ", log->size,
                              " of its log"));
    return {};
  }

 private:
  Status check_origin(std::string_view origin) const {
    if (auto checked = check_key_name(origin); !checked)
      return refuse(code, checked.error().message);
    return {};
  }
};

// The element before the one that is about to be added, or null.
template <class T>
const T* last_of(const std::vector<T>& items) {
  return items.empty() ? nullptr : &items.back();
}

class ClearNoteReader {
 public:
  Status read_line(std::size_t number, std::string_view line) {
    const auto words = split(line, ' ');
    if (number == 1) {
      if (line != kContext)
        return refuse(Errc::kMalformed, cat("expected ", kContext, " as first line"));
      return {};
    }
    if (number == 2) return read_time(words);
    if (words[0] == "log" && words.size() == 4) return read_log(words);
    if (words[0] == "marker" && (words.size() == 3 || words.size() == 4)) return read_marker(words);
    return refuse(Errc::kMalformed,
                  "expected log <origin> <size> <root>, marker <marker> unseen or "
                  "marker <marker> <origin> <seq>");
  }
  ClearNote& note() { return note_; }

 private:
  using Words = std::vector<std::string_view>;
  static constexpr Rules kRules{Errc::kMalformed};

  Status read_time(const Words& words) {
    if (words.size() != 2 || words[0] != "time")
      return refuse(Errc::kMalformed, "expected time <POSIX seconds> as second line");
    QM_TRY(note_.time, read_number(words[1]));
    return {};
  }

  Status read_log(const Words& words) {
    if (!note_.markers.empty()) return refuse(Errc::kMalformed, "a log line after marker lines");
    ClearLog log{std::string(words[1]), 0, {}};
    QM_TRY(log.size, read_number(words[2]));
    QM_TRY(log.root, parse_base64_hash(words[3]));
    QM_TRY_VOID(kRules.check(log, last_of(note_.logs)));
    note_.logs.push_back(std::move(log));
    return {};
  }

  Status read_marker(const Words& words) {
    QM_TRY(const Marker marker, Marker::parse(words[1]));
    ClearMarker* last = note_.markers.empty() ? nullptr : &note_.markers.back();
    const bool more_places = last != nullptr && last->marker == marker && words.size() == 4;
    if (!more_places) {
      QM_TRY_VOID(kRules.check(marker, last == nullptr ? nullptr : &last->marker));
      last = &note_.markers.emplace_back(ClearMarker{marker, {}});
    }
    if (words.size() == 3) {
      if (words[2] == kUnseen) return {};
      return refuse(Errc::kMalformed, "expected unseen, or an origin and a seq");
    }
    if (more_places && last->places.empty())
      return refuse(Errc::kMalformed, "a marker is unseen and has a place");
    MarkerPlace place{std::string(words[2]), 0};
    QM_TRY(place.seq, read_number(words[3]));
    QM_TRY_VOID(kRules.check(place, last_of(last->places), note_.logs));
    last->places.push_back(std::move(place));
    return {};
  }

  ClearNote note_;
};

}  // namespace

Result<ClearNote> parse_clear_note(std::string_view text) {
  QM_TRY(const auto lines, split_lines(text));
  if (lines.size() < 2)
    return refuse(Errc::kMalformed, cat("expected at least 2 lines, got ", lines.size()));
  ClearNoteReader reader;
  for (std::size_t i = 0; i < lines.size(); ++i)
    if (auto read = reader.read_line(i + 1, lines[i]); !read)
      return fail_at(cat("line ", i + 1), std::move(read.error()));
  return std::move(reader.note());
}

Result<std::string> write_clear_note(const ClearNote& note) {
  constexpr Rules kRules{Errc::kInvalidArgument};
  std::string text = cat(kContext, "\ntime ", note.time, '\n');
  const ClearLog* last_log = nullptr;
  for (const ClearLog& log : note.logs) {
    QM_TRY_VOID(kRules.check(log, last_log));
    last_log = &log;
    text += cat("log ", log.origin, ' ', log.size, ' ', base64_encode(log.root), '\n');
  }
  const Marker* last_marker = nullptr;
  for (const ClearMarker& marker : note.markers) {
    QM_TRY_VOID(kRules.check(marker.marker, last_marker));
    last_marker = &marker.marker;
    const std::string start = cat("marker ", marker.marker.text(), ' ');
    if (marker.places.empty()) text += cat(start, kUnseen, '\n');
    const MarkerPlace* last_place = nullptr;
    for (const MarkerPlace& place : marker.places) {
      QM_TRY_VOID(kRules.check(place, last_place, note.logs));
      last_place = &place;
      text += cat(start, place.origin, ' ', place.seq, '\n');
    }
  }
  return text;
}

}  // namespace quarrymark::note
