#include "ledger/trace/remaining.h"

#include "ledger/balance/balance.h"
#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/custody/measures.h"
#include "ledger/trace/look.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace quarrymark::trace {
namespace {

using custody::Event;
using custody::EventType;
using custody::ItemKind;

constexpr std::size_t kMostEvents = 5'000;  // of a block that are weighed
constexpr std::int64_t kMostSlabs = 1'000;  // outputs of one event

class Weighing {
 public:
  Weighing(record::Node& node, Look& look) : events_(node, look.rows()), look_(look) {}

  // Every event about the block: back to where it began, and on through all that was cut of it.
  Status gather(const std::vector<record::FoundState>& from) {
    for (const record::FoundState& state : from) todo_.push_back(state.state);
    for (std::size_t next = 0; next < todo_.size() && seen_.size() < kMostEvents; ++next) {
      const StateRef state = todo_[next];
      QM_TRY(const Link* made, look_.maker(state));
      if (made == nullptr) continue;
      QM_TRY(const bool is_new, add(*made));
      if (is_new) {
        QM_TRY(const auto sources, look_.behind(*made, state.out));
        todo_.insert(todo_.end(), sources.begin(), sources.end());
      }
      QM_TRY(const StateRow* row, look_.state(state));
      if (row == nullptr) continue;
      if (!row->spent && row->output.kind == ItemKind::kBlock && descends(state))
        open_.insert(state);
      QM_TRY(const Link* spent, look_.spender(*row));
      if (spent == nullptr) continue;
      QM_TRY_VOID(add(*spent));
      QM_TRY(const auto outs, look_.ahead(*spent, state));
      for (const std::int32_t out : outs) {
        const StateRef ahead{spent->event, out};
        if (descends(state)) ours_.insert(ahead);
        if (queued_.insert(ahead).second) todo_.push_back(ahead);
      }
    }
    return {};
  }

  void starts_with(const StateRef& state) { ours_.insert(state); }
  const std::set<StateRef>& open() const { return open_; }
  const custody::Evidence& evidence() const { return evidence_; }

  // The last saw step that is known.
  const custody::Saw* last_saw() const {
    const Event* last = nullptr;
    for (const Event& event : evidence_.events)
      if (event.saw && (last == nullptr || last->at_time < event.at_time)) last = &event;
    return last ? &*last->saw : nullptr;
  }

  // How many slabs of `slab` size may be sawn out of `block` so that no limit is passed.
  struct Limits {
    std::int64_t hard = 0;
    std::optional<std::int64_t> expected;
  };
  Limits limits(const StateRef& block, const custody::Output& slab, const custody::Saw& saw) {
    Limits limits;
    limits.hard = most([&](std::int64_t count) { return fits(block, slab, saw, count, false); });
    if (knows_net_)
      limits.expected =
          most([&](std::int64_t count) { return fits(block, slab, saw, count, true); });
    return limits;
  }
  // What follows counts with these sawn.
  void keep(const StateRef& block, const custody::Output& slab, const custody::Saw& saw,
            std::int64_t count) {
    evidence_.events.push_back(sawing(block, slab, saw, count));
  }
  void knows_net(bool known) { knows_net_ = known; }

 private:
  bool descends(const StateRef& state) const { return ours_.contains(state); }

  Result<bool> add(const Link& link) {
    if (!seen_.insert(link.event).second) return false;
    QM_TRY(const record::KnownEvent* known, events_.at(link.log, link.seq));
    if (known != nullptr) evidence_.events.push_back(known->event);
    return true;
  }

  Event sawing(const StateRef& block, const custody::Output& slab, const custody::Saw& saw,
               std::int64_t count) const {
    Event event;
    event.type = EventType::kSplit;
    event.id.hash = crypto::sha256(cat("thought of", evidence_.events.size()));
    event.seq = std::numeric_limits<std::uint64_t>::max();
    event.inputs.push_back({block, 1});
    event.outputs.assign(static_cast<std::size_t>(count), slab);
    event.output_texts.resize(event.outputs.size());
    event.saw = custody::Shown<custody::Saw>::of(saw);
    return event;
  }

