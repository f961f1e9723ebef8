// What a monitor's clear note says of the time after a passport was made, and what it leaves
// open. FORMATS.md, rule 30; docs/later_events.md.
#include "ledger/base/text.h"
#include "ledger/custody/spending.h"
#include "ledger/entry/marker.h"
#include "ledger/judge/judging.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace quarrymark::custody {
namespace {

enum class About { kStep, kGoods, kAdmission, kSite };

// A state whose use behind what is shown would change what is said of a unit.
struct Watched {
  StateRef state;
  const Event* maker = nullptr;
  About about = About::kGoods;
};

class Watch {
 public:
  Watch(const Case& judged, const UnitCase& unit) : graph_(judged.graph) {
    for (const Event* event : unit.events) add({event->id, kRecordOut}, About::kStep);
    for (const StateRef& state : unit.ancestors) add(state, About::kGoods);
    for (const StateRef& state : unit.taken_back) add(state, About::kGoods);
    for (const Event* event : unit.events) {
      if (judged.membership.trust(event->log) == LogTrust::kAdmitted)
        for (const Admission& admission : judged.membership.admissions(event->log))
          add_versions(admission.admit, About::kAdmission);
      if (!event->place) continue;
      const auto site = EventId::parse(event->place->site);
      if (site) add_versions(graph_.event(*site), About::kSite);
    }
  }

  // Ascending by log, entry and output, records first.
  std::vector<Watched> take() {
    std::sort(watched_.begin(), watched_.end(), [](const Watched& a, const Watched& b) {
      return std::tie(a.maker->log, a.maker->seq, a.state.out) <
             std::tie(b.maker->log, b.maker->seq, b.state.out);
    });
    return std::move(watched_);
  }

 private:
  void add(const StateRef& state, About about) {
    const Event* maker = graph_.event(state.event);
    if (maker != nullptr && known_.insert(state).second) watched_.push_back({state, maker, about});
  }
  void add_versions(const Event* event, About about) {
    for (; event != nullptr; event = graph_.correction_of(*event))
      add({event->id, kRecordOut}, about);
  }

  const Graph& graph_;
  std::vector<Watched> watched_;
  std::unordered_set<StateRef, StateRefHasher> known_;
};

std::string name_of(const Graph& graph, const StateRef& state) {
  const Output* output = graph.output(state);
  if (output == nullptr) return "something that is not shown";
  return output->aliases.empty() ? output->item : output->aliases.front();
}

void add_use(const Case& judged, UnitCase& unit, const Watched& watched, const Use& use) {
  const std::string who = judged.membership.display(use.log);
  const std::string place = cat(" by ", who, " (entry ", use.seq, ")");
  const auto missing = [&](std::string_view what) {
    unit.findings.push_back(make_finding("link_missing", Verdict::kGap,
                                         cat("a monitor saw ", what, place, " that is not shown"),
                                         who));
  };
  switch (watched.about) {
    case About::kStep:
      return missing("a correction or void");
    case About::kAdmission:
      return missing("a revocation, correction or void of an admission");
    case About::kSite:
      return missing("a correction or void of a site");
    case About::kGoods:
      break;
  }
  const std::string name = name_of(judged.graph, watched.state);
  if (watched.state != unit.unit->state) {
    unit.findings.push_back(make_finding("spent_twice", Verdict::kDuplicate,
                                         cat("a monitor saw another use of ", name, place), who));
    return;
  }
  // What was delivered is its receiver's to use; its sender's use takes it back.
  if (watched.maker->log == use.log) return missing(cat("a later use of ", name));
  unit.findings.push_back(
      make_finding("undecided_use", std::nullopt,
                   cat("a monitor saw a later use of ", name, place, " that is not shown"), who));
}

// What a note does not tell about the states that are watched.
class Open {
 public:
  Open(const Case& judged, const ClearFacts& note) : judged_(judged), note_(note) {}

  void look_at(const Watched& watched) {
    const std::string* disclosure = judged_.graph.disclosure(watched.state);
    if (disclosure == nullptr) {
      ++not_asked_;
    } else {
      const Marker marker = entry::spend_marker(watched.state.event, *disclosure);
      if (note_.markers.count(marker) == 0 || note_.earlier.count(marker) > 0) ++not_asked_;
    }
    need(watched.maker->log, watched.maker->seq + 1);
    if (watched.state.out == kRecordOut || watched.maker->type != EventType::kDispatch) return;
    if (watched.maker->to.is_withheld()) ++holder_not_shown_;
    if (watched.maker->to && !watched.maker->to->log.empty()) need(watched.maker->to->log, 0);
  }

  // Empty: the note answers for all of them.
  std::string text() const {
    std::string text;
    const auto add = [&](const std::string& what) { text += (text.empty() ? "" : "; ") + what; };
    for (const auto& [log, size] : needed_) {
      const auto covered = note_.sizes.find(log);
      const std::string whose = judged_.membership.display(log);
      if (covered == note_.sizes.end())
        add(cat("it does not follow the log of ", whose));
      else if (covered->second < size)
        add(cat("it covers ", covered->second, " entries of the log of ", whose, ", of which ",
                size, " are shown"));
    }
    if (not_asked_ > 0) add(cat("it does not answer for ", not_asked_, " of the states shown"));
    if (holder_not_shown_ > 0)
      add(cat("who holds ", holder_not_shown_, " of the states shown is withheld"));
    return text;
  }

 private:
  void need(const Origin& log, std::uint64_t size) {
    const auto& logs = judged_.graph.evidence().logs;
    if (const auto standing = logs.find(log); standing != logs.end())
      size = std::max(size, standing->second.size);
    std::uint64_t& needed = needed_[log];
    needed = std::max(needed, size);
  }

  const Case& judged_;
  const ClearFacts& note_;
  std::map<Origin, std::uint64_t> needed_;
  std::uint64_t not_asked_ = 0, holder_not_shown_ = 0;
};

}  // namespace

void find_later_uses(const Case& judged, UnitCase& unit) {
  constexpr const char* kNotChecked = "not checked for later corrections or other use";
  const auto& note = judged.graph.evidence().clear;
  if (!note) {
    unit.findings.push_back(make_finding("not_checked_for_later", std::nullopt, kNotChecked));
    return;
  }
  Open open(judged, *note);
  for (const Watched& watched : Watch(judged, unit).take()) {
    for (const Use& use : uses_seen_elsewhere(judged.graph, watched.state))
      add_use(judged, unit, watched, use);
    open.look_at(watched);
  }
  const std::string what = open.text();
  if (what.empty()) return;
  unit.findings.push_back(
      make_finding("not_checked_for_later", std::nullopt,
                   cat(kNotChecked, " in all that is shown; of the clear note of ",
                       format_date(note->time), ": ", what)));
}

}  // namespace quarrymark::custody
