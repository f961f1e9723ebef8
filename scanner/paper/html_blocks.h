// The parts of a document as HTML; used by html.cpp alone.
#pragma once

#include "ledger/base/result.h"
#include "scanner/paper/document.h"

#include <string>

namespace quarrymark::paper {

std::string sign_html(const Sign& sign, bool large);
std::string lines_html(const Lines& lines);
Result<std::string> block_html(const Block& block);

}  // namespace quarrymark::paper
