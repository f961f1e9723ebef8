// Recording a file of requests: all resolved before anything is appended, then appended in order.
#pragma once

#include "ledger/record/doubts.h"
#include "ledger/record/names.h"
#include "ledger/record/node.h"
#include "ledger/record/request_reader.h"

#include <span>
#include <string>
#include <vector>

namespace quarrymark::record {

struct RecordedEvent {
  std::size_t line = 0;  // of the request
  log::Receipt receipt;
  custody::EventType type = custody::EventType::kAttest;
  std::string key;
  std::vector<custody::Output> outputs;  // with the numbers and serials drawn; empty for replays
  std::vector<custody::Doubt> doubts;    // only after add_doubts
};

struct Recorded {
  std::vector<RecordedEvent> events;
  std::string checkpoint;  // signed note covering all of them
};

inline constexpr std::size_t kAppendGroup = 1000;

// Everything or nothing: the first request that is refused is the error ("line 12: inputs[0]"),
// and the log is unchanged. Up to kAppendGroup events are one durable write. With more, only
// somebody else's spending between two writes can leave a beginning recorded; the message then
// says how many, and keys make a second try safe.
Result<Recorded> record_requests(Node& node, OpenLog& log,
                                 std::span<const NumberedRequest> requests,
                                 const NameSource* extra = nullptr,
                                 const crypto::SigningKey* device = nullptr);
// The same for events that devices built.
Result<Recorded> record_built(Node& node, OpenLog& log, std::span<const NumberedBuilt> requests);

// Looks for what is doubtful about the events that were recorded (doubts.h). Nothing depends on it:
// they are recorded all the same.
Status add_doubts(const Node& node, Recorded& recorded);

}  // namespace quarrymark::record
