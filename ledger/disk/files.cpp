#include "ledger/disk/files.h"

#include "ledger/base/text.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace quarrymark::disk {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> system_error(std::string_view what, const std::string& path) {
  const int number = errno;
  const bool full = number == ENOSPC || number == EDQUOT;
  return fail(full ? Errc::kResourceExhausted : Errc::kIo,
              cat(what, " ", path, ": ", std::generic_category().message(number)));
}

std::string directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return slash == 0 ? "/" : path.substr(0, slash);
}

Status sync_directory(const std::string& path) {
  const Descriptor directory(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0 || ::fsync(directory.get()) != 0)
    return system_error("cannot sync the directory", path);
  return {};
}

Status write_all(int file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Status write_file(const std::string& path, std::string_view bytes, unsigned mode, bool sync) {
  const Descriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode)));
  if (file.get() < 0) return system_error("cannot write", path);
  QM_TRY_VOID(write_all(file.get(), bytes, path));
  if (sync && ::fsync(file.get()) != 0) return system_error("cannot write", path);
  return {};
}

Status put(const std::string& path, std::string_view bytes, unsigned mode, bool sync) {
  // Unlike any other writer's, and unlike that of a process of this number that was killed.
  static std::atomic<std::uint64_t> counter{0};
  struct timespec now {};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  const std::string temporary =
      cat(path, ".", static_cast<std::int64_t>(::getpid()), "-",
          static_cast<std::int64_t>(now.tv_nsec), "-", counter++, ".part");
  Status written = write_file(temporary, bytes, mode, sync);
  if (written && ::rename(temporary.c_str(), path.c_str()) != 0)
    written = system_error("cannot write", path);
  if (!written) {
    ::unlink(temporary.c_str());
    return written;
  }
  if (sync) QM_TRY_VOID(sync_directory(directory_of(path)));
  return {};
}

}  // namespace

Result<std::optional<std::string>> read_file(const std::string& path, std::size_t limit) {
  // Not blocking, so that a pipe is noticed instead of waited for.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::optional<std::string>();
  struct stat found {};
  if (file.get() < 0 || ::fstat(file.get(), &found) != 0) return system_error("cannot read", path);
  if (!S_ISREG(found.st_mode)) return fail(Errc::kIo, cat(path, " is no regular file"));
  std::string bytes;
  bytes.reserve(std::min(limit, static_cast<std::size_t>(found.st_size)) + 1);
  std::array<char, 1u << 16> chunk;
  while (bytes.size() <= limit) {
    const std::size_t wanted = std::min(chunk.size(), limit + 1 - bytes.size());
    const ssize_t count = ::read(file.get(), chunk.data(), wanted);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("cannot read", path);
    if (count == 0) return std::optional<std::string>(std::move(bytes));
    bytes.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return fail(Errc::kTooLarge, cat(path, ": expected at most ", limit, " bytes, got more"));
}

Status replace_durably(const std::string& path, std::string_view bytes, unsigned mode) {
  return put(path, bytes, mode, true);
}

Status replace(const std::string& path, std::string_view bytes) {
  return put(path, bytes, 0644, false);
}

Status sync_file_system(const std::string& path) {
  const Descriptor any(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (any.get() < 0 || ::syncfs(any.get()) != 0)
    return system_error("cannot sync the disk that holds", path);
  return {};
}

Status make_directory(const std::string& path, unsigned mode) {
  if (path.empty() || exists(path)) return {};
  const std::string parent = directory_of(path);
  QM_TRY_VOID(make_directory(parent));
  if (::mkdir(path.c_str(), static_cast<mode_t>(mode)) != 0 && errno != EEXIST)
    return system_error("cannot make the directory", path);
  return sync_directory(parent);
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

}  // namespace quarrymark::disk
