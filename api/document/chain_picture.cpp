#include "api/document/chain_picture.h"

#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "scanner/label/item_number.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace quarrymark::document {
namespace {

using trace::StateView;
using trace::TraceStep;

std::string plural(custody::ItemKind kind) {
  const std::string_view name = custody::item_kind_name(kind);
  return kind == custody::ItemKind::kBatch ? "batches" : cat(name, "s");
}

// Steps that look alike: one box.
struct Group {
  custody::EventType type{};
  std::string who, first_day, last_day;
  std::size_t count = 0, hidden = 0;
  std::vector<const custody::Output*> made;
};

class Picture {
 public:
  explicit Picture(const trace::Trace& trace) : trace_(trace) {}

  paper::Flow make(std::string title) {
    flow_.title = std::move(title);
    for (const TraceStep& step : trace_.steps) by_event_[step.event.id] = &step;
    place_all();
    for (const Group& group : groups_) flow_.boxes.push_back(box_of(group));
    for (const auto& [ends, things] : arrows_)
      flow_.arrows.push_back({ends.first, ends.second, things_text(things), false});
    for (std::size_t i = 0; i < groups_.size(); ++i)
      if (groups_[i].hidden > 0) add_hidden(i);
    if (!trace_.complete) flow_.boxes.push_back({"more", {"the trace was cut off here"}, true});
    return std::move(flow_);
  }

 private:
  // Each step after those it continues. Traces list them nearly in order, either way round.
  void place_all() {
    std::vector<const TraceStep*> left;
    for (const TraceStep& step : trace_.steps) left.push_back(&step);
    while (!left.empty()) {
      std::reverse(left.begin(), left.end());
      const std::size_t before = left.size();
      std::erase_if(left, [this](const TraceStep* step) {
        if (is_ready(*step)) place(*step);
        return places_.contains(step->event.id);
      });
      if (left.size() == before) place(*left.front());  // a circle: no chain has one
    }
  }

  bool is_ready(const TraceStep& step) const {
    return std::all_of(step.inputs.begin(), step.inputs.end(), [this](const StateView& input) {
      return !by_event_.contains(input.state.event) || places_.contains(input.state.event);
    });
  }

  void place(const TraceStep& step) {
    std::set<std::size_t> before;
    std::map<std::size_t, std::vector<const custody::Output*>> things;
    for (const StateView& input : step.inputs)
      if (const auto from = places_.find(input.state.event); from != places_.end()) {
        before.insert(from->second);
        things[from->second].push_back(&input.output);
      }
    const std::string who = step.event.log_name.empty() ? step.event.log : step.event.log_name;
    const bool known = step.not_shown == 0;
    const auto key = std::tuple(step.event.type, who, before, known ? EventId{} : step.event.id);
    const auto [found, is_new] = by_look_.try_emplace(key, groups_.size());
    if (is_new) groups_.push_back({step.event.type, who, {}, {}, 0, 0, {}});
    Group& group = groups_[found->second];
    const std::string day = step.event.at.substr(0, 10);
    if (group.count++ == 0 || day < group.first_day) group.first_day = day;
    group.last_day = std::max(group.last_day, day);
    group.hidden += step.not_shown;
    for (const StateView& output : step.outputs) group.made.push_back(&output.output);
    for (auto& [from, outputs] : things) {
      auto& all = arrows_[{from, found->second}];
      all.insert(all.end(), outputs.begin(), outputs.end());
    }
    places_[step.event.id] = found->second;
  }

  static paper::FlowBox box_of(const Group& group) {
    paper::FlowBox box;
    const std::string_view type = custody::event_type_name(group.type);
    box.title = group.count == 1 ? std::string(type) : cat(group.count, " × ", type);
    box.lines.push_back(group.who);
    box.lines.push_back(group.first_day == group.last_day
                            ? group.first_day
                            : cat(group.first_day, " to ", group.last_day));
    if (!group.made.empty()) box.lines.push_back(things_text(group.made));
    return box;
  }

  void add_hidden(std::size_t group) {
    const std::size_t count = groups_[group].hidden;
    flow_.boxes.push_back(
        {cat(count, count == 1 ? " thing" : " things"), {"of which nothing is known here"}, true});
    flow_.arrows.push_back({flow_.boxes.size() - 1, group, {}, true});
  }

  using Look = std::tuple<custody::EventType, std::string, std::set<std::size_t>, EventId>;
  const trace::Trace& trace_;
  paper::Flow flow_;
  std::map<EventId, const TraceStep*> by_event_;
  std::map<EventId, std::size_t> places_;
  std::map<Look, std::size_t> by_look_;
  std::vector<Group> groups_;
  std::map<std::pair<std::size_t, std::size_t>, std::vector<const custody::Output*>> arrows_;
};

}  // namespace

std::string thing_text(const custody::Output& output) {
  std::string out(custody::item_kind_name(output.kind));
  out += cat(
      " ", output.aliases.empty() ? label::in_groups_of_four(output.item) : output.aliases.front());
  if (output.amount != 1 || output.unit != custody::Unit::kPiece)
    out += cat(" (", custody::amount_text(output.amount, output.unit), ")");
  return out;
}

std::string things_text(const std::vector<const custody::Output*>& outputs) {
  if (outputs.size() == 1) return thing_text(*outputs.front());
  std::map<std::pair<custody::ItemKind, custody::Unit>, std::pair<std::size_t, std::int64_t>> sums;
  for (const custody::Output* output : outputs) {
    auto& [count, amount] = sums[{output->kind, output->unit}];
    ++count;
    amount += output->amount;
  }
  std::string out;
  for (const auto& [what, sum] : sums) {
    const auto& [count, amount] = sum;
    out += cat(out.empty() ? "" : ", ", count, " ",
               count == 1 ? std::string(custody::item_kind_name(what.first)) : plural(what.first));
    if (what.second != custody::Unit::kPiece || amount != static_cast<std::int64_t>(count))
      out += cat(", ", custody::amount_text(amount, what.second));
  }
  return out;
}

paper::Flow chain_picture(const trace::Trace& trace, std::string title) {
  return Picture(trace).make(std::move(title));
}

}  // namespace quarrymark::document
