// The last signed checkpoint of a log, kept outside the store, so that a store which silently
// lost its end (a torn log file, an old copy put back) is noticed at the next open.
//
// The file has two slots of fixed size, written in turn, each holding one signed note padded
// with zero bytes: a crash while one is written leaves the other. The signature tells a whole
// slot from a torn one. Writing does not fsync: the file may fall behind after a power failure,
// never ahead, because it is written only when the group is durable. Not thread-safe.
#pragma once

#include "ledger/base/result.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/vkey.h"

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace quarrymark::log {

inline constexpr std::size_t kHeadSlotBytes = 1024;

class HeadFile {
 public:
  // Opens or creates the file. kIo.
  static Result<HeadFile> open(const std::string& path);
  HeadFile(HeadFile&&) noexcept;
  HeadFile& operator=(HeadFile&&) = delete;
  ~HeadFile();  // fsyncs

  // The newest checkpoint in the file that one of the log's keys signed; nullopt when the file is
  // new or holds nothing readable. kDataLoss when its slots show one size with two roots.
  Result<std::optional<note::Checkpoint>> read(std::span<const note::VerifierKey> keys);

  // Overwrites the older slot.
  Status write(std::string_view signed_note);
  Status sync();

 private:
  HeadFile(std::string path, int file) : path_(std::move(path)), file_(file) {}

  std::string path_;
  int file_ = -1;
  unsigned next_slot_ = 0;
};

}  // namespace quarrymark::log
