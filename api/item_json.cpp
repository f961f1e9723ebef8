#include "api/item_json.h"

#include "api/recorded_json.h"
#include "api/text_or_null.h"

namespace quarrymark::api {
namespace {

json::Value summary_json(const record::EventSummary& event) {
  return json::Object{{"id", event.id.text()},
                      {"type", custody::event_type_name(event.type)},
                      {"at", event.at},
                      {"log", event.log},
                      {"by", text_or_null(event.log_name)},
                      {"index", static_cast<std::int64_t>(event.seq)},
                      {"site", text_or_null(event.site)},
                      {"remarks", text_or_null(event.remarks)}};
}

json::Value state_json(const record::StateView& state) {
  return json::Object{
      {"event", state.state.event.text()},
      {"out", std::int64_t{state.state.out}},
      {"output", output_json(state.output)},
      {"made_by", summary_json(state.made_by)},
      {"spent_by", state.spent_by ? summary_json(*state.spent_by) : json::Value(nullptr)},
      {"holder", text_or_null(state.holder)},
      {"holder_name", text_or_null(state.holder_name)}};
}

json::Array states_json(const std::vector<record::StateView>& states) {
  json::Array out;
  for (const record::StateView& state : states) out.push_back(state_json(state));
  return out;
}

}  // namespace

json::Value item_json(const record::ItemView& view,
                      const std::vector<record::EventDoubts>& doubts) {
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

json::Value trace_json(const record::Trace& trace) {
  json::Array steps;
  for (const record::TraceStep& step : trace.steps)
    steps.push_back(json::Object{{"event", summary_json(step.event)},
                                 {"depth", std::int64_t{step.depth}},
                                 {"inputs", states_json(step.inputs)},
                                 {"outputs", states_json(step.outputs)},
                                 {"not_shown", static_cast<std::int64_t>(step.not_shown)}});
  return json::Object{{"complete", trace.complete}, {"steps", std::move(steps)}};
}

}  // namespace quarrymark::api
