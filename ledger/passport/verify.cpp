#include "ledger/passport/verify.h"

#include "ledger/base/text.h"
#include "ledger/custody/decode.h"
#include "ledger/note/clear_note.h"
#include "ledger/note/cosignature.h"
#include "ledger/note/signed_note.h"
#include "ledger/passport/enrolment.h"
#include "ledger/passport/history.h"
#include "ledger/passport/shape.h"

#include <algorithm>
#include <unordered_set>

namespace quarrymark::passport {
namespace {

class Verifier {
 public:
  explicit Verifier(const Trust& trust) : trust_(trust) {}

  void read(std::string_view bytes, std::size_t number) {
    Place place;
    place.passport = number;
    auto passport = parse_passport(bytes);
    if (!passport) return findings_.add("malformed", place, passport.error());
    const std::size_t findings_before = findings_.size();
    // Heads of this passport by event id, with their number of outputs.
    std::unordered_map<EventId, std::int64_t, Digest32Hasher> heads;
    for (std::size_t i = 0; i < passport->packets.size(); ++i) {
      place.packet = i + 1;
      auto proved = prove_packet(passport->packets[i], place, trust_, findings_);
      if (!proved) continue;
      for (const ShownEntry& shown : proved->entries)
        if (shown.head) heads.emplace(shown.entry.event, shown.head->head.outputs);
      histories_[proved->place.log].add(std::move(*proved), findings_);
    }
    place.packet = 0;
    if (passport->clear) read_clear(*passport->clear, place);
    // With a packet refused its items are missing for a reason that was given already.
    const bool whole = findings_.size() == findings_before;
    for (std::size_t i = 0; i < passport->items.size(); ++i)
      take_item(passport->items[i], i, heads, whole, place);
  }

  Checked finish() {
    set_reader();
    for (const auto& [log, history] : histories_) {
      history.check(findings_);
      evidence_.logs.emplace(log, history.standing());
      for (const auto& [seq, shown] : history.entries()) take_entry(shown);
    }
    compare_clear_roots();
    mark_device_signed(evidence_);
    const custody::Graph graph(evidence_);
    for (std::size_t i = 0; i < evidence_.events.size(); ++i) {
      const custody::Event& event = evidence_.events[i];
      auto problem = marker_problem(graph, event);
      if (!problem) problem = shape_problem(graph, event);
      if (problem) findings_.add(problem->code, places_[i], problem->what, problem->field);
    }
    if (clear_) evidence_.clear = std::move(clear_);
    return {std::move(evidence_), findings_.take()};
  }

 private:
  template <class Heads>
  void take_item(const custody::StateRef& state, std::size_t index, const Heads& heads, bool whole,
                 const Place& place) {
    const auto head = heads.find(state.event);
    const std::string field = cat("items[", index, "]");
    if (head == heads.end()) {
      if (whole)
        findings_.add("malformed", place, "its entry and head are not in the passport", field);
      return;
    }
    if (state.out >= head->second)
      return findings_.add("malformed", place,
                           cat("expected one of ", head->second, " outputs, got ", state.out),
                           field);
    if (items_.insert(state).second) evidence_.items.push_back(state);
  }

  void take_entry(const ShownEntry& shown) {
    if (!shown.head) {
      evidence_.silent.push_back({shown.entry.log, shown.entry.seq, shown.entry.time,
                                  shown.entry.event, shown.entry.spends});
      return;
    }
    std::vector<entry::Disclosure> fields;
    for (const auto& [name, disclosure] : shown.head->fields) fields.push_back(disclosure);
    auto event = custody::decode_event(shown.head->disclosure, shown.head->head, fields);
    if (!event) return findings_.add("malformed", shown.place, event.error());
    custody::place_event(*event, shown.entry);
    if (shown.device) event->device_key = base64url_encode(shown.device->key);
    evidence_.events.push_back(std::move(*event));
    places_.push_back(shown.place);
  }

