#include "ledger/base/text.h"
#include "scanner/carrier/carrier.h"

#include <algorithm>

namespace quarrymark::carrier {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// `text` begins with `start`, which is in lower case.
bool begins(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(),
                    [](char expected, char got) { return expected == lower(got); });
}

}  // namespace

Format format_of(std::string_view bytes) {
  if (bytes.starts_with("%PDF-")) return Format::kPdf;
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  const std::size_t first = bytes.find_first_not_of(" \t\r\n\f");
  if (first != bytes.npos) bytes.remove_prefix(first);
  if (begins(bytes, "<!doctype") || begins(bytes, "<html")) return Format::kHtml;
  return Format::kOther;
}

Result<std::string> take_out(std::string bytes) {
  const Format format = format_of(bytes);
  if (format == Format::kOther) return bytes;
  if (bytes.size() > kMaxFileBytes)
    return fail(Errc::kTooLarge, cat("a document may have at most ", kMaxFileBytes, " bytes"));
  return format == Format::kHtml ? take_out_of_html(bytes) : take_out_of_pdf(bytes);
}

}  // namespace quarrymark::carrier
