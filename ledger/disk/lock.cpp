#include "ledger/disk/lock.h"

#include "ledger/base/text.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace quarrymark::disk {

Result<DirectoryLock> DirectoryLock::take(const std::string& directory) {
  const std::string path = directory + "/lock";
  DirectoryLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (lock.file_ < 0)
    return fail(Errc::kIo, cat("cannot open ", path, ": ", std::generic_category().message(errno)));
  while (::flock(lock.file_, LOCK_EX) != 0)
    if (errno != EINTR)
      return fail(Errc::kIo,
                  cat("cannot lock ", path, ": ", std::generic_category().message(errno)));
  return lock;
}

DirectoryLock::DirectoryLock(DirectoryLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)) {}

DirectoryLock::~DirectoryLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace quarrymark::disk
