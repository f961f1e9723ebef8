// What a scanner or a person types, and the files that carry it.
#include "ledger/custody/contract.h"
#include "ledger/judge/scan.h"
#include "ledger/judge/sighting.h"
#include "scanner/label/item_number.h"
#include "scanner/label/label.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto label = label::parse_label(text))
    QM_CHECK(*label::write_label(*label) == text, "a label has one spelling");
  if (const auto item = label::parse_item_number(text))
    QM_CHECK(label::is_item_number(*item), "what was typed became an item number");
  static_cast<void>(custody::parse_scans_file(text));
  static_cast<void>(custody::parse_sightings_file(text));
  static_cast<void>(custody::parse_contract_file(text));
  return 0;
}
