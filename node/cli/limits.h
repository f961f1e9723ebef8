// How much of a file is ever read.
#pragma once

#include "api/check.h"
#include "ledger/base/result.h"

#include <cstddef>
#include <string>

namespace quarrymark::cli {

inline constexpr std::size_t kMaxTrustBytes = 1u << 20;
inline constexpr std::size_t kMaxContractBytes = 1u << 20;
inline constexpr std::size_t kMaxScansBytes = 16u << 20;
inline constexpr std::size_t kMaxPictureBytes = 64u << 20;
inline constexpr std::size_t kMaxEntryFileBytes = 64u << 20;  // of a foreign log

// A file with its name; "-" is standard input.
Result<api::NamedBytes> load(const std::string& path, std::size_t limit);
// A passport, as JSON or inside an HTML or PDF document (scanner/carrier). One that is too large
// is cut off, and then refused by its verifier; a document without exactly one is an error.
Result<api::NamedBytes> load_passport(const std::string& path);

}  // namespace quarrymark::cli
