// The parts of a document on pages; used by pdf.cpp alone.
#pragma once

#include "ledger/base/result.h"
#include "scanner/paper/pages.h"

namespace quarrymark::paper {

void draw_sign(Canvas& canvas, const Sign& sign, double x, double y, double side);
void draw_lines(Pages& pages, const Lines& lines, double x, double width, double size);
Status draw_block(Pages& pages, const Block& block);

}  // namespace quarrymark::paper
