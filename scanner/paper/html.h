// A document as one HTML file: self-contained, without scripts, for screens and for printing.
#pragma once

#include "ledger/base/result.h"
#include "scanner/paper/document.h"

#include <string>
#include <string_view>

namespace quarrymark::paper {

// `carried` is put into the body as it is: an element that a browser neither shows nor runs.
// Everything else is escaped. kInvalidArgument for a label that breaks its rules.
Result<std::string> to_html(const Document& document, std::string_view carried);

// The style sheet, and the source expression by which the file's content security policy allows
// that one and no other; tests hold them together.
std::string_view style_sheet();
std::string_view style_source();

// Text for an element or a quoted attribute: & < > " ' escaped, what no XML may hold replaced.
std::string escaped(std::string_view text);

}  // namespace quarrymark::paper
