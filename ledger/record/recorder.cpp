#include "ledger/record/recorder.h"

#include "ledger/base/text.h"
#include "ledger/record/meaning.h"
#include "ledger/record/resolver.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

// The log says "[3].inputs[0]" for the fourth event of a call.
template <class Numbered>
Error placed(Error error, std::span<const Numbered> group) {
  std::size_t index = 0, at = 1;
  if (!error.field.starts_with('[')) return error;
  while (at < error.field.size() && error.field[at] >= '0' && error.field[at] <= '9')
    index = index * 10 + static_cast<std::size_t>(error.field[at++] - '0');
  if (index >= group.size() || at >= error.field.size()) return error;
  error.field.erase(0, at + 1);
  if (error.field.starts_with('.')) error.field.erase(0, 1);
  return at_line(group[index].line, std::move(error));
}

RecordedEvent described(std::size_t line, const log::Receipt& receipt,
                        const log::Prepared& prepared) {
  RecordedEvent event;
  event.line = line;
  event.receipt = receipt;
  event.key = prepared.key;
  if (const Meaning* meaning = meaning_of(prepared); meaning != nullptr && !receipt.replayed)
    for (const auto& output : meaning->event.outputs) event.outputs.push_back(*output);
  return event;
}

// Resolves all, then appends all; `type_of` is for replays, which carry no meaning.
template <class Numbered, class TypeOf>
Result<Recorded> record_all(OpenLog& log, Resolver& resolver, std::span<const Numbered> requests,
                            TypeOf type_of) {
  std::vector<log::Prepared> prepared;
  prepared.reserve(requests.size());
  for (const Numbered& request : requests) {
    auto event = resolver.resolve(request.request);
    if (!event) return tl::unexpected<Error>(at_line(request.line, std::move(event.error())));
    prepared.push_back(std::move(*event));
  }
  Recorded recorded;
  recorded.checkpoint = log.log->checkpoint();
  for (std::size_t begin = 0; begin < prepared.size(); begin += kAppendGroup) {
    const std::size_t end = std::min(begin + kAppendGroup, prepared.size());
    const auto group = requests.subspan(begin, end - begin);
    auto appended = log.log->append({prepared.begin() + static_cast<std::ptrdiff_t>(begin),
                                     prepared.begin() + static_cast<std::ptrdiff_t>(end)});
    if (!appended) {
      Error error = placed(std::move(appended.error()), group);
      if (begin > 0) error.message += cat("; the first ", begin, " events are recorded");
      return tl::unexpected<Error>(std::move(error));
    }
    for (std::size_t i = 0; i < group.size(); ++i) {
      recorded.events.push_back(
          described(group[i].line, appended->receipts[i], prepared[begin + i]));
      recorded.events.back().type = type_of(group[i], prepared[begin + i]);
    }
    recorded.checkpoint = std::move(appended->checkpoint);
  }
  return recorded;
}

}  // namespace

Result<Recorded> record_requests(Node& node, OpenLog& log,
                                 std::span<const NumberedRequest> requests, const NameSource* extra,
                                 const crypto::SigningKey* device) {
  Resolver resolver(node, log, extra, device);
  return record_all(
      log, resolver, requests,
      [](const NumberedRequest& request, const log::Prepared&) { return request.request.type; });
}

Result<Recorded> record_built(Node& node, OpenLog& log, std::span<const NumberedBuilt> requests) {
  Resolver resolver(node, log);
  return record_all(
      log, resolver, requests, [&](const NumberedBuilt&, const log::Prepared& prepared) {
        const auto head = entry::parse_disclosure(prepared.head);
        const auto parsed = head ? entry::parse_head(head->value)
                                 : Result<entry::Head>(tl::unexpected<Error>(head.error()));
        QM_CHECK(parsed.has_value(), "the head was read when the event was resolved");
        return *custody::event_type_from(parsed->type);
      });
}

Status add_doubts(const Node& node, Recorded& recorded) {
  std::vector<EventId> about;
  for (const RecordedEvent& event : recorded.events) about.push_back(event.receipt.event);
  QM_TRY(auto found, find_doubts(node, about));
  // Both are in the order of the events.
  auto next = found.begin();
  for (RecordedEvent& event : recorded.events) {
    if (next == found.end()) break;
    if (next->event == event.receipt.event) event.doubts = std::move((next++)->doubts);
  }
  return {};
}

}  // namespace quarrymark::record
