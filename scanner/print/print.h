// Labels as pictures: SVG for printing at any size, PNG for screens, sheets and tests.
//
// Place in the flow: `label make` and the demo call this with labels from scanner/label; the
// modules come from code::encode_qr. Everything returns bytes; whoever calls writes the file.
//
// A label is drawn as DESIGN §11 asks: QR code at error correction level H, version 4 or 5,
// 4 modules of quiet zone on every side, black on white.
#pragma once

#include "ledger/base/result.h"
#include "scanner/label/label.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace quarrymark::print {

inline constexpr int kQuietZone = 4;  // modules, what the QR standard asks for
inline constexpr int kDefaultModulePixels = 8;
inline constexpr int kMaxModulePixels = 100;
inline constexpr int kDefaultSheetColumns = 4;

// The code with the item number in groups of four and the serial under it as text.
// `module_pixels` gives the size at which a viewer first shows it. Errors: kInvalidArgument
// for a module size outside 1 to kMaxModulePixels or a label that breaks its rules.
Result<std::string> label_svg(const label::Label& label, int module_pixels = kDefaultModulePixels);

// The code alone, as 8-bit gray PNG. Errors as label_svg.
Result<std::vector<std::uint8_t>> label_png(const label::Label& label,
                                            int module_pixels = kDefaultModulePixels);

// Several labels in one PNG, row by row in the order given; each keeps its own quiet zone.
// kInvalidArgument also for no labels or no columns; kTooLarge when the picture would be
// larger than what read_codes accepts.
Result<std::vector<std::uint8_t>> sheet_png(std::span<const label::Label> labels,
                                            int columns = kDefaultSheetColumns,
                                            int module_pixels = kDefaultModulePixels);

}  // namespace quarrymark::print
