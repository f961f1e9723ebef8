// Finding every code in one picture, not only the first few.
//
// Place in the flow: read_codes runs this once for each pass. ZXing looks for QR codes as
// triples of finder patterns, nearest ones first, and gives up after a fixed number of
// triples. Where labels lie side by side, most near triples belong to different labels: of
// twenty labels on a sheet it reads one or two. So whatever was found is painted over and the
// picture read again, and then window by window, each just large enough for a few codes.
#pragma once

#include "scanner/code/code.h"

#include <vector>

namespace quarrymark::code {

// How light is told from dark.
enum class Threshold { kLocal, kGlobal };

// Where the search starts: from the whole picture, or from overlapping windows of a third of
// its longer side, for pictures so full of codes that the whole gives none.
enum class Start { kWhole, kWindows };

// Corners are pixels of `picture`; `pass` stays empty, in no particular order. May throw what
// ZXing throws.
std::vector<CodeFound> find_all_codes(const GrayPicture& picture, Threshold threshold, Start start);

}  // namespace quarrymark::code
