#include "tests/property/judge/random_graph.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

const std::vector<std::string> kParties{"F1", "F2", "T", "IA", "OPK", "OPS", "Stranger"};
const std::string& party(std::uint32_t number) { return kParties[number % kParties.size()]; }

}  // namespace

RandomGraph::RandomGraph(const std::vector<std::uint32_t>& steps) {
  extract(0);
  for (const std::uint32_t number : steps) run(number);
}

void RandomGraph::run(std::uint32_t number) {
  const std::uint32_t kind = number % 16, rest = number / 16;
  if (kind < 3 || open_.empty()) return extract(rest);
  const std::size_t place = rest % open_.size();
  const std::uint32_t how = rest / 7;
  switch (kind) {
    case 3:
      return acquire(how);
    case 4:
    case 5:
      return hand_over(place, how);
    case 6:
    case 7:
      return split(place, how);
    case 8:
      return draw_part(place, how);
    case 9:
    case 10:
      return mix(place, how);
    case 11:
      return pack(place);
    case 12:
      return unpack(place);
    case 13:
      return undo(place);
    case 14:
      return how % 2 == 0 ? correct(place, how) : relabel(place, how);
    default:
      return cheat(place, how);
  }
}

Holding RandomGraph::take(std::size_t place) {
  const Holding held = open_[place];
  spent_.push_back(held);
  open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(place));
  return held;
}

void RandomGraph::extract(std::uint32_t number) {
  const bool khm = number % 2 == 0;
  const std::string by = khm ? "OPK" : "OPS";
  Output stone =
      block(name(), {1000 + number % 5 * 100, 1000, 1000}, number % 3 == 0 ? 2'700'000 : 0);
  if (number % 7 == 0) stone.serial = "S" + name();
  Recorded made = cast_.extract(by, khm ? cast_.khm : cast_.sdq, stone,
                                khm               ? ""
                                : number % 4 == 1 ? "P"
                                                  : "Z");
  if (number % 5 == 0) made.event().stone = Shown<Stone>::of({"Black", "dolerite"});
  open_.push_back({made.out(), by});
}

void RandomGraph::acquire(std::uint32_t number) {
  Source source;
  if (number % 2 == 0) {
    source.operator_name = "OPK";
    source.block = "9";
    source.quarry = number % 4 == 0 ? "KHM" : "SDQ";
    source.factory = number % 3 == 0 ? "F1" : "";
  }
  const std::string by = party(number);
  open_.push_back({cast_.acquire(by, block(name()), source).out(), by});
}

void RandomGraph::hand_over(std::size_t place, std::uint32_t number) {
  const Holding held = take(place);
  const std::string to = party(number);
  open_.push_back({cast_.hand_over(held.by, to, {held.state}).front(), to});
}

