#include "ledger/base/text.h"
#include "scanner/code/code.h"

#define ZX_USE_UTF8 1
#include <ZXing/BitMatrix.h>
#include <ZXing/MultiFormatWriter.h>

#include <exception>

namespace quarrymark::code {
namespace {

// ZXing's scale from 0 to 8, of which 7 and 8 mean level H.
constexpr int kLevelH = 8;

}  // namespace

Result<BitMatrix> encode_qr(std::string_view text) {
  if (text.empty() || !is_valid_utf8(text))
    return fail(Errc::kInvalidArgument,
                cat("QR code: expected UTF-8 text, got ", quoted_for_message(text)));
  try {
    ZXing::MultiFormatWriter writer(ZXing::BarcodeFormat::QRCode);
    writer.setMargin(0).setEccLevel(kLevelH);
    // Size 0 asks for one pixel a module.
    const ZXing::BitMatrix drawn = writer.encode(std::string(text), 0, 0);
    BitMatrix matrix(drawn.width());
    for (int y = 0; y < drawn.height(); ++y)
      for (int x = 0; x < drawn.width(); ++x) matrix.set_dark(x, y, drawn.get(x, y));
    return matrix;
  } catch (const std::exception& error) {
    return fail(Errc::kTooLarge,
                cat("QR code: ", text.size(), " bytes do not fit at error correction level H (",
                    error.what(), ")"));
  }
}

}  // namespace quarrymark::code
