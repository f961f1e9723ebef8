#include "ledger/monitor/clear.h"

#include "ledger/base/text.h"
#include "ledger/custody/evidence.h"
#include "ledger/entry/marker.h"
#include "ledger/note/clear_note.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/verify.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace quarrymark::monitor {
namespace {

using custody::Evidence;
using custody::StateRef;

class ClearMaker {
 public:
  ClearMaker(Monitor& monitor, UtcTime now) : monitor_(monitor), now_(now) {}

  Result<ClearMade> make(std::string_view bytes) {
    QM_TRY_VOID(load_logs());
    const auto checked = passport::check_passports(std::span(&bytes, 1), passport::Trust{});
    if (!checked.findings.empty())
      return fail(Errc::kRefused,
                  cat(checked.findings.front().code, ": ", checked.findings.front().sentence));
    QM_TRY_VOID(compare_checkpoints(bytes));
    if (!made_.evidence.empty()) return std::move(made_);
    QM_TRY_VOID(choose_logs(checked.evidence));
    QM_TRY_VOID(find_markers(checked.evidence));
    QM_TRY_VOID(sign());
    return std::move(made_);
  }

 private:
  Status load_logs() {
    QM_TRY(auto logs, monitor_.logs());
    for (FollowedLog& log : logs) {
      origins_.emplace(log.number, log.origin);
      followed_.emplace(log.origin, std::move(log));
    }
    return {};
  }

  // A passport may show a history the monitor was not shown.
  Status compare_checkpoints(std::string_view bytes) {
    QM_TRY(const passport::Passport passport, passport::parse_passport(bytes));
    for (const passport::Packet& packet : passport.packets) {
      QM_TRY(const auto opened, tiles::parse_signed_checkpoint(packet.checkpoint));
      QM_TRY(const auto evidence, monitor_.compare_with_seen(opened));
      if (evidence && made_.evidence.empty()) made_.evidence = *evidence;
    }
    return {};
  }

  Status choose_logs(const Evidence& evidence) {
    for (const auto& [origin, standing] : evidence.logs) {
      const auto found = followed_.find(origin);
      if (found == followed_.end()) {
        made_.not_followed.push_back(origin);
        continue;
      }
      QM_TRY(const std::uint64_t size, add_log(found->second));
      if (size < standing.size) made_.behind.push_back(origin);
    }
    if (note_.logs.empty())
      return fail(Errc::kRefused, "none of the passport's logs is followed by this monitor");
    // Whom goods were dispatched to may spend them too.
    for (const custody::Event& event : evidence.events) {
      if (!event.to) continue;
      const auto found = followed_.find(event.to->log);
      if (found != followed_.end()) QM_TRY_VOID(add_log(found->second));
    }
    return {};
  }

  // Its size in the note. A log is listed once.
  Result<std::uint64_t> add_log(const FollowedLog& log) {
    QM_TRY(const auto opened, tiles::parse_signed_checkpoint(log.checkpoint));
    const note::Checkpoint& checkpoint = opened.checkpoint;
    if (log.indexed != checkpoint.size)
      return fail(Errc::kFailedPrecondition,
                  cat("the log ", log.origin, " was followed to entry ", log.indexed, " of ",
                      checkpoint.size, "; follow it again first"));
    const bool listed = std::any_of(note_.logs.begin(), note_.logs.end(),
                                    [&](const auto& one) { return one.origin == log.origin; });
    if (!listed) note_.logs.push_back({log.origin, checkpoint.size, checkpoint.root});
    return checkpoint.size;
  }

  Status find_markers(const Evidence& evidence) {
    const custody::Graph graph(evidence);
    std::set<Marker> markers;
    for (const custody::Event& event : evidence.events) {
      const auto count = static_cast<std::int32_t>(event.outputs.size());
      for (std::int32_t out = custody::kRecordOut; out < count; ++out)
        if (const std::string* disclosure = graph.disclosure(StateRef{event.id, out}))
          markers.insert(entry::spend_marker(event.id, *disclosure));
    }
    std::map<std::string, note::ClearMarker> by_text;  // markers ascend by their text
    for (const Marker& marker : markers) {
      note::ClearMarker& found = by_text[marker.text()];
      found.marker = marker;
      QM_TRY_VOID(find_places(marker, found));
    }
    for (auto& [text, marker] : by_text) {
      made_.seen += marker.places.empty() ? 0 : 1;
      note_.markers.push_back(std::move(marker));
    }
    made_.markers = note_.markers.size();
    return {};
  }

  Status find_places(const Marker& marker, note::ClearMarker& found) {
    QM_TRY(const auto places, places_of(monitor_.store(), marker));
    for (const MarkerAt& place : places) {
      const auto origin = origins_.find(place.number);
      if (origin == origins_.end())
        return fail(Errc::kDataLoss,
                    cat("a marker is indexed for log ", place.number, ", which is not followed"));
      QM_TRY_VOID(add_log(followed_.at(origin->second)));
      found.places.push_back({origin->second, place.seq});
    }
    std::sort(found.places.begin(), found.places.end(), [](const auto& a, const auto& b) {
      return std::tie(a.origin, a.seq) < std::tie(b.origin, b.seq);
    });
    return {};
  }

  Status sign() {
    note_.time = static_cast<std::uint64_t>(now_.ms / 1000);
    std::sort(note_.logs.begin(), note_.logs.end(),
              [](const auto& a, const auto& b) { return a.origin < b.origin; });
    for (const note::ClearLog& log : note_.logs) made_.logs.push_back(log.origin);
    QM_TRY(const std::string text, note::write_clear_note(note_));
    const witness::Identity& own = monitor_.identity();
    QM_TRY(made_.note, note::sign_note(text, own.vkey.name, own.key));
    return {};
  }

  Monitor& monitor_;
  const UtcTime now_;
  std::map<std::string, FollowedLog> followed_;  // by origin
  std::map<LogNumber, std::string> origins_;
  note::ClearNote note_;
  ClearMade made_;
};

}  // namespace

Result<ClearMade> make_clear_note(Monitor& monitor, std::string_view passport, UtcTime now) {
  return ClearMaker(monitor, now).make(passport);
}

}  // namespace quarrymark::monitor
