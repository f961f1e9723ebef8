// A passport carried inside an HTML or PDF document: put in when the document is made, taken out
// when somebody checks it. What the document prints is never read.
//
// Place in the flow: `passport html` and `passport pdf` put the exact bytes in; every command that
// reads passports hands whatever file it was given to take_out first. The bytes that come out go
// to the passport parser like any others: nothing is trusted for where it was found.
//
// HTML: exactly one element that opens with kHtmlOpening; its text is padded base64 in canonical
// spelling, without white space. PDF: exactly one embedded file named kAttachmentName.
#pragma once

#include "ledger/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace quarrymark::carrier {

inline constexpr std::size_t kMaxFileBytes = 64u << 20;       // of a document
inline constexpr std::size_t kMaxPassportBytes = 16'777'216;  // taken out; as passport/packet.h
inline constexpr std::string_view kAttachmentName = "passport.json";
inline constexpr std::string_view kMediaType = "application/vnd.quarrymark.passport";
inline constexpr std::string_view kHtmlOpening =
    "<script type=\"application/vnd.quarrymark.passport\" data-encoding=\"base64\">";
inline constexpr std::string_view kHtmlClosing = "</script>";

enum class Format { kHtml, kPdf, kOther };
// By content alone: `%PDF-`, or `<!doctype` or `<html` after a byte order mark and white space.
Format format_of(std::string_view bytes);

// The passport inside a document; bytes of any other format are returned as they are, for the
// passport parser to judge. kMalformed: no passport inside, more than one, a damaged or locked
// document; kTooLarge: beyond the limits above.
Result<std::string> take_out(std::string bytes);
Result<std::string> take_out_of_html(std::string_view html);
Result<std::string> take_out_of_pdf(std::string_view pdf);

// The element that carries `passport` in an HTML document.
std::string html_element(std::string_view passport);

struct PdfDetails {
  std::string language;  // BCP 47, for the document as a whole
  std::string date;      // YYYY-MM-DD: dates in the file come from here, never from a clock
};
// `pdf` with the passport embedded. The same arguments give the same bytes. kInternal when `pdf`
// cannot be read back.
Result<std::string> put_into_pdf(std::string_view pdf, std::string_view passport,
                                 const PdfDetails& details);

}  // namespace quarrymark::carrier
