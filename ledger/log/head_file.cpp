#include "ledger/log/head_file.h"

#include "ledger/base/text.h"
#include "ledger/note/signed_note.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace quarrymark::log {
namespace {

tl::unexpected<Error> io_error(std::string_view what, const std::string& path) {
  return fail(Errc::kIo, cat("cannot ", what, " the head file ", path, ": ", std::strerror(errno)));
}

// The checkpoint in one slot, or nullopt for anything that none of the keys signed.
std::optional<note::Checkpoint> read_slot(std::string_view slot,
                                          std::span<const note::VerifierKey> keys) {
  slot = slot.substr(0, slot.find('\0'));
  const auto signed_note = note::parse_note(slot);
  if (!signed_note || !note::verify_note(*signed_note, keys)) return std::nullopt;
  auto checkpoint = note::parse_checkpoint(signed_note->text);
  if (!checkpoint || keys.empty() || checkpoint->origin != keys.front().name) return std::nullopt;
  return std::move(*checkpoint);
}

// A new file must be found again after a power failure: its directory entry is synced too.
Status sync_directory_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int file = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return io_error("open the directory of", path);
  const bool good = ::fsync(file) == 0;
  const int problem = errno;
  ::close(file);
  errno = problem;
  if (!good) return io_error("sync the directory of", path);
  return {};
}

}  // namespace

Result<HeadFile> HeadFile::open(const std::string& path) {
  const bool existed = ::access(path.c_str(), F_OK) == 0;
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (file < 0) return io_error("open", path);
  HeadFile head(path, file);
  if (!existed) QM_TRY_VOID(sync_directory_of(path));
  return head;
}

HeadFile::HeadFile(HeadFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      next_slot_(other.next_slot_) {}

HeadFile::~HeadFile() {
  if (file_ < 0) return;
  ::fsync(file_);  // best effort: falling behind is allowed
  ::close(file_);
}

Result<std::optional<note::Checkpoint>> HeadFile::read(std::span<const note::VerifierKey> keys) {
  std::array<std::optional<note::Checkpoint>, 2> slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    std::array<char, kHeadSlotBytes> bytes{};
    const auto offset = static_cast<off_t>(i * kHeadSlotBytes);
    const ssize_t got = ::pread(file_, bytes.data(), bytes.size(), offset);
    if (got < 0) return io_error("read", path_);
    slots[i] = read_slot({bytes.data(), static_cast<std::size_t>(got)}, keys);
  }
  if (slots[0] && slots[1] && slots[0]->size == slots[1]->size && slots[0]->root != slots[1]->root)
    return fail(Errc::kDataLoss,
                cat("the head file ", path_, " holds two signed checkpoints of size ",
                    slots[0]->size, " with different roots: a split history"));
  const bool first_is_newest = slots[0] && (!slots[1] || slots[0]->size > slots[1]->size);
  next_slot_ = first_is_newest ? 1 : 0;
  return std::move(slots[first_is_newest ? 0 : 1]);
}

Status HeadFile::write(std::string_view signed_note) {
  if (signed_note.size() >= kHeadSlotBytes)
    return fail(Errc::kTooLarge, cat("a checkpoint of ", signed_note.size(), " bytes does not fit ",
                                     "the head file ", path_));
  std::array<char, kHeadSlotBytes> bytes{};
  std::memcpy(bytes.data(), signed_note.data(), signed_note.size());
  const auto offset = static_cast<off_t>(next_slot_ * kHeadSlotBytes);
  const ssize_t written = ::pwrite(file_, bytes.data(), bytes.size(), offset);
  if (written != static_cast<ssize_t>(bytes.size())) {
    if (written >= 0) errno = ENOSPC;
    return io_error("write", path_);
  }
  next_slot_ ^= 1;
  return {};
}

Status HeadFile::sync() {
  if (::fsync(file_) != 0) return io_error("sync", path_);
  return {};
}

}  // namespace quarrymark::log
