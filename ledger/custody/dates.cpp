#include "ledger/custody/dates.h"

#include "ledger/custody/spending.h"

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

std::vector<const Event*> received_by_counterparty(const Graph& graph, const Event& dispatch) {
  std::vector<const Event*> receives;
  if (dispatch.type != EventType::kDispatch) return receives;
  const auto consider = [&](const Event* receive) {
    if (receive != nullptr && receive->type == EventType::kReceive && receive->log != dispatch.log)
      receives.push_back(receive);
  };
  // A log that nothing was sent to could be made up to lend a date.
  for (std::size_t i = 0; i < dispatch.outputs.size(); ++i) {
    const auto out = static_cast<std::int32_t>(i);
    for (const Event* spender : graph.spenders(StateRef{dispatch.id, out}))
      if (may_spend(dispatch, out, spender->log, spender->type) == MaySpend::kYes)
        consider(spender);
  }
  if (dispatch.received && dispatch.to)
    if (const Event* receive = graph.event(dispatch.received->event);
        receive != nullptr && receive->log == dispatch.to->log)
      consider(receive);
  return receives;
}

std::optional<UtcTime> counterparty_time(const Graph& graph, const Event& dispatch) {
  std::optional<UtcTime> earliest;
  for (const Event* receive : received_by_counterparty(graph, dispatch))
    if (!earliest || receive->time < *earliest) earliest = receive->time;
  return earliest;
}

std::string_view date_known_by(const Graph& graph, const Event& event) {
  if (counterparty_time(graph, event)) return "counterparty";
  return witnessed_at(graph, event) ? "witness" : "not witnessed";
}

UtcTime recorded_by(const Graph& graph, const Event& event) {
  const auto witnessed = witnessed_at(graph, event);
  return witnessed && event.time < *witnessed ? *witnessed : event.time;
}

std::optional<std::int64_t> lateness_days(const Graph& graph, const Event& event) {
  const std::int64_t late = recorded_by(graph, event).ms - event.at_time.ms;
  if (late <= kLateAfterMs) return std::nullopt;
  return late / kMsPerDay;
}

}  // namespace quarrymark::custody
