// Checks the shape of every event of an input without a ledger, and lists all that is wrong:
// `record --check`. What it cannot know is whether the items and names there are exist, are held
// and suffice; the resolver says that.
#pragma once

#include "ledger/record/request_reader.h"

#include <cstddef>
#include <istream>
#include <string>
#include <vector>

namespace quarrymark::record {

struct WrongEvent {
  std::size_t line = 1;  // where it begins
  Error error;           // its field names the member within the event
};
struct CheckedRequests {
  std::size_t events = 0;  // good and wrong
  std::vector<WrongEvent> wrong;
};

// Goes on after an event that is wrong; of one object a line also after a line that is no object.
// kInvalidArgument: there is none. kNotFound, kIo: the input cannot be read.
Result<CheckedRequests> check_requests(std::istream& in, const RequestLimits& limits = {});
Result<CheckedRequests> check_requests(const std::string& path, const RequestLimits& limits = {});
// The same for events that devices built: the frame, what the head binds, the device's signature,
// and what schemas/events/ says of it.
Result<CheckedRequests> check_built_requests(std::istream& in, const RequestLimits& limits = {});
Result<CheckedRequests> check_built_requests(const std::string& path,
                                             const RequestLimits& limits = {});

}  // namespace quarrymark::record
