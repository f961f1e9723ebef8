#include "ledger/record/trace.h"

#include "ledger/base/text.h"
#include "ledger/record/chain.h"
#include "ledger/record/directory.h"
#include "ledger/record/item_finder.h"

#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>

namespace quarrymark::record {
namespace {

using custody::Event;
using custody::EventType;
using entry::kRecordOut;
using entry::StateRef;

// One look at the store, for one call, and what is said about what is found.
class Look {
 public:
  static Result<std::unique_ptr<Look>> open(Node& node) {
    std::unique_ptr<Look> look(new Look(node));
    QM_TRY(look->directory_, Directory::open(node, look->rows_, look->events_));
    look->items_.emplace(look->rows_, *look->directory_);
    return look;
  }

  const ItemFinder& items() const { return *items_; }
  Overlay& rows() { return rows_; }
  KnownEvents& events() { return events_; }

  EventSummary summary(const KnownEvent& known) {
    const Event& event = known.event;
    EventSummary summary{event.id,  event.type, event.at, event.log, directory_->name_of(event.log),
                         event.seq, {},         {}};
    if (event.place) summary.site = site_name(event.place->site);
    if (event.site) summary.site = event.site->name;
    return summary;
  }

  Result<StateView> view(const StateRef& state, const StateRow& row) {
    StateView view;
    view.state = state;
    if (!row.record) {
      QM_TRY(view.output, output_of(row));
    }
    QM_TRY(const KnownEvent* maker, events_.find(state.event));
    if (maker != nullptr) view.made_by = summary(*maker);
    if (row.spent) {
      QM_TRY(const KnownEvent* spender, events_.spender(row));
      if (spender != nullptr) view.spent_by = summary(*spender);
    }
    view.holder_name = row.to_name;
    if (const auto holder = row.holder()) {
      view.holder = origin_of(*holder);
      view.holder_name = directory_->name_of(view.holder);
    }
    return view;
  }

  // Null when the state is not known here.
  Result<std::optional<StateView>> find(const StateRef& state) {
    QM_TRY(const auto row, load_state(rows_, state));
    if (!row) return std::optional<StateView>();
    QM_TRY(StateView found, view(state, *row));
    return std::optional<StateView>(std::move(found));
  }

 private:
  explicit Look(Node& node) : rows_(node.store()), events_(node, rows_) {}

  std::string site_name(const std::string& site) {
    const auto id = EventId::parse(site);
    if (!id) return {};
    const auto known = events_.find(*id);
    return known && *known != nullptr && (*known)->event.site ? (*known)->event.site->name : "";
  }

  Overlay rows_;
  KnownEvents events_;
  std::optional<Directory> directory_;
  std::optional<ItemFinder> items_;
};

// Breadth first over states; every event becomes one step.
class Tracing {
 public:
  Tracing(Look& look, const TraceLimits& limits) : look_(look), limits_(limits) {}

  Result<Trace> back(const std::vector<FoundState>& from) { return run(from, &Tracing::go_back); }
  Result<Trace> forward(const std::vector<FoundState>& from) {
    return run(from, &Tracing::go_forward);
  }

 private:
  struct Place {
    StateRef state;
    int depth;
  };

  Result<Trace> run(const std::vector<FoundState>& from, Status (Tracing::*go)(const Place&)) {
    for (const FoundState& state : from) queue_.push_back({state.state, 0});
    while (!queue_.empty() && trace_.complete) {
      const Place place = queue_.front();
      queue_.pop_front();
      if (!seen_.insert(place.state).second) continue;
      QM_TRY_VOID((this->*go)(place));
    }
    return std::move(trace_);
  }

