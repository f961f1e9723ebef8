// A log written out as files (C2SP tlog-tiles), for any web server or folder that is shared.
//
// Only what is new since the checkpoint in the directory is written; the new checkpoint goes last,
// when everything it covers is on the disk. Partial files of smaller trees stay until the full
// file is there, as readers of an older checkpoint may still ask for them.
#pragma once

#include "ledger/log/log.h"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace quarrymark::log {

struct TilesExport {
  std::uint64_t before = 0;              // entries in the directory so far
  std::uint64_t size = 0;                // now
  std::uint64_t tiles = 0, bundles = 0;  // written
};

using ExportProgress = std::function<void(std::uint64_t done, std::uint64_t total)>;

// `checkpoint` is a signed note of this log, whose size is what is written; it becomes the file
// `checkpoint`. kRefused: the directory holds another log, or more of this one than the log does.
Result<TilesExport> export_tiles(const Log& log, std::string_view checkpoint,
                                 const std::string& directory, const ExportProgress& progress = {});

}  // namespace quarrymark::log
