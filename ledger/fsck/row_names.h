// What a derived row is, in words a person can act on. docs/storage_format.md has the bytes.
#pragma once

#include "ledger/store/store.h"

#include <string>
#include <string_view>

namespace quarrymark::fsck {

// "log 1, level 0, tile 3"; "open state of item K7…, event …, output 0".
std::string row_name(store::Table table, std::string_view key);

}  // namespace quarrymark::fsck