void RandomGraph::split(std::size_t place, std::uint32_t number) {
  const Holding held = take(place);
  Recorded made = [&] {
    if (number % 3 == 0)
      return cast_
          .split(held.by, {held.state},
                 slabs(name(), 1 + static_cast<int>(number % 4), {900, 900, 100}))
          .saw(static_cast<Axis>(number % 2), 10, 100);
    std::vector<Output> outputs{tiles(name(), 10 + number % 300, {100, 100, 100})};
    if (number % 3 == 1) outputs.push_back(loose(name(), 1000 + number % 100'000));
    return cast_.split(held.by, {held.state}, outputs);
  }();
  if (number % 5 == 0) made.event().home_work = Shown<std::int64_t>::of(number % 1001);
  for (const StateRef& state : made.outs()) open_.push_back({state, held.by});
}

void RandomGraph::draw_part(std::size_t place, std::uint32_t number) {
  const Output output = cast_.output(open_[place].state);
  if (output.amount < 2) return;
  const Holding held = take(place);
  const std::int64_t drawn = 1 + number % (output.amount - 1);
  Output portion = output, rest = output;
  portion.item = name();
  portion.amount = drawn;
  rest.amount -= drawn;
  portion.measure.mass.reset();
  rest.measure.mass.reset();
  for (const StateRef& state : cast_.split(held.by, {{held.state, drawn}}, {portion, rest}).outs())
    open_.push_back({state, held.by});
}

void RandomGraph::mix(std::size_t place, std::uint32_t number) {
  const std::string by = open_[place].by;
  Draws inputs;
  for (std::size_t i = open_.size(); i-- > 0;)
    if (open_[i].by == by && inputs.size() < 3) inputs.emplace_back(take(i).state);
  std::vector<Output> outputs{tiles(name(), 1 + number % 50, {100, 100, 100})};
  if (number % 2 == 0) outputs.push_back(tiles(name(), 1 + number % 20, {100, 100, 100}));
  for (const StateRef& state : cast_.split(by, inputs, outputs).outs())
    open_.push_back({state, by});
}

void RandomGraph::pack(std::size_t place) {
  const std::string by = open_[place].by;
  Draws inputs;
  std::vector<Content> contents;
  for (std::size_t i = open_.size(); i-- > 0;)
    if (open_[i].by == by && inputs.size() < 3) {
      inputs.emplace_back(take(i).state);
      contents.push_back(
          {cast_.output(inputs.back().state).amount, static_cast<std::int64_t>(inputs.size()) - 1});
    }
  open_.push_back({cast_.pack(by, inputs, {crate(name(), contents)}).out(), by});
}

void RandomGraph::unpack(std::size_t place) {
  if (cast_.output(open_[place].state).kind != ItemKind::kCrate) return;
  const Holding held = take(place);
  const Recorded made =
      cast_.add(EventType::kUnpack, held.by, {held.state}, {tiles(name(), 5, {100, 100, 100})});
  open_.push_back({made.out(), held.by});
}

void RandomGraph::undo(std::size_t place) {
  const EventId id = open_[place].state.event;
  for (std::size_t number = 0; number < cast_.events().size(); ++number) {
    const Event& event = *cast_.events()[number];
    if (event.id != id || event.type != EventType::kSplit || event.outputs.empty()) continue;
    const auto still_open = [&](const StateRef& state) {
      return std::any_of(open_.begin(), open_.end(),
                         [&](const Holding& held) { return held.state == state; });
    };
    const Recorded target(cast_, number);
    const auto outs = target.outs();
    if (!std::all_of(outs.begin(), outs.end(), still_open)) return;
    const std::string by = open_[place].by;
    open_.erase(std::remove_if(open_.begin(), open_.end(),
                               [&](const Holding& held) { return held.state.event == id; }),
                open_.end());
    for (const StateRef& state : cast_.void_of(target).outs()) open_.push_back({state, by});
    return;
  }
}

void RandomGraph::correct(std::size_t place, std::uint32_t number) {
  const StateRef state = open_[place].state;
  for (std::size_t i = 0; i < cast_.events().size(); ++i) {
    const Event& event = *cast_.events()[i];
    if (event.id != state.event || event.type == EventType::kDispatch) continue;
    const bool to_more = number % 3 == 0;
    const Recorded target(cast_, i);
    Recorded made = cast_.correct(target, {state.out}, to_more ? [](Output& output) {
      if (output.kind == ItemKind::kBatch) output.amount *= 7;
    } : [](Output& output) { output.measure.mass = 1'000'000; });
    if (number % 5 == 0 && event.type == EventType::kExtract)
      made.event().place = Shown<SitePlace>::of({cast_.khm, ""});
    open_[place].state = made.out();
    return;
  }
}

void RandomGraph::relabel(std::size_t place, std::uint32_t number) {
  const Holding held = take(place);
  const std::string old_serial = cast_.output(held.state).serial;
  const Recorded made = cast_.label(held.by, held.state, "N" + name(),
                                    {"replace", number % 4 == 1 ? "" : old_serial, "", "", ""});
  open_.push_back({made.out(), held.by});
}

void RandomGraph::cheat(std::size_t place, std::uint32_t number) {
  if (number % 2 == 0 && !spent_.empty()) {  // a second use
    const Holding held = spent_[number % spent_.size()];
    open_.push_back(
        {cast_.split(held.by, {held.state}, {tiles(name(), 5, {100, 100, 100})}).out(), held.by});
    return;
  }
  const Holding held = open_[place];  // by somebody who does not hold it
  const std::string by = party(number);
  open_.push_back({cast_.split(by, {held.state}, {tiles(name(), 5, {100, 100, 100})}).out(), by});
}

void RandomGraph::deliver(bool all) {
  std::vector<StateRef> states;
  for (const Holding& held : open_)
    if (all || &held == &open_.back())
      states.push_back(cast_.dispatch(held.by, {held.state}, "DUI").out());
  cast_.deliver(states);
}

std::vector<Recorded> RandomGraph::chain() {
  const Evidence evidence = cast_.evidence();
  const Graph graph(evidence);
  const Lineage lineage(graph, {});
  std::set<EventId> ids;
  for (const StateRef& item : evidence.items)
    for (const StateRef& state : lineage.ancestors(item)) ids.insert(state.event);
  std::vector<Recorded> found;
  for (std::size_t i = 0; i < cast_.events().size(); ++i)
    if (ids.count(cast_.events()[i]->id) > 0 || cast_.events()[i]->type == EventType::kAdmit ||
        cast_.events()[i]->type == EventType::kSite)
      found.emplace_back(cast_, i);
  return found;
}

Question question_for(std::uint32_t number) {
  ContractBuilder contract("K");
  if (number % 7 != 0) contract.quarry("KHM");
  if (number % 2 == 0) contract.factory("F1");
  if (number % 5 == 0) contract.names(CriterionKind::kOperator, "OPK");
  if (number % 3 == 0) contract.names(CriterionKind::kStone, "Black");
  if (number % 4 == 0) contract.line({100, Unit::kPiece, {}, 0, 0});
  return contract.question();
}

std::string printed(const Report& report) {
  std::string text = cat(verdict_of(report), "|", report.amount, "|", report.covered, "|",
                         report.hand_overs, "\n");
  for (const std::string& sentence : sentences_of(report)) text += sentence + "\n";
  for (const Finding& finding : report.findings) text += cat(finding.code, " ", finding.ask, "\n");
  for (const CriterionLine& line : report.criteria)
    text += cat(line.criterion, line.supported, "/", line.declared, "/", line.contradicted, "/",
                line.unknown, "/", line.unchecked, "\n");
  for (const UnitLine& unit : report.units)
    for (const ShareLine& share : unit.shares)
      text += cat(unit.item, share.per_mille, share.quarry, share.factory, share.block, "\n");
  for (const StepLine& step : report.steps) text += cat(step.type, step.by, step.at, "\n");
  return text;
}

}  // namespace quarrymark::custody
