// What the benchmarks append: a typical event, an extract with six fields and one output, built
// as the product builds it.
#pragma once

#include "ledger/log/log.h"

#include <cstdint>
#include <string>
#include <vector>

namespace quarrymark::bench {

// Builds the head, its seven disclosures (salts, JSON, base64url, digests) and an idempotency key.
log::Prepared make_event(const std::string& origin, std::uint64_t number);
std::vector<log::Prepared> make_events(const std::string& origin, std::uint64_t first,
                                       std::size_t count);

// Admits everything: the cost of a real guard is not the log's.
class OpenGuard final : public log::Guard {
 public:
  Status admit(log::LogNumber, const log::Prepared&, std::uint64_t, UtcTime,
               store::Batch&) override {
    return {};
  }
};

// A directory that is emptied when it goes out of scope.
class ScratchDirectory {
 public:
  explicit ScratchDirectory(const std::string& parent);
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

// A new ledger with one empty log in a scratch directory.
class ScratchLog {
 public:
  ScratchLog(const std::string& parent, const crypto::SigningKey& key,
             log::Journal* journal = nullptr);
  log::Log& log() { return *log_; }
  store::Store& store() { return *store_; }

 private:
  ScratchDirectory directory_;
  ManualClock clock_{UtcTime{1'772'442'843'120}};
  OpenGuard guard_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<log::Log> log_;
};

// Stops the program: a benchmark has nothing to fall back on.
[[noreturn]] void give_up(const Error& error);
template <class T>
T value_of(Result<T> result) {
  if (!result) give_up(result.error());
  if constexpr (!std::is_void_v<T>) return std::move(*result);
}

}  // namespace quarrymark::bench
