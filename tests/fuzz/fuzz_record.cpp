// What a person or a program hands to `record`.
#include "ledger/record/request_reader.h"

#include <sstream>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  std::istringstream in(std::string(reinterpret_cast<const char*>(data), size));
  if (const auto requests = record::read_requests(in))
    QM_CHECK(!requests->empty(), "nothing to record is an error");
  return 0;
}
