// Reads requests out of a file or pipe: one object, an array of objects, or NDJSON, one object a
// line. Never holds more than one object's text, so a hostile line costs no memory.
#pragma once

#include "ledger/record/built_event.h"
#include "ledger/record/request.h"

#include <cstddef>
#include <functional>
#include <istream>
#include <string>
#include <vector>

namespace quarrymark::record {

inline constexpr std::size_t kMaxRequestBytes = 1 << 20;
inline constexpr std::size_t kMaxRequests = 100'000;

struct RequestLimits {
  std::size_t request_bytes = kMaxRequestBytes;
  std::size_t requests = kMaxRequests;
};

struct NumberedRequest {
  std::size_t line = 1;  // where it begins
  RecordRequest request;
};

// All requests of the input. The first one that is wrong is the error, its field "line 12" or
// "line 12: outputs[0].unit". kInvalidArgument: nothing to record. kIo: the input cannot be read.
Result<std::vector<NumberedRequest>> read_requests(std::istream& in,
                                                   const RequestLimits& limits = {});
// The same for a path; "-" is standard input. kNotFound: no such file.
Result<std::vector<NumberedRequest>> read_requests(const std::string& path,
                                                   const RequestLimits& limits = {});

struct NumberedBuilt {
  std::size_t line = 1;
  BuiltRequest request;
};
// Events that devices built, in the same three forms of file.
Result<std::vector<NumberedBuilt>> read_built_requests(std::istream& in,
                                                       const RequestLimits& limits = {});
Result<std::vector<NumberedBuilt>> read_built_requests(const std::string& path,
                                                       const RequestLimits& limits = {});

// "line 12", or "line 12: outputs[0].unit".
Error at_line(std::size_t line, Error error);

}  // namespace quarrymark::record
