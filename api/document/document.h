// A report as a document that carries the passport it is about. DESIGN.md §8: what a document
// prints is marked "stated by {presenter}"; a check is the reader's own.
#pragma once

#include "api/words/words.h"
#include "ledger/base/result.h"
#include "ledger/judge/verdict.h"

#include <string>
#include <string_view>

namespace quarrymark::document {

struct Presentation {
  words::Language language = words::Language::kEnglish;
  std::string presenter;       // empty: whoever hands the file over
  std::string label_host;      // upper case; of the printed codes
  bool asks_witnesses = true;  // the trust file has a quorum
};

// `passport` is carried byte for byte. The same arguments give the same bytes (the PDF: with the
// same fonts). Errors as paper::to_html and paper::to_pdf.
Result<std::string> html_of(const custody::Report& report, const Presentation& presentation,
                            std::string_view passport);
Result<std::string> pdf_of(const custody::Report& report, const Presentation& presentation,
                           std::string_view passport);

}  // namespace quarrymark::document
