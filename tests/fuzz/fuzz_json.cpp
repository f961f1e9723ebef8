// Whatever is accepted can be written and read again, and is then the same.
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto exact = json::parse_exact(text))
    QM_CHECK(json::write(*exact) == text, "exact JSON has one spelling");
  if (const auto input = json::parse_input(text)) {
    const auto again = json::parse_exact(json::write(*input));
    QM_CHECK(again.has_value() && *again == *input, "what was read can be written and read again");
  }
  return 0;
}
