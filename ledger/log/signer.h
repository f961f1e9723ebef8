// Signs a checkpoint while the group it covers is being written.
//
// A signature takes about a fifth of the time of one durable write, so a single append would be
// that much slower with one after the other. The store gets the checkpoint with the next group,
// or when the log is closed; Ed25519 is deterministic, so one that was not stored when the
// machine stopped is made again, byte for byte, at the next open.
// start() and finish() alternate and are called by one thread at a time. One signer has one key;
// a rotation puts another signer in its place.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/result.h"
#include "ledger/crypto/key.h"

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace quarrymark::log {

class CheckpointSigner {
 public:
  CheckpointSigner(std::string origin, crypto::SigningKey key);
  ~CheckpointSigner();

  void start(std::uint64_t size, const Hash& root);
  // The signed note of what was started; waits for it.
  Result<std::string> finish();

 private:
  struct Task {
    std::uint64_t size = 0;
    Hash root{};
  };
  void run();

  const std::string origin_;
  const crypto::SigningKey key_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Task> task_;                 // waits to be signed
  std::optional<Result<std::string>> note_;  // waits to be fetched
  bool stopping_ = false;
  std::thread thread_;  // last: it uses the others
};

}  // namespace quarrymark::log