  bool fits(const StateRef& block, const custody::Output& slab, const custody::Saw& saw,
            std::int64_t count, bool by_net) const {
    custody::Evidence thought = evidence_;
    thought.events.push_back(sawing(block, slab, saw, count));
    const Event* const last = &thought.events.back();
    const custody::Graph graph(thought);
    for (const custody::YieldCheck& check : custody::check_yields(graph)) {
      if (std::find(check.splits.begin(), check.splits.end(), last) == check.splits.end()) continue;
      if (check.over() || (by_net && check.above_expected())) return false;
    }
    return true;
  }

  // The largest number that fits; more never fits where fewer did not.
  template <class Fits>
  static std::int64_t most(const Fits& fits) {
    std::int64_t good = 0, bad = kMostSlabs + 1;
    while (bad - good > 1) {
      const std::int64_t middle = good + (bad - good) / 2;
      (fits(middle) ? good : bad) = middle;
    }
    return good;
  }

  record::KnownEvents events_;
  Look& look_;
  custody::Evidence evidence_;
  std::vector<StateRef> todo_;
  std::set<StateRef> queued_, ours_, open_;
  std::set<EventId> seen_;
  bool knows_net_ = false;
};

Status check_request(const RemainingRequest& request) {
  if (request.thickness < 1 || request.thickness > custody::kMaxSide)
    return fail(Errc::kInvalidArgument, cat("expected 1 to ", custody::kMaxSide, " mm"),
                "thickness");
  if (request.kerf && (*request.kerf < 0 || *request.kerf > 1000))
    return fail(Errc::kInvalidArgument, "expected 0 to 1000 mm", "kerf");
  return {};
}

// A slab across the axis, as large as the block's other two sides.
custody::Output slab_of(const custody::Dimensions& box, custody::Axis axis,
                        std::int64_t thickness) {
  custody::Output slab;
  slab.kind = ItemKind::kSlab;
  std::vector<std::int64_t> sides;
  for (int side = 0; side < 3; ++side)
    if (side != static_cast<int>(axis)) sides.push_back(custody::side(box, side));
  slab.measure.size = custody::Dimensions{sides[0], sides[1], thickness};
  return slab;
}

}  // namespace

Result<Remaining> remaining_of(record::Node& node, std::string_view name,
                               const RemainingRequest& request) {
  QM_TRY_VOID(check_request(request));
  QM_TRY(const auto look, Look::open(node));
  Remaining remaining;
  QM_TRY(remaining.item, look->items().item(name));
  QM_TRY(const auto states, look->items().history(remaining.item));
  const custody::Output& first = states.front().output;
  if (first.kind != ItemKind::kBlock)
    return fail(Errc::kInvalidArgument,
                cat("expected a block, got a ", custody::item_kind_name(first.kind)), "ITEM");
  if (!first.measure.gross && !first.measure.net)
    return fail(Errc::kInvalidArgument, "its measures are not known here", "ITEM");
  Weighing weighing(node, *look);
  for (const record::FoundState& state : states) weighing.starts_with(state.state);
  QM_TRY_VOID(weighing.gather(states));
  weighing.knows_net(first.measure.net.has_value());
  const custody::Saw* const last = weighing.last_saw();
  custody::Saw saw;
  saw.thickness = remaining.thickness = request.thickness;
  saw.kerf = remaining.kerf = request.kerf.value_or(last ? last->kerf : kUsualKerf);
  saw.axis = remaining.axis = request.axis.value_or(last ? last->axis : custody::Axis::kWidth);
  for (const StateRef& state : weighing.open()) {
    QM_TRY(const StateRow* row, look->state(state));
    const auto& measure = row->output.measure;
    if (!measure.net && !measure.gross) continue;
    const custody::Output slab =
        slab_of(measure.net ? *measure.net : *measure.gross, saw.axis, saw.thickness);
    RemainingPiece piece;
    QM_TRY(piece.state, look->view(state, *row));
    const auto limits = weighing.limits(state, slab, saw);
    piece.at_most = limits.hard;
    piece.expected = limits.expected;
    piece.slab_area = slab.measure.size->l * slab.measure.size->w;
    weighing.keep(state, slab, saw, piece.expected.value_or(piece.at_most));
    remaining.at_most += piece.at_most;
    remaining.expected += piece.expected.value_or(piece.at_most);
    remaining.at_most_area += piece.at_most * piece.slab_area;
    remaining.expected_area += piece.expected.value_or(piece.at_most) * piece.slab_area;
    remaining.pieces.push_back(std::move(piece));
  }
  return remaining;
}

}  // namespace quarrymark::trace
