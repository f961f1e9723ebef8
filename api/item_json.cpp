#include "api/item_json.h"

#include "api/recorded_json.h"
#include "api/text_or_null.h"

#include <array>
#include <string_view>

namespace quarrymark::api {
namespace {

json::Value summary_json(const trace::EventSummary& event) {
  return json::Object{{"id", event.id.text()},
                      {"type", custody::event_type_name(event.type)},
                      {"at", event.at},
                      {"log", event.log},
                      {"by", text_or_null(event.log_name)},
                      {"index", static_cast<std::int64_t>(event.seq)},
                      {"site", text_or_null(event.site)}};
}

json::Value state_json(const trace::StateView& state) {
  return json::Object{
      {"event", state.state.event.text()},
      {"out", std::int64_t{state.state.out}},
      {"output", output_json(state.output)},
      {"made_by", summary_json(state.made_by)},
      {"spent_by", state.spent_by ? summary_json(*state.spent_by) : json::Value(nullptr)},
      {"holder", text_or_null(state.holder)},
      {"holder_name", text_or_null(state.holder_name)}};
}

json::Array states_json(const std::vector<trace::StateView>& states) {
  json::Array out;
  for (const trace::StateView& state : states) out.push_back(state_json(state));
  return out;
}

}  // namespace

json::Value item_json(const trace::ItemView& view, const std::vector<record::EventDoubts>& doubts) {
  json::Array doubtful;
  for (const record::EventDoubts& event : doubts)
    for (json::Value& doubt : doubts_json(event.doubts)) {
      json::Object line{{"event", event.event.text()}};
      for (auto& member : *doubt.if_object()) line.push_back(std::move(member));
      doubtful.push_back(std::move(line));
    }
  return json::Object{{"item", view.item},
                      {"current", states_json(view.current)},
                      {"history", states_json(view.history)},
                      {"doubts", std::move(doubtful)}};
}

json::Value trace_json(const trace::Trace& trace) {
  json::Array steps;
  for (const trace::TraceStep& step : trace.steps)
    steps.push_back(json::Object{{"event", summary_json(step.event)},
                                 {"depth", std::int64_t{step.depth}},
                                 {"inputs", states_json(step.inputs)},
                                 {"outputs", states_json(step.outputs)},
                                 {"not_shown", static_cast<std::int64_t>(step.not_shown)}});
  return json::Object{{"complete", trace.complete}, {"steps", std::move(steps)}};
}

json::Value recall_json(const trace::Recall& recall) {
  json::Array groups;
  for (const trace::RecallGroup& group : recall.groups) {
    json::Array items;
    for (const trace::RecalledItem& item : group.items)
      items.push_back(json::Object{
          {"state", state_json(item.state)},
          {"mixed", item.mixed},
          {"dispatched", item.dispatched ? summary_json(*item.dispatched) : json::Value(nullptr)}});
    groups.push_back(json::Object{{"whereabouts", trace::whereabouts_name(group.whereabouts)},
                                  {"holder", text_or_null(group.holder)},
                                  {"holder_name", text_or_null(group.holder_name)},
                                  {"items", std::move(items)}});
  }
  return json::Object{{"item", recall.item},
                      {"complete", recall.complete},
                      {"descendants", static_cast<std::int64_t>(recall.descendants)},
                      {"events", static_cast<std::int64_t>(recall.events)},
                      {"groups", std::move(groups)}};
}

json::Value remaining_json(const trace::Remaining& remaining) {
  static constexpr std::array<std::string_view, 3> kAxes = {"l", "w", "h"};
  json::Array pieces;
  for (const trace::RemainingPiece& piece : remaining.pieces)
    pieces.push_back(json::Object{
        {"state", state_json(piece.state)},
        {"at_most", piece.at_most},
        {"expected", piece.expected ? json::Value(*piece.expected) : json::Value(nullptr)},
        {"slab_area", piece.slab_area}});
  return json::Object{{"item", remaining.item},
                      {"thickness", remaining.thickness},
                      {"kerf", remaining.kerf},
                      {"axis", kAxes[static_cast<std::size_t>(remaining.axis)]},
                      {"pieces", std::move(pieces)},
                      {"at_most", remaining.at_most},
                      {"expected", remaining.expected},
                      {"at_most_area", remaining.at_most_area},
                      {"expected_area", remaining.expected_area}};
}

json::Value stock_json(const std::vector<trace::StockLine>& lines) {
  json::Array out;
  for (const trace::StockLine& line : lines)
    out.push_back(
        json::Object{{"site", text_or_null(line.site)},
                     {"stone", text_or_null(line.stone)},
                     {"kind", custody::item_kind_name(line.kind)},
                     {"unit", custody::unit_name(line.unit)},
                     {"amount", line.amount},
                     {"items", static_cast<std::int64_t>(line.items)},
                     {"mass", line.mass ? json::Value(*line.mass) : json::Value(nullptr)}});
  return out;
}

}  // namespace quarrymark::api
