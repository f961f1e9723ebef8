// Plain files that must survive a crash.
//
// A file is written beside its place, and renamed: whoever reads sees the old bytes or the new
// ones. What is durable is said by name, because a directory full of tiles need not be synced
// file by file.
#pragma once

#include "ledger/base/result.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace quarrymark::disk {

// The bytes of a regular file; nullopt: there is none. kTooLarge beyond `limit`, noticed after one
// byte more. kIo: cannot be read, or is a directory, a pipe or a device.
Result<std::optional<std::string>> read_file(const std::string& path, std::size_t limit);

// Replaces what is at `path`. Durable when it returns, its directory entry too. `mode` as for open.
Status replace_durably(const std::string& path, std::string_view bytes, unsigned mode = 0644);

// The same without waiting for the disk: sync_file_system makes it durable.
Status replace(const std::string& path, std::string_view bytes);
// Everything written so far to the file system that holds `path`.
Status sync_file_system(const std::string& path);

// Makes `path` and what leads to it, durably. kIo.
Status make_directory(const std::string& path, unsigned mode = 0755);

bool exists(const std::string& path);

}  // namespace quarrymark::disk
