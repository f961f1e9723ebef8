#include "node/cli/progress.h"

#include "ledger/base/text.h"

#include <chrono>
#include <cstdio>
#include <unistd.h>

namespace quarrymark::cli {
namespace {

using namespace std::chrono_literals;
constexpr auto kQuietFor = 1s;
constexpr auto kRedrawEvery = 200ms;

void put(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stderr); }

}  // namespace

Progress::Progress(const Output& output, std::string label) : label_(std::move(label)) {
  if (!output.quiet() && ::isatty(STDERR_FILENO)) thread_ = std::thread([this] { run(); });
}

Progress::~Progress() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  thread_.join();
  if (drawn_) put("\r\x1b[K");
}

void Progress::update(std::uint64_t done, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  done_ = done;
  total_ = total;
}

void Progress::relabel(std::string label) {
  const std::lock_guard lock(mutex_);
  label_ = std::move(label);
}

void Progress::run() {
  const auto start = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  if (changed_.wait_for(lock, kQuietFor, [this] { return stop_; })) return;
  while (!stop_) {
    std::string line = cat("\r\x1b[K", label_);
    if (total_ > 0) {
      line += cat(": ", done_, " of ", total_);
    } else {
      const auto passed = std::chrono::steady_clock::now() - start;
      line += cat(" … ", std::chrono::duration_cast<std::chrono::seconds>(passed).count(), " s");
    }
    put(line);
    drawn_ = true;
    changed_.wait_for(lock, kRedrawEvery, [this] { return stop_; });
  }
}

}  // namespace quarrymark::cli
