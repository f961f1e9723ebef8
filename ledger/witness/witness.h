// A witness: cosigns checkpoints of the logs it knows, each only when it continues the one it
// cosigned before (C2SP tlog-witness).
//
//   <dir>/name, key.pem                      identity.h; the key is of type 0x04
//   <dir>/logs/<hex SHA-256(origin)>/log     the origin, then the log's vkeys, one to a line
//   <dir>/logs/<hex SHA-256(origin)>/checkpoint   the latest cosigned note, cosignature and all
//   <dir>/evidence/                          evidence.h
//
// Checking the old size and keeping the new checkpoint happen under one lock, which other threads
// and processes respect, and the checkpoint is on the disk before the signature is returned: a
// witness that is killed at any moment never signs two trees of one size. Thread-safe.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/tiles/signed_checkpoint.h"
#include "ledger/witness/add_checkpoint.h"
#include "ledger/witness/evidence.h"
#include "ledger/witness/identity.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::witness {

// What a service answers; the numbers are the HTTP status codes of tlog-witness.
enum class Outcome : std::uint16_t {
  kCosigned = 200,
  kBadRequest = 400,  // no such request, or the old size is above the checkpoint's
  kNotSigned = 403,   // by no key known for that log, or wrongly
  kUnknownLog = 404,
  kOldSizeDiffers = 409,
  kNotConsistent = 422,  // the proof does not hold, or another root for the same size
};

struct Answer {
  Outcome outcome = Outcome::kBadRequest;
  // 200: the signature line; 409: the size of the latest cosigned checkpoint and a newline. For
  // the others empty.
  std::string body;
  std::string reason;      // of a refusal, for a person
  std::uint64_t size = 0;  // of the latest cosigned checkpoint, after this
  // The log signed two trees of one size: where the evidence is.
  std::optional<std::string> evidence;
};

// A log as a witness knows it.
struct KnownLog {
  tiles::LogIdentity log;
  std::optional<tiles::SignedCheckpoint> latest;  // cosigned by this witness
};

class Witness {
 public:
  static Result<Witness> create(const std::string& directory, std::string_view name);
  static Result<Witness> open(const std::string& directory);

  const note::VerifierKey& vkey() const { return identity_.vkey; }

  // Another key for a log that is known is added to its keys. kAlreadyExists: that one is there.
  Status add_log(const tiles::LogIdentity& log);
  Result<std::vector<KnownLog>> logs() const;  // ascending by origin
  // Null: unknown. kDataLoss: what is kept of it is damaged; then nothing is cosigned for it.
  Result<std::optional<KnownLog>> find_log(std::string_view origin) const;

  // Errors are the witness's own trouble (kIo, kDataLoss, …): a service answers 500.
  Result<Answer> add_checkpoint(std::string_view body, UtcTime now);
  Result<Answer> add_checkpoint(const AddCheckpoint& request, UtcTime now);

 private:
  Witness(std::string directory, Identity identity)
      : directory_(std::move(directory)), identity_(std::move(identity)) {}
  std::string log_directory(std::string_view origin) const;
  Result<Answer> judge(const AddCheckpoint& request, const tiles::SignedCheckpoint& opened,
                       const KnownLog& known, UtcTime now);
  Result<Answer> cosign(const tiles::SignedCheckpoint& opened, const KnownLog& known, UtcTime now);

  std::string directory_;
  Identity identity_;
};

}  // namespace quarrymark::witness
