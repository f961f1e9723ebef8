#include "scanner/print/matrix_of_label.h"

#include "ledger/base/text.h"
#include "scanner/code/code.h"
#include "scanner/print/print.h"

namespace quarrymark::print {

Result<code::BitMatrix> matrix_of_label(const label::Label& label, int module_pixels) {
  if (module_pixels < 1 || module_pixels > kMaxModulePixels)
    return fail(Errc::kInvalidArgument, cat("module size: expected 1 to ", kMaxModulePixels,
                                            " pixels, got ", module_pixels));
  QM_TRY(const std::string text, label::write_label(label));
  return code::encode_qr(text);
}

}  // namespace quarrymark::print