  void set_reader() {
    custody::Reader& reader = evidence_.reader;
    // A packet of such a log without the trusted key was refused, so the name is enough here.
    for (const note::VerifierKey& key : trust_.registrars)
      if (std::find(reader.registrars.begin(), reader.registrars.end(), key.name) ==
          reader.registrars.end())
        reader.registrars.push_back(key.name);
    reader.verifiers = trust_.verifiers;
    for (const PinnedKey& pinned : trust_.pinned)
      reader.pinned.push_back({pinned.log.name, pinned.name, pinned.role, pinned.country});
    reader.asks_quorum = trust_.policy.quorum.has_value();
    reader.knows_monitor = !trust_.monitors.empty();
  }

  bool is_by_known_monitor(const note::Note& note) const {
    return std::any_of(note.signatures.begin(), note.signatures.end(), [&](const auto& signature) {
      return std::any_of(trust_.monitors.begin(), trust_.monitors.end(), [&](const auto& key) {
        return key.name == signature.name && key.id == signature.id;
      });
    });
  }

  void read_clear(const std::string& text, const Place& place) {
    const auto note = note::parse_note(text);
    if (!note) return findings_.add("malformed", place, to_string(note.error()), "clear");
    const auto clear = note::parse_clear_note(note->text);
    if (!clear) return findings_.add("malformed", place, to_string(clear.error()), "clear");
    if (!is_by_known_monitor(*note)) return;
    if (!note::verify_note(*note, trust_.monitors))
      return findings_.add("wrong_signature", place, "the monitor's signature does not verify",
                           "clear");
    for (const note::ClearLog& log : clear->logs) clear_roots_.push_back({place, log});
    join_clear(*clear);
  }

  // The latest note says when and how far the monitor looked; a use that any of them saw counts.
  void join_clear(const note::ClearNote& note) {
    custody::ClearFacts facts;
    facts.time = note::time_from_posix(note.time);
    for (const note::ClearLog& log : note.logs) facts.sizes.emplace(log.origin, log.size);
    for (const note::ClearMarker& marker : note.markers) {
      auto& places = facts.markers[marker.marker];
      for (const note::MarkerPlace& seen : marker.places) places.push_back({seen.origin, seen.seq});
    }
    if (!clear_) {
      clear_ = std::move(facts);
      return;
    }
    if (clear_->time < facts.time) std::swap(*clear_, facts);
    for (const auto& [marker, places] : facts.markers) {
      // That it was unseen then says nothing of the time until the later note.
      if (clear_->markers.count(marker) == 0) clear_->earlier.insert(marker);
      auto& known = clear_->markers[marker];
      for (const auto& seen : places) {
        const bool there = std::any_of(known.begin(), known.end(), [&](const auto& place) {
          return place.log == seen.log && place.seq == seen.seq;
        });
        if (!there) known.push_back(seen);
      }
    }
  }

  // A monitor that saw another tree of the same size holds the other half of a split history.
  void compare_clear_roots() {
    for (const auto& [place, log] : clear_roots_) {
      const auto history = histories_.find(log.origin);
      if (history == histories_.end()) continue;
      const auto root = history->second.roots().find(log.size);
      if (root != history->second.roots().end() && root->second != log.root)
        findings_.add("split_history", place,
                      cat("the monitor saw another tree of ", log.size, " entries of log ",
                          short_origin(log.origin)),
                      "clear");
    }
  }

  const Trust& trust_;
  FindingList findings_;
  Histories histories_;
  std::vector<std::pair<Place, note::ClearLog>> clear_roots_;
  std::optional<custody::ClearFacts> clear_;
  custody::Evidence evidence_;
  std::vector<Place> places_;  // of evidence_.events
  std::unordered_set<custody::StateRef, custody::StateRefHasher> items_;
};

}  // namespace

Checked check_passports(std::span<const std::string_view> passports, const Trust& trust) {
  Verifier verifier(trust);
  for (std::size_t i = 0; i < passports.size(); ++i) verifier.read(passports[i], i + 1);
  return verifier.finish();
}

}  // namespace quarrymark::passport
