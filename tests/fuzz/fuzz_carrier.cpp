// HTML and PDF documents from anybody: what is taken out, and that nothing else happens.
#include "ledger/base/bytes.h"
#include "scanner/carrier/carrier.h"

#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  static_cast<void>(carrier::take_out_of_pdf(bytes));
  const auto taken = carrier::take_out_of_html(bytes);
  if (!taken) return 0;
  // One spelling: the element that carries these bytes stands in the file as we would write it.
  QM_CHECK(bytes.find(carrier::html_element(*taken)) != bytes.npos, "an element has one spelling");
  return 0;
}
