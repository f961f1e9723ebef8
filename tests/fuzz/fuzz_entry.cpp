// An accepted entry, disclosure or head is its one spelling.
#include "ledger/entry/disclosure.h"
#include "ledger/entry/entry.h"
#include "ledger/entry/head.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto entry = entry::parse_entry(text))
    QM_CHECK(entry::write_entry(*entry) == text, "an entry has one spelling");
  static_cast<void>(entry::parse_disclosure(text));
  // The same bytes as what a disclosure encodes, so that the fuzzer need not learn base64.
  if (const auto value = json::parse_exact(text))
    if (const auto head = entry::parse_head(*value))
      QM_CHECK(json::write(entry::head_value(*head)) == text, "a head has one spelling");
  return 0;
}
