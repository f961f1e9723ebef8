// The two binary files of a tlog-tiles log.
//
//   tile          32-byte hashes, one after the other
//   entry bundle  entries, each with its length before it as a big-endian u16
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::tiles {

inline constexpr std::size_t kMaxEntryBytes = 65'535;
inline constexpr std::size_t kMaxBundleBytes = 256 * (2 + kMaxEntryBytes);

// The first `count` entries, views into `bytes`; exactly that many have to be there unless
// `more_allowed` (a full bundle read where a partial one was asked for). kMalformed names the
// entry, counting from 0 within the bundle.
Result<std::vector<std::string_view>> parse_bundle(std::string_view bytes, std::size_t count,
                                                   bool more_allowed = false);
// kTooLarge: the format knows no entry of more than 65,535 bytes.
Status append_entry(std::string& bundle, std::string_view entry);

// The same for the hashes of a tile. kMalformed with the sizes.
Result<std::vector<Hash>> parse_tile(std::string_view bytes, std::size_t count,
                                     bool more_allowed = false);
std::string write_tile(std::span<const Hash> hashes);

}  // namespace quarrymark::tiles
