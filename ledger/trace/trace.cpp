#include "ledger/trace/trace.h"

#include "ledger/trace/look.h"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

namespace quarrymark::trace {
namespace {

using custody::EventType;
using entry::kRecordOut;

// Breadth first over states; every event becomes one step.
class Walk {
 public:
  Walk(Look& look, const TraceLimits& limits) : look_(look), limits_(limits) {}

  Result<Trace> back(const std::vector<record::FoundState>& from) {
    return run(from, &Walk::go_back);
  }
  Result<Trace> forward(const std::vector<record::FoundState>& from) {
    return run(from, &Walk::go_forward);
  }

 private:
  struct Place {
    StateRef state;
    int depth;
  };

  Result<Trace> run(const std::vector<record::FoundState>& from, Status (Walk::*go)(const Place&)) {
    for (const record::FoundState& state : from) queue_.push_back({state.state, 0});
    while (!queue_.empty() && trace_.complete) {
      const Place place = queue_.front();
      queue_.pop_front();
      if (!seen_.insert(place.state).second) continue;
      QM_TRY_VOID((this->*go)(place));
    }
    return std::move(trace_);
  }

  // The step of an event; null when the limit is reached.
  TraceStep* step(const Link& link, int depth) {
    const auto [place, is_new] = steps_.try_emplace(link.event, trace_.steps.size());
    if (!is_new) return &trace_.steps[place->second];
    if (trace_.steps.size() >= limits_.steps) {
      trace_.complete = false;
      return nullptr;
    }
    trace_.steps.emplace_back();
    trace_.steps.back().event = look_.summary(link);
    trace_.steps.back().depth = depth;
    return &trace_.steps.back();
  }

  Status add_input(TraceStep& step, const StateRef& state) {
    for (const StateView& known : step.inputs)
      if (known.state == state) return {};
    QM_TRY(const StateRow* row, look_.state(state));
    if (row == nullptr) {
      if (hidden_.insert({step.event.id, state}).second) ++step.not_shown;
      return {};
    }
    QM_TRY(StateView view, look_.view(state, *row));
    step.inputs.push_back(std::move(view));
    return {};
  }

  Status go_back(const Place& place) {
    QM_TRY(const Link* link, look_.maker(place.state));
    if (link == nullptr) return {};
    TraceStep* made = step(*link, place.depth);
    if (made == nullptr) return {};
    QM_TRY(const StateRow* row, look_.state(place.state));
    if (row != nullptr) {
      QM_TRY(StateView view, look_.view(place.state, *row));
      made->outputs.push_back(std::move(view));
    }
    QM_TRY(const auto sources, look_.behind(*link, place.state.out));
    for (const StateRef& source : sources) {
      QM_TRY_VOID(add_input(*made, source));
      queue_.push_back({source, place.depth + 1});
    }
    return {};
  }

  Status go_forward(const Place& place) {
    QM_TRY(const StateRow* row, look_.state(place.state));
    if (row == nullptr || !row->spent) return {};
    QM_TRY(const Link* link, look_.spender(*row));
    if (link == nullptr) return {};
    TraceStep* spent = step(*link, place.depth);
    if (spent == nullptr) return {};
    QM_TRY_VOID(add_input(*spent, place.state));
    if (!link->remakes())  // what else went into it
      for (const entry::Input& input : link->inputs)
        if (input.state.out != kRecordOut) QM_TRY_VOID(add_input(*spent, input.state));
    QM_TRY(const auto outs, look_.ahead(*link, place.state));
    for (const std::int32_t out : outs) {
      const StateRef made{link->event, out};
      if (!shown_.insert(made).second) continue;
      QM_TRY(const StateRow* made_row, look_.state(made));
      if (made_row != nullptr) {
        QM_TRY(StateView view, look_.view(made, *made_row));
        spent->outputs.push_back(std::move(view));
      }
      queue_.push_back({made, place.depth + 1});
    }
    return {};
  }

  Look& look_;
  const TraceLimits& limits_;
  Trace trace_;
  std::deque<Place> queue_;
  std::set<StateRef> seen_, shown_;
  std::set<std::pair<EventId, StateRef>> hidden_;
  std::map<EventId, std::size_t> steps_;
};

}  // namespace

Tracer::Tracer(std::unique_ptr<Look> look) : look_(std::move(look)) {}
Tracer::Tracer(Tracer&&) noexcept = default;
Tracer::~Tracer() = default;

Result<Tracer> Tracer::open(record::Node& node) {
  QM_TRY(auto look, Look::open(node));
  return Tracer(std::move(look));
}

Result<ItemView> Tracer::show(std::string_view name) {
  look_->forget();
  ItemView item;
  QM_TRY(item.item, look_->items().item(name));
  QM_TRY(const auto states, look_->items().history(item.item));
  for (const record::FoundState& state : states) {
    QM_TRY(StateView view, look_->view(state.state, state.row));
    if (!state.row.spent) item.current.push_back(view);
    item.history.push_back(std::move(view));
  }
  return item;
}

Result<Trace> Tracer::back(std::string_view name, const TraceLimits& limits) {
  look_->forget();
  QM_TRY(const std::string item, look_->items().item(name));
  QM_TRY(const auto current, look_->items().current(item));
  return Walk(*look_, limits).back(current);
}

Result<Trace> Tracer::forward(std::string_view name, const TraceLimits& limits) {
  look_->forget();
  QM_TRY(const std::string item, look_->items().item(name));
  // From its first states: what became of the item at any time.
  QM_TRY(const auto history, look_->items().history(item));
  return Walk(*look_, limits).forward(history);
}

Result<ItemView> show_item(record::Node& node, std::string_view name) {
  QM_TRY(Tracer tracer, Tracer::open(node));
  return tracer.show(name);
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

Result<Trace> trace_back(record::Node& node, std::string_view name, const TraceLimits& limits) {
  QM_TRY(Tracer tracer, Tracer::open(node));
  return tracer.back(name, limits);
}

Result<Trace> trace_forward(record::Node& node, std::string_view name, const TraceLimits& limits) {
  QM_TRY(Tracer tracer, Tracer::open(node));
  return tracer.forward(name, limits);
}

}  // namespace quarrymark::trace
