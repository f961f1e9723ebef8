// Whole files in and out: never more than a limit is read, and nobody ever sees half a file.
#pragma once

#include "ledger/base/result.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace quarrymark::files {

// The bytes of `path`, "-" for standard input. kTooLarge beyond `limit` bytes, noticed after
// reading one byte more, so that an endless pipe costs no memory. kNotFound, kIo.
Result<std::string> read(const std::string& path, std::size_t limit);

// As read, but what goes beyond `limit` is cut off after one byte more: for files whose reader
// judges the size itself.
Result<std::string> read_at_most(const std::string& path, std::size_t limit);

enum class Existing { kRefuse, kReplace };

// Writes beside `path` and renames, so that the file is there whole or not at all; synced before
// the rename. kAlreadyExists with kRefuse, also when somebody made the file meanwhile. kIo.
Status write(const std::string& path, std::string_view bytes, Existing existing);

// Makes `path` and what leads to it. kIo.
Status make_directory(const std::string& path);

// True when nothing is at `path`, or an empty directory.
bool is_free(const std::string& path);

// The directory of the running program; empty when the system does not say.
std::string program_directory();

}  // namespace quarrymark::files
