// Reading the line-based texts of this folder: lines, decimal numbers, hashes in base64.
//
// Shared by the readers of the C2SP texts, here, in tiles and in witness. Everything has exactly
// one spelling.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace quarrymark::note {

// The lines of a text in which every line, the last one too, ends with a newline. kMalformed for
// a text that does not end so, and for an empty one.
Result<std::vector<std::string_view>> split_lines(std::string_view text);

// The pieces between single occurrences of `separator`; an empty text is one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);

// ASCII decimal without sign or leading zeros; nothing beyond 2^64−1.
std::optional<std::uint64_t> parse_decimal(std::string_view text);

// 44 characters of standard padded base64.
Result<Hash> parse_base64_hash(std::string_view text);

}  // namespace quarrymark::note
