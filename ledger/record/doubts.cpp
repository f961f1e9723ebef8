#include "ledger/record/doubts.h"

#include "ledger/balance/balance.h"
#include "ledger/record/chain.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <set>

namespace quarrymark::record {
namespace {

using custody::Event;
using custody::EventType;
using entry::kRecordOut;
using entry::StateRef;

constexpr std::size_t kDoubtedTogether = 500;  // events judged over one graph

// The events around those that are doubted.
class Surroundings {
 public:
  Surroundings(const Node& node, Overlay& rows, KnownEvents& events)
      : node_(node), rows_(rows), events_(events) {}

  Status add_chains(std::span<const EventId> about) {
    std::vector<StateRef> items;
    for (const EventId& id : about) {
      QM_TRY(const KnownEvent* known, events_.find(id));
      if (known == nullptr) continue;
      items.push_back({id, kRecordOut});
      for (std::size_t out = 0; out < known->event.outputs.size(); ++out)
        items.push_back({id, static_cast<std::int32_t>(out)});
      for (const custody::Input& input : known->event.inputs) {
        QM_TRY(const KnownEvent* maker, events_.find(input.state.event));
        if (maker != nullptr) items.push_back(input.state);
      }
    }
    QM_TRY(const Chain chain, find_chain(rows_, events_, items));
    for (const auto& [id, needed] : chain) add(needed.known->event);
    return add_further_cuts();
  }

  // Everything taken where and when the doubted extractions were, of the logs this node keeps.
  Status add_months(std::span<const EventId> about) {
    std::set<std::string> sites;
    UtcTime since{std::numeric_limits<std::int64_t>::max()};
    for (const EventId& id : about) {
      const auto found = around_.find(id);
      if (found == around_.end() || !needs_month(found->second)) continue;
      sites.insert(found->second.place->site);
      since = std::min(since, month_of(found->second));
    }
    if (sites.empty()) return {};
    for (const auto& log : node_.logs()) QM_TRY_VOID(add_month(*log, since, sites));
    return {};
  }

  custody::Evidence evidence() const {
    custody::Evidence evidence;
    for (const auto& [id, event] : around_) evidence.events.push_back(event);
    return evidence;
  }

 private:
  void add(const Event& event) { around_.try_emplace(event.id, event); }

  // What was made of the same blocks by steps that are not behind the doubted ones.
  Status add_further_cuts() {
    std::vector<EventId> todo;
    for (const auto& [id, event] : around_) todo.push_back(id);
    for (std::size_t next = 0; next < todo.size() && todo.size() < kDoubtedCuts; ++next) {
      const Event event = around_.at(todo[next]);
      for (std::size_t out = 0; out < event.outputs.size(); ++out) {
        if (!event.outputs[out] || event.outputs[out]->kind != custody::ItemKind::kBlock) continue;
        QM_TRY(const auto row, load_state(rows_, {event.id, static_cast<std::int32_t>(out)}));
        if (!row) continue;
        QM_TRY(const KnownEvent* spender, events_.spender(*row));
        if (spender != nullptr && around_.try_emplace(spender->event.id, spender->event).second)
          todo.push_back(spender->event.id);
      }
    }
    return {};
  }

  bool needs_month(const Event& event) const {
    if (event.type != EventType::kExtract || !event.place) return false;
    const auto site = EventId::parse(event.place->site);
    const auto found = site ? around_.find(*site) : around_.end();
    if (found == around_.end()) return false;
    // A correction may state permits that the site did not.
    return std::any_of(around_.begin(), around_.end(), [](const auto& entry) {
      const auto& permits = entry.second.permits;
      return permits && std::any_of(permits->begin(), permits->end(),
                                    [](const auto& permit) { return permit.volume.has_value(); });
    });
  }

  static UtcTime month_of(const Event& event) {
    const auto first = parse_date(event.at.substr(0, 8) + "01");
    return first ? UtcTime{first->ms - kMsPerDay} : event.at_time;
  }

  // Entries ascend in time, and nothing is recorded before it is dated but by a clock that is off.
  Status add_month(const OpenLog& log, UtcTime since, const std::set<std::string>& sites) {
    QM_TRY(const LogId id, log_id(log.record.origin));
    std::uint64_t looked = 0;
    for (std::uint64_t seq = log.log->size(); seq-- > 0 && looked < kDoubtedEntries; ++looked) {
      QM_TRY(const KnownEvent* known, events_.at(id, seq));
      if (known == nullptr) continue;
      if (known->event.time < since) break;
      const Event& event = known->event;
      // Corrections and voids of them count as they are now.
      if (event.type == EventType::kCorrect || event.type == EventType::kVoid ||
          (event.type == EventType::kExtract && event.place && sites.count(event.place->site) > 0))
        add(event);
    }
    return {};
  }

  const Node& node_;
  Overlay& rows_;
  KnownEvents& events_;
  std::map<EventId, Event> around_;
};

Result<std::vector<EventDoubts>> doubts_of_some(const Node& node, Overlay& rows,
                                                KnownEvents& events,
                                                std::span<const EventId> about) {
  Surroundings around(node, rows, events);
  QM_TRY_VOID(around.add_chains(about));
  QM_TRY_VOID(around.add_months(about));
  const custody::Evidence evidence = around.evidence();
  const custody::Graph graph(evidence);
  const auto yields = custody::check_yields(graph);
  const std::set<EventId> asked(about.begin(), about.end());
  std::vector<EventDoubts> found;
  std::vector<const Event*> shown;  // beside `found`
  for (const EventId& id : about) {
    const Event* event = graph.event(id);
    if (event == nullptr) continue;
    found.push_back({id, custody::recording_doubts(graph, yields, *event)});
    // What is doubted about the event that it corrects is said there, where both are asked for.
    const Event* first = graph.first(*event);
    if (first != event && asked.count(first->id) > 0)
      std::erase_if(found.back().doubts,
                    [&](const custody::Doubt& doubt) { return doubt.event != event; });
    shown.push_back(first);
  }
  for (custody::Doubt& doubt : custody::permit_volume_doubts(graph, shown))
    for (std::size_t i = 0; i < shown.size(); ++i)
      if (shown[i] == doubt.event) {
        found[i].doubts.push_back(std::move(doubt));
        break;
      }
  std::erase_if(found, [](const EventDoubts& one) { return one.doubts.empty(); });
  for (EventDoubts& one : found)
    for (custody::Doubt& doubt : one.doubts) doubt.event = nullptr;
  return found;
}

}  // namespace

Result<std::vector<EventDoubts>> find_doubts(const Node& node, Overlay& rows, KnownEvents& events,
                                             std::span<const EventId> about) {
  std::vector<EventDoubts> all;
  for (std::size_t begin = 0; begin < about.size(); begin += kDoubtedTogether) {
    const std::size_t count = std::min(kDoubtedTogether, about.size() - begin);
    QM_TRY(auto some, doubts_of_some(node, rows, events, about.subspan(begin, count)));
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

Result<std::vector<EventDoubts>> find_doubts(const Node& node, std::span<const EventId> about) {
  std::vector<EventDoubts> all;
  for (std::size_t begin = 0; begin < about.size(); begin += kDoubtedTogether) {
    // What was decoded for some is not kept for the others: a call may have many.
    Overlay rows(node.store());
    KnownEvents events(node, rows);
    const std::size_t count = std::min(kDoubtedTogether, about.size() - begin);
    QM_TRY(auto some, doubts_of_some(node, rows, events, about.subspan(begin, count)));
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace quarrymark::record
