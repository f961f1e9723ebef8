// No HTML parser: one string is looked for, and a file in which it could be read in two ways is
// refused. So a comment, an attribute or a second element cannot show one passport to us and
// another to a browser.
#include "ledger/base/bytes.h"
#include "ledger/base/text.h"
#include "scanner/carrier/carrier.h"

namespace quarrymark::carrier {
namespace {

// `word` is in lower case.
std::size_t count_ignoring_case(std::string_view text, std::string_view word) {
  const auto same = [](char got, char expected) {
    return got == expected || (got >= 'A' && got <= 'Z' && got - 'A' + 'a' == expected);
  };
  std::size_t count = 0;
  for (std::size_t at = 0; at + word.size() <= text.size(); ++at) {
    std::size_t i = 0;
    while (i < word.size() && same(text[at + i], word[i])) ++i;
    count += i == word.size();
  }
  return count;
}

}  // namespace

std::string html_element(std::string_view passport) {
  return cat(kHtmlOpening, base64_encode(as_bytes(passport)), kHtmlClosing);
}

Result<std::string> take_out_of_html(std::string_view html) {
  const std::size_t named = count_ignoring_case(html, kMediaType);
  if (named == 0) return fail(Errc::kMalformed, "no passport is inside this HTML file");
  if (named > 1)
    return fail(Errc::kMalformed, cat("expected one passport inside this HTML file, got ", named));
  const std::size_t opening = html.find(kHtmlOpening);
  if (opening == html.npos)
    return fail(Errc::kMalformed,
                cat("the passport inside this HTML file does not open with ", kHtmlOpening));
  const std::size_t begin = opening + kHtmlOpening.size();
  const std::size_t end = html.find('<', begin);
  if (end == html.npos || !html.substr(end).starts_with(kHtmlClosing))
    return fail(Errc::kMalformed,
                cat("the passport inside this HTML file does not end with ", kHtmlClosing));
  const std::string_view text = html.substr(begin, end - begin);
  // Four characters for three bytes.
  if (text.size() / 4 * 3 > kMaxPassportBytes + 2)
    return fail(Errc::kTooLarge, cat("the passport inside this HTML file is larger than ",
                                     kMaxPassportBytes, " bytes"));
  auto bytes = base64_decode(text);
  if (!bytes)
    return fail(Errc::kMalformed,
                cat("the passport inside this HTML file is not base64: ", bytes.error().message));
  return std::move(*bytes);
}

}  // namespace quarrymark::carrier
