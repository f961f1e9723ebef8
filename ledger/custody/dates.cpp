#include "ledger/custody/dates.h"

namespace quarrymark::custody {

std::optional<UtcTime> witnessed_at(const Graph& graph, const Event& event) {
  const auto& logs = graph.evidence().logs;
  const auto standing = logs.find(event.log);
  if (standing == logs.end()) return std::nullopt;
  std::optional<UtcTime> earliest;
  for (const auto& [size, time] : standing->second.cosigned)
    if (size > event.seq && (!earliest || time < *earliest)) earliest = time;
  return earliest;
}

std::optional<UtcTime> counterparty_time(const Graph& graph, const Event& dispatch) {
  if (dispatch.type != EventType::kDispatch) return std::nullopt;
  std::optional<UtcTime> earliest;
  const auto consider = [&](const Event* receive) {
    if (receive == nullptr || receive->type != EventType::kReceive || receive->log == dispatch.log)
      return;
    if (!earliest || receive->time < *earliest) earliest = receive->time;
  };
  for (std::size_t out = 0; out < dispatch.outputs.size(); ++out)
    for (const Event* spender :
         graph.spenders(StateRef{dispatch.id, static_cast<std::int32_t>(out)}))
      consider(spender);
  if (dispatch.received) consider(graph.event(dispatch.received->event));
  return earliest;
}

std::string_view date_known_by(const Graph& graph, const Event& event) {
  if (counterparty_time(graph, event)) return "counterparty";
  return witnessed_at(graph, event) ? "witness" : "not witnessed";
}

std::optional<std::int64_t> lateness_days(const Graph& graph, const Event& event) {
  UtcTime known = event.time;
  if (const auto witnessed = witnessed_at(graph, event); witnessed && known < *witnessed)
    known = *witnessed;
  const std::int64_t late = known.ms - event.at_time.ms;
  if (late <= kLateAfterMs) return std::nullopt;
  return late / kMsPerDay;
}

}  // namespace quarrymark::custody
