#include "node/files/files.h"

#include "ledger/base/text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace quarrymark::files {
namespace {

constexpr std::size_t kChunk = 1u << 16;

// Closes what it holds, unless that is standard input.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ > STDERR_FILENO) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> system_error(std::string_view what, const std::string& path) {
  const int number = errno;
  const std::string reason = std::generic_category().message(number);
  if (number == ENOENT) return fail(Errc::kNotFound, cat(path, ": no such file"));
  if (number == ENOSPC || number == EDQUOT)
    return fail(Errc::kResourceExhausted, cat(what, " ", path, ": ", reason));
  return fail(Errc::kIo, cat(what, " ", path, ": ", reason));
}

Status write_all(int descriptor, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Status put_in_place(const std::string& temporary, const std::string& path, Existing existing) {
  if (existing == Existing::kReplace) {
    if (::rename(temporary.c_str(), path.c_str()) != 0) return system_error("cannot write", path);
    return {};
  }
  // A link, unlike a rename, refuses to replace what somebody else made meanwhile.
  if (::link(temporary.c_str(), path.c_str()) != 0) {
    if (errno == EEXIST)
      return fail(Errc::kAlreadyExists, cat(path, " exists already; --force replaces it"));
    // Some file systems know no links; then the look beforehand has to do.
    return put_in_place(temporary, path, Existing::kReplace);
  }
  ::unlink(temporary.c_str());
  return {};
}

}  // namespace

Result<std::string> read_at_most(const std::string& path, std::size_t limit) {
  const bool standard_input = path == "-";
  Descriptor file(standard_input ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.get() < 0) return system_error("cannot read", path);
  std::string bytes;
  std::array<char, kChunk> chunk;
  while (bytes.size() <= limit) {
    const std::size_t wanted = std::min(chunk.size(), limit + 1 - bytes.size());
    const ssize_t count = ::read(file.get(), chunk.data(), wanted);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return system_error("cannot read", standard_input ? "standard input" : path);
    if (count == 0) break;
    bytes.append(chunk.data(), static_cast<std::size_t>(count));
  }
  return bytes;
}

Result<std::string> read(const std::string& path, std::size_t limit) {
  QM_TRY(std::string bytes, read_at_most(path, limit));
  if (bytes.size() > limit)
    return fail(Errc::kTooLarge, cat(path == "-" ? "standard input" : path, ": expected at most ",
                                     limit, " bytes, got more"));
  return bytes;
}

Status write(const std::string& path, std::string_view bytes, Existing existing) {
  struct stat found {};
  if (existing == Existing::kRefuse && ::lstat(path.c_str(), &found) == 0)
    return fail(Errc::kAlreadyExists, cat(path, " exists already; --force replaces it"));
  const std::string temporary = cat(path, ".", static_cast<std::int64_t>(::getpid()), ".part");
  {
    Descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file.get() < 0) {
      if (errno == ENOENT)
        return fail(Errc::kNotFound, cat("cannot write ", path, ": no such directory"));
      return system_error("cannot write", path);
    }
    Status written = write_all(file.get(), bytes, path);
    if (written && ::fsync(file.get()) != 0) written = system_error("cannot write", path);
    if (!written) {
      ::unlink(temporary.c_str());
      return written;
    }
  }
  Status placed = put_in_place(temporary, path, existing);
  if (!placed) ::unlink(temporary.c_str());
  return placed;
}

Status make_directory(const std::string& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error) return fail(Errc::kIo, cat("cannot make directory ", path, ": ", error.message()));
  return {};
}

bool is_free(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::symlink_status(path, error);
  if (status.type() == std::filesystem::file_type::not_found) return true;
  return std::filesystem::is_directory(path, error) && std::filesystem::is_empty(path, error) &&
         !error;
}

std::string program_directory() {
  std::error_code error;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", error);
  return error ? std::string() : program.parent_path().string();
}

}  // namespace quarrymark::files
