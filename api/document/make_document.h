// A report as sections of text, tables and pictures, without any drawing.
#pragma once

#include "api/document/document.h"
#include "scanner/paper/document.h"

#include <string_view>

namespace quarrymark::document {

// Rows beyond these are counted in a last line; the passport has them all.
inline constexpr std::size_t kMaxItemRows = 1000;
inline constexpr std::size_t kMaxCodes = 12;

paper::Document make_document(const custody::Report& report, const Presentation& presentation,
                              std::string_view passport);

}  // namespace quarrymark::document
