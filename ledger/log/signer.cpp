#include "ledger/log/signer.h"

#include "ledger/note/checkpoint.h"

#include <utility>

namespace quarrymark::log {

CheckpointSigner::CheckpointSigner(std::string origin, crypto::SigningKey key)
    : origin_(std::move(origin)), key_(std::move(key)), thread_([this] { run(); }) {}

CheckpointSigner::~CheckpointSigner() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void CheckpointSigner::start(std::uint64_t size, const Hash& root) {
  {
    std::lock_guard lock(mutex_);
    QM_CHECK(!task_ && !note_, "one checkpoint is signed at a time");
    task_ = Task{size, root};
  }
  changed_.notify_all();
}

Result<std::string> CheckpointSigner::finish() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return note_.has_value(); });
  return *std::exchange(note_, std::nullopt);
}

void CheckpointSigner::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return task_ || stopping_; });
    if (!task_) return;
    const Task task = *task_;
    lock.unlock();
    auto note = note::sign_checkpoint(origin_, task.size, task.root, key_);
    lock.lock();
    task_.reset();
    note_ = std::move(note);
    changed_.notify_all();
  }
}

}  // namespace quarrymark::log
