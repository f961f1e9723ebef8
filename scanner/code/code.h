// QR codes from text, and codes out of pictures. The only folder that knows ZXing.
//
// Place in the flow: `print` draws what encode_qr returns; `label read` and the demo hand
// pictures to read_codes and the contents found to label::parse_label. A content is text from a
// stranger: it is reported, never opened.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "scanner/code/bit_matrix.h"
#include "scanner/code/picture.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::code {

// A QR code of `text` at error correction level H, in the smallest version that holds it, in
// alphanumeric mode whenever the text allows. kInvalidArgument for empty text or text that is
// not UTF-8, kTooLarge when no version holds it.
Result<BitMatrix> encode_qr(std::string_view text);

enum class Symbology { kQr, kDataMatrix, kCode128 };
// "qr", "data_matrix", "code_128"
std::string_view symbology_name(Symbology symbology);

struct Corner {
  int x = 0;
  int y = 0;
  bool operator==(const Corner&) const = default;
};

struct CodeFound {
  std::string content;  // UTF-8
  Symbology symbology = Symbology::kQr;
  std::array<Corner, 4> corners;  // pixels of the picture; clockwise from the code's own top left
  std::string_view pass;          // the name of the pass that found it, from pass_names()
};

// The passes in the order in which they are tried.
std::vector<std::string_view> pass_names();

// All codes that the first successful pass finds, row by row as a person reads; empty
// when no pass finds any. A picture without a code is not an error here.
Result<std::vector<CodeFound>> read_codes(const GrayPicture& picture);

// The same for the bytes of a PNG or JPEG file, and for such a file. Errors as in picture.h;
// `name` stands in messages only.
Result<std::vector<CodeFound>> read_codes(ByteSpan file, const std::string& name);
Result<std::vector<CodeFound>> read_codes_in_file(const std::string& path);

}  // namespace quarrymark::code
