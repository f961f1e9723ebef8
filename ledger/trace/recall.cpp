#include "ledger/trace/recall.h"

#include "ledger/trace/look.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

namespace quarrymark::trace {
namespace {

using custody::EventType;
using entry::kRecordOut;

class Recalling {
 public:
  Recalling(Look& look, const RecallLimits& limits) : look_(look), limits_(limits) {}

  Result<Recall> run(std::string item, const std::vector<record::FoundState>& from) {
    recall_.item = std::move(item);
    for (const record::FoundState& state : from) reach(state.state, nullptr);
    for (std::size_t next = 0; next < order_.size(); ++next) {
      if (order_.size() > limits_.states) {
        recall_.complete = false;
        break;
      }
      QM_TRY_VOID(follow(order_[next]));
    }
    QM_TRY_VOID(collect());
    recall_.events = events_.size();
    return std::move(recall_);
  }

 private:
  struct Reached {
    const Link* maker = nullptr;  // null: where the recall begins
    bool mixed = false, ends = true;
  };

  void reach(const StateRef& state, const Link* maker) {
    if (reached_.try_emplace(state, Reached{maker}).second) order_.push_back(state);
  }

  Status follow(const StateRef state) {
    QM_TRY(const StateRow* row, look_.state(state));
    if (row == nullptr || !row->spent) return {};
    QM_TRY(const Link* link, look_.spender(*row));
    if (link == nullptr) return {};
    events_.insert(link->event);
    QM_TRY_VOID(follow_void(state, *link));
    QM_TRY(const auto outs, look_.ahead(*link, state));
    for (const std::int32_t out : outs) {
      const StateRef made{link->event, out};
      QM_TRY(const StateRow* known, look_.state(made));
      // Who is not shown what was made of it has to ask those who made it.
      if (known == nullptr) continue;
      reached_.at(state).ends = false;
      reach(made, link);
    }
    return {};
  }

  // What was disposed of or accepted has no outputs that a void could consume: it gives back what
  // the event took all the same.
  Status follow_void(const StateRef& state, const Link& undone) {
    QM_TRY(const StateRow* record, look_.state({undone.event, kRecordOut}));
    if (record == nullptr || !record->spent || record->spent->type != EventType::kVoid) return {};
    QM_TRY(const Link* link, look_.spender(*record));
    if (link == nullptr) return {};
    for (std::int32_t out = 0; out < static_cast<std::int32_t>(link->outputs); ++out) {
      QM_TRY(const auto sources, look_.behind(*link, out));
      if (std::find(sources.begin(), sources.end(), state) == sources.end()) continue;
      const StateRef restored{link->event, out};
      QM_TRY(const StateRow* known, look_.state(restored));
      if (known == nullptr) continue;
      reached_.at(state).ends = false;
      reach(restored, link);
    }
    return {};
  }

  // In the order states were reached, sources come first but for rare joins of branches of
  // different length: two passes settle those.
  void find_mixed() {
    for (int pass = 0; pass < 2; ++pass)
      for (const StateRef& state : order_) {
        Reached& reached = reached_.at(state);
        if (reached.maker == nullptr || reached.mixed) continue;
        const auto sources = look_.behind(*reached.maker, state.out);
        if (!sources) continue;
        for (const StateRef& source : *sources) {
          const auto from = reached_.find(source);
          reached.mixed |= from == reached_.end() || from->second.mixed;
        }
      }
  }

  Status collect() {
    find_mixed();
    std::unordered_set<std::string> items;
    for (const StateRef& state : order_) {
      QM_TRY(const StateRow* row, look_.state(state));
      if (row == nullptr) continue;
      if (row->output.item != recall_.item) items.insert(row->output.item);
      if (reached_.at(state).ends) QM_TRY_VOID(add(state, *row));
    }
    recall_.descendants = items.size();
    for (auto& [key, group] : groups_) recall_.groups.push_back(std::move(group));
    return {};
  }

  Whereabouts whereabouts_of(const StateRow& row) {
    if (row.spent) {
      if (row.spent->type == EventType::kAccept) return Whereabouts::kAccepted;
      if (row.spent->type == EventType::kDispose) return Whereabouts::kDisposed;
      return Whereabouts::kNotKnown;
    }
    if (row.made_in == EventType::kDispatch)
      return row.to ? Whereabouts::kOnTheWay : Whereabouts::kLeft;
    return look_.is_own(row.maker) ? Whereabouts::kHeld : Whereabouts::kElsewhere;
  }

  Status add(const StateRef& state, const StateRow& row) {
    const Whereabouts whereabouts = whereabouts_of(row);
    RecalledItem item;
    QM_TRY(item.state, look_.view(state, row));
    item.mixed = reached_.at(state).mixed;
    QM_TRY(item.dispatched, last_dispatch(state));
    // What was spent is looked for with who spent it.
    if (row.spent) {
      item.state.holder = look_.origin(row.spent->log);
      item.state.holder_name = look_.name(row.spent->log);
    }
    RecallGroup& group = groups_[{whereabouts, item.state.holder_name, item.state.holder}];
    group.whereabouts = whereabouts;
    group.holder = item.state.holder;
    group.holder_name = item.state.holder_name;
    group.items.push_back(std::move(item));
    return {};
  }

  // Back along what was reached, to the nearest dispatch.
  Result<std::optional<EventSummary>> last_dispatch(StateRef state) {
    for (int hops = 0; hops < 1000; ++hops) {
      const auto found = reached_.find(state);
      if (found == reached_.end() || found->second.maker == nullptr) break;
      const Link& link = *found->second.maker;
      if (link.type == EventType::kDispatch) return std::optional(dispatch_summary(link));
      QM_TRY(const auto sources, look_.behind(link, state.out));
      if (sources.empty()) break;
      state = sources.front();
    }
    return std::optional<EventSummary>();
  }

  const EventSummary& dispatch_summary(const Link& link) {
    const auto [place, is_new] = dispatches_.try_emplace(link.event);
    if (is_new) place->second = look_.summary(link);
    return place->second;
  }

  Look& look_;
  const RecallLimits& limits_;
  Recall recall_;
  std::vector<StateRef> order_;
  std::unordered_map<StateRef, Reached, custody::StateRefHasher> reached_;
  std::unordered_set<EventId, Digest32Hasher> events_;
  std::unordered_map<EventId, EventSummary, Digest32Hasher> dispatches_;
  std::map<std::tuple<Whereabouts, std::string, std::string>, RecallGroup> groups_;
};

}  // namespace

std::string_view whereabouts_name(Whereabouts whereabouts) {
  static constexpr std::array<std::string_view, 7> kNames = {
      "held", "elsewhere", "on_the_way", "left", "accepted", "disposed", "not_known"};
  return kNames[static_cast<std::size_t>(whereabouts)];
}

Result<Recall> recall_item(Look& look, std::string_view name, const RecallLimits& limits) {
  QM_TRY(std::string item, look.items().item(name));
  QM_TRY(const auto states, look.items().history(item));
  return Recalling(look, limits).run(std::move(item), states);
}

Result<Recall> recall_item(record::Node& node, std::string_view name, const RecallLimits& limits) {
  QM_TRY(const auto look, Look::open(node));
  return recall_item(*look, name, limits);
}

}  // namespace quarrymark::trace
