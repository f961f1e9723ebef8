// One writer at a time in a directory, across threads and processes. The system lets go of the
// lock when the process ends, however it ends.
#pragma once

#include "ledger/base/result.h"

#include <string>

namespace quarrymark::disk {

class DirectoryLock {
 public:
  // Waits for whoever holds it. kIo.
  static Result<DirectoryLock> take(const std::string& directory);
  ~DirectoryLock();
  DirectoryLock(DirectoryLock&& other) noexcept;
  DirectoryLock(const DirectoryLock&) = delete;
  DirectoryLock& operator=(const DirectoryLock&) = delete;

 private:
  explicit DirectoryLock(int file) : file_(file) {}
  int file_;
};

}  // namespace quarrymark::disk
