// A document as PDF: A4, text shaped by Pango in every script, drawing by Cairo.
#pragma once

#include "ledger/base/result.h"
#include "scanner/paper/document.h"

#include <string>

namespace quarrymark::paper {

// The same document gives the same bytes on the same machine with the same fonts.
// kFailedPrecondition when no font here has a character of the document: the message names the
// package to install, because an empty box in a name would be worse than no document.
// kInvalidArgument for a label that breaks its rules, kInternal when Cairo gives up.
Result<std::string> to_pdf(const Document& document);

}  // namespace quarrymark::paper
