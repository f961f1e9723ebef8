// The modules of a label's QR code: what both print formats draw.
#pragma once

#include "ledger/base/result.h"
#include "scanner/code/bit_matrix.h"
#include "scanner/label/label.h"

namespace quarrymark::print {

// Checks `module_pixels` as well, since every drawing starts here. Errors as in print.h.
Result<code::BitMatrix> matrix_of_label(const label::Label& label, int module_pixels);

}  // namespace quarrymark::print