  // The step of an event; null when the limit is reached.
  Result<TraceStep*> step(const KnownEvent& known, int depth) {
    const auto [place, is_new] = steps_.try_emplace(known.event.id, trace_.steps.size());
    if (!is_new) return &trace_.steps[place->second];
    if (trace_.steps.size() >= limits_.steps) {
      trace_.complete = false;
      return nullptr;
    }
    TraceStep step;
    step.event = look_.summary(known);
    step.depth = depth;
    for (const custody::Input& input : known.event.inputs) {
      if (input.state.out == kRecordOut) continue;
      QM_TRY(auto view, look_.find(input.state));
      if (view)
        step.inputs.push_back(std::move(*view));
      else
        ++step.not_shown;
    }
    trace_.steps.push_back(std::move(step));
    return &trace_.steps.back();
  }

  Status go_back(const Place& place) {
    QM_TRY(const KnownEvent* maker, look_.events().find(place.state.event));
    if (maker == nullptr) return {};
    QM_TRY(TraceStep * made, step(*maker, place.depth));
    if (made == nullptr) return {};
    QM_TRY(auto view, look_.find(place.state));
    if (view) made->outputs.push_back(std::move(*view));
    QM_TRY(const auto sources, states_behind(look_.rows(), look_.events(), place.state));
    for (const StateRef& source : sources) queue_.push_back({source, place.depth + 1});
    return {};
  }

  Status go_forward(const Place& place) {
    QM_TRY(const auto row, load_state(look_.rows(), place.state));
    if (!row || !row->spent) return {};
    QM_TRY(const KnownEvent* spender, look_.events().spender(*row));
    if (spender == nullptr) return {};
    QM_TRY(TraceStep * spent, step(*spender, place.depth));
    if (spent == nullptr) return {};
    for (std::size_t out = 0; out < spender->event.outputs.size(); ++out) {
      const StateRef made{spender->event.id, static_cast<std::int32_t>(out)};
      QM_TRY(const auto sources, states_behind(look_.rows(), look_.events(), made));
      // What a void gives back descends from before the trace began: the item as it was.
      const bool restored = spender->event.type == EventType::kVoid;
      if (!restored && std::find(sources.begin(), sources.end(), place.state) == sources.end())
        continue;
      if (!shown_.insert(made).second) continue;
      QM_TRY(auto view, look_.find(made));
      if (view) spent->outputs.push_back(std::move(*view));
      queue_.push_back({made, place.depth + 1});
    }
    return {};
  }

  Look& look_;
  const TraceLimits& limits_;
  Trace trace_;
  std::deque<Place> queue_;
  std::set<StateRef> seen_, shown_;
  std::map<EventId, std::size_t> steps_;
};

}  // namespace

Result<ItemView> show_item(Node& node, std::string_view name) {
  QM_TRY(const auto look, Look::open(node));
  ItemView item;
  QM_TRY(item.item, look->items().item(name));
  QM_TRY(const auto states, look->items().history(item.item));
  for (const FoundState& state : states) {
    QM_TRY(StateView view, look->view(state.state, state.row));
    if (!state.row.spent) item.current.push_back(view);
    item.history.push_back(std::move(view));
  }
  return item;
}

std::vector<EventId> events_of(const ItemView& item) {
  std::vector<EventId> events;
  const auto add = [&](const EventId& id) {
    if (std::find(events.begin(), events.end(), id) == events.end()) events.push_back(id);
  };
  for (const StateView& state : item.history) {
    add(state.state.event);
    if (state.spent_by) add(state.spent_by->id);
  }
  return events;
}

Result<Trace> trace_back(Node& node, std::string_view name, const TraceLimits& limits) {
  QM_TRY(const auto look, Look::open(node));
  QM_TRY(const std::string item, look->items().item(name));
  QM_TRY(const auto current, look->items().current(item));
  return Tracing(*look, limits).back(current);
}

Result<Trace> trace_forward(Node& node, std::string_view name, const TraceLimits& limits) {
  QM_TRY(const auto look, Look::open(node));
  QM_TRY(const std::string item, look->items().item(name));
  // From its first states: what became of the item at any time.
  QM_TRY(const auto history, look->items().history(item));
  return Tracing(*look, limits).forward(history);
}

}  // namespace quarrymark::record
