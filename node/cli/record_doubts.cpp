#include "node/cli/record_doubts.h"

#include "api/exit_codes.h"
#include "api/recorded_json.h"
#include "ledger/base/text.h"
#include "ledger/record/meaning.h"

namespace quarrymark::cli {
namespace {

std::string doubt_line(std::size_t line, custody::EventType type, const custody::Doubt& doubt) {
  return cat("doubtful: line ", line, ", ", custody::event_type_name(type), ": ", doubt.words,
             doubt.suggestion.empty() ? "" : cat("; ", doubt.suggestion));
}

// What was resolved, in the order of the file.
struct Checked {
  std::size_t line = 0;
  EventId event;
  custody::EventType type = custody::EventType::kAttest;
  std::vector<custody::Doubt> doubts;
};

Checked checked_line(std::size_t line, const log::Prepared& prepared) {
  Checked checked{line, prepared.event, custody::EventType::kAttest, {}};
  if (const record::Meaning* meaning = record::meaning_of(prepared))
    checked.type = meaning->event.type;
  return checked;
}

json::Array checked_json(const std::vector<Checked>& all) {
  json::Array lines;
  for (const Checked& checked : all)
    for (json::Value& doubt : api::doubts_json(checked.doubts)) {
      json::Object line{{"line", static_cast<std::int64_t>(checked.line)},
                        {"type", custody::event_type_name(checked.type)}};
      for (auto& member : *doubt.if_object()) line.push_back(std::move(member));
      lines.push_back(std::move(line));
    }
  return lines;
}

}  // namespace

void print_doubts(const record::Recorded& recorded, Output& output) {
  for (const record::RecordedEvent& event : recorded.events)
    for (const custody::Doubt& doubt : event.doubts)
      output.message(doubt_line(event.line, event.type, doubt));
}

Result<int> check_requests_here(record::Resolver& resolver, const record::OpenLog& log,
                                std::span<const record::NumberedRequest> stated,
                                std::span<const record::NumberedBuilt> built,
                                const FailedLine& failed, Output& output) {
  std::vector<Checked> all;
  const auto resolves = [&](const auto& numbered) -> Status {
    auto prepared = resolver.resolve(numbered.request);
    if (!prepared) return failed(numbered.line, prepared.error());
    all.push_back(checked_line(numbered.line, *prepared));
    return {};
  };
  for (const record::NumberedRequest& request : stated) QM_TRY_VOID(resolves(request));
  for (const record::NumberedBuilt& request : built) QM_TRY_VOID(resolves(request));
  std::vector<EventId> about;
  for (const Checked& checked : all) about.push_back(checked.event);
  QM_TRY(auto found, resolver.doubts(about));
  auto next = found.begin();
  for (Checked& checked : all)
    if (next != found.end() && next->event == checked.event)
      checked.doubts = std::move((next++)->doubts);

  if (output.json()) {
    output.value(json::Object{{"dry_run", true},
                              {"log", log.record.origin},
                              {"events", static_cast<std::int64_t>(all.size())},
                              {"doubts", checked_json(all)}});
    return api::kExitSuccess;
  }
  for (const Checked& checked : all)
    for (const custody::Doubt& doubt : checked.doubts)
      output.message(doubt_line(checked.line, checked.type, doubt));
  output.data(
      cat(all.size(), all.size() == 1 ? " event" : " events", " can be recorded; nothing was\n"));
  return api::kExitSuccess;
}

}  // namespace quarrymark::cli
