// Requests to a witness (C2SP tlog-witness) from anybody.
#include "ledger/tiles/signed_checkpoint.h"
#include "ledger/witness/add_checkpoint.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto request = witness::parse_add_checkpoint(text);
  if (!request) return 0;
  QM_CHECK(witness::write_add_checkpoint(*request) == text, "a request has one spelling");
  static_cast<void>(tiles::parse_signed_checkpoint(request->checkpoint));
  return 0;
}
