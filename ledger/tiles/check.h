// Whole-log verification of any tlog-tiles log: the checkpoint's signature, every tile against
// the one below and the one above, every entry against its leaf hash, the root.
//
// A file that is wrong is told from its neighbours that are right: what leads to the hash above is
// right, so an altered bundle, tile and checkpoint are each named themselves. What entries say is
// the business of an EntryAudit. Reads only.
#pragma once

#include "ledger/tiles/problems.h"
#include "ledger/tiles/signed_checkpoint.h"
#include "ledger/tiles/source.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::tiles {

// Looks at the entries of one stretch, in order.
class RangeAudit {
 public:
  virtual ~RangeAudit() = default;
  virtual void entry(std::uint64_t index, std::string_view bytes, const Hash& leaf,
                     Problems& problems) = 0;
  virtual void unreadable(std::uint64_t begin, std::uint64_t end) = 0;  // reported already
};

// Looks at what the entries of a log say. Stretches are looked at in parallel.
class EntryAudit {
 public:
  virtual ~EntryAudit() = default;
  virtual std::unique_ptr<RangeAudit> start(std::uint64_t begin, std::uint64_t end) = 0;
  // What no stretch can see alone; all of them, in order.
  virtual void finish(std::span<const std::unique_ptr<RangeAudit>> ranges, Problems& problems) = 0;
};

struct CheckOptions {
  unsigned threads = 1;
  EntryAudit* audit = nullptr;
  std::function<void(std::uint64_t done, std::uint64_t total)> progress;  // may be empty
};

struct CheckReport {
  std::string origin, checkpoint;     // the note; empty when it could not be used
  std::uint64_t entries = 0;          // that the checkpoint covers
  Hash root{};                        // of the checkpoint
  std::uint64_t files = 0;            // tiles and bundles looked at
  std::vector<std::string> problems;  // "tile/0/003: …", empty: everything holds
  // Files that nobody could be got to answer for. The log may be sound all the same.
  std::vector<std::string> unanswered;
};

// kIo, kNotFound: the checkpoint cannot be read at all. Damage is in `problems`, not an error.
Result<CheckReport> check_log(const TileSource& source, const LogIdentity& log,
                              const CheckOptions& options);

}  // namespace quarrymark::tiles
