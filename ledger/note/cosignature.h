// Witness cosignatures, Ed25519 (C2SP tlog-cosignature, signature type 0x04).
//
// The signature is an 8-byte big-endian POSIX time and an Ed25519 signature over
//   cosignature/v1\n time <POSIX seconds>\n <checkpoint text>
// It says that, at that time, this was the largest consistent tree the witness had seen of that
// log.
#pragma once

#include "ledger/base/clock.h"
#include "ledger/note/signed_note.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark::note {

inline constexpr std::uint64_t kMaxCosignatureTime = (std::uint64_t{1} << 63) - 1;

// kMalformed when `checkpoint_text` is not a checkpoint or `name` no key name; kInvalidArgument
// for time 0 (a witness always states one) and beyond 2^63−1.
Result<NoteSignature> make_cosignature(std::string_view checkpoint_text,
                                       std::uint64_t posix_seconds, std::string_view name,
                                       const crypto::SigningKey& key);

// The POSIX seconds the cosignature states. kUnauthorized when it is not `key`'s over that text;
// kMalformed when it has not the size or time of one.
Result<std::uint64_t> verify_cosignature(std::string_view checkpoint_text, const VerifierKey& key,
                                         const NoteSignature& signature);

// As a point in time; what lies beyond the range of UtcTime becomes its last value.
UtcTime time_from_posix(std::uint64_t posix_seconds);

}  // namespace quarrymark::note
