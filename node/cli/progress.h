// A line on the terminal for anything that takes over a second, gone when it is done. Silent when
// standard error is no terminal, or with --quiet.
#pragma once

#include "node/cli/output.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

namespace quarrymark::cli {

class Progress {
 public:
  Progress(const Output& output, std::string label);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // "label: 140 of 212"; thread-safe. Without a call the seconds are shown.
  void update(std::uint64_t done, std::uint64_t total);
  void relabel(std::string label);

 private:
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::string label_;
  std::uint64_t done_ = 0, total_ = 0;
  bool stop_ = false, drawn_ = false;
  std::thread thread_;
};

}  // namespace quarrymark::cli
