#include "api/recorded_json.h"

#include "api/text_or_null.h"

namespace quarrymark::api {
namespace {

json::Value number(std::size_t value) { return static_cast<std::int64_t>(value); }

json::Value event_json(const record::RecordedEvent& event) {
  json::Array outputs;
  for (const custody::Output& output : event.outputs) outputs.push_back(output_json(output));
  return json::Object{{"line", number(event.line)},
                      {"event", event.receipt.event.text()},
                      {"index", static_cast<std::int64_t>(event.receipt.index)},
                      {"time", format_node_time(event.receipt.time)},
                      {"type", custody::event_type_name(event.type)},
                      {"key", event.key.empty() ? json::Value(nullptr) : json::Value(event.key)},
                      {"replayed", event.receipt.replayed},
                      {"outputs", std::move(outputs)},
                      {"doubts", doubts_json(event.doubts)}};
}

}  // namespace

json::Array doubts_json(const std::vector<custody::Doubt>& doubts) {
  json::Array all;
  for (const custody::Doubt& doubt : doubts)
    all.push_back(json::Object{{"code", doubt.code},
                               {"words", doubt.words},
                               {"suggestion", text_or_null(doubt.suggestion)},
                               {"facts", doubt.facts}});
  return all;
}

json::Value output_json(const custody::Output& output) {
  const json::Value written = custody::output_value(output);
  const json::Value* measure = written.find("measure");
  return json::Object{
      {"item", output.item},
      {"kind", custody::item_kind_name(output.kind)},
      {"amount", output.amount},
      {"unit", custody::unit_name(output.unit)},
      {"aliases", json::Array(output.aliases.begin(), output.aliases.end())},
      {"measure", measure == nullptr ? json::Value(nullptr) : *measure},
      {"serial", output.serial.empty() ? json::Value(nullptr) : json::Value(output.serial)}};
}

json::Value recorded_json(std::string_view origin, const record::Recorded& recorded) {
  json::Array events;
  for (const record::RecordedEvent& event : recorded.events) events.push_back(event_json(event));
  return json::Object{
      {"log", origin}, {"events", std::move(events)}, {"checkpoint", recorded.checkpoint}};
}

json::Value accepted_json(const record::AcceptedPassports& accepted) {
  json::Array arrived;
  for (const record::Arrived& one : accepted.arrived)
    arrived.push_back(json::Object{{"event", one.state.event.text()},
                                   {"out", std::int64_t{one.state.out}},
                                   {"output", output_json(one.output)},
                                   {"from", one.from},
                                   {"to", one.to}});
  return json::Object{{"packets", number(accepted.packets)},
                      {"entries", number(accepted.entries)},
                      {"disclosures", number(accepted.disclosures)},
                      {"arrived", std::move(arrived)}};
}

}  // namespace quarrymark::api
