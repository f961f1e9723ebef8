#include "ledger/note/cosignature.h"

#include "ledger/base/text.h"
#include "ledger/note/checkpoint.h"

#include <algorithm>
#include <limits>

namespace quarrymark::note {
namespace {

constexpr std::size_t kTimeSize = 8;

std::string signed_message(std::string_view checkpoint_text, std::uint64_t posix_seconds) {
  return cat("cosignature/v1\ntime ", posix_seconds, '\n', checkpoint_text);
}

}  // namespace

Result<NoteSignature> make_cosignature(std::string_view checkpoint_text,
                                       std::uint64_t posix_seconds, std::string_view name,
                                       const crypto::SigningKey& key) {
  QM_TRY_VOID(parse_checkpoint(checkpoint_text));
  QM_TRY_VOID(check_key_name(name));
  if (posix_seconds == 0 || posix_seconds > kMaxCosignatureTime)
    return fail(Errc::kInvalidArgument,
                cat("cosignature time ", posix_seconds, ": expected 1 to ", kMaxCosignatureTime));
  const crypto::Signature signature = key.sign(signed_message(checkpoint_text, posix_seconds));
  std::string bytes;
  for (int shift = 56; shift >= 0; shift -= 8)
    bytes += static_cast<char>(posix_seconds >> shift & 0xff);
  bytes += as_text(signature);
  return NoteSignature{std::string(name), key_id(name, kEd25519Cosignature, key.public_key()),
                       std::move(bytes)};
}

Result<std::uint64_t> verify_cosignature(std::string_view checkpoint_text, const VerifierKey& key,
                                         const NoteSignature& signature) {
  const auto failed = [&](Errc code, std::string_view what) {
    return fail(code, cat("the cosignature of ", quoted_for_message(key.name, 100), " ", what));
  };
  if (key.type != kEd25519Cosignature || key.id != signature.id || key.name != signature.name)
    return failed(Errc::kUnauthorized, "is by another key");
  constexpr std::size_t kSize = kTimeSize + crypto::Signature{}.size();
  if (signature.bytes.size() != kSize)
    return failed(Errc::kMalformed,
                  cat("has ", signature.bytes.size(), " bytes, expected ", kSize));
  std::uint64_t time = 0;
  for (std::size_t i = 0; i < kTimeSize; ++i)
    time = time << 8 | static_cast<unsigned char>(signature.bytes[i]);
  if (time > kMaxCosignatureTime)
    return failed(Errc::kMalformed, cat("states the time ", time, ", beyond 2^63-1"));
  if (!crypto::verify(key.key, signed_message(checkpoint_text, time),
                      as_bytes(signature.bytes).subspan(kTimeSize)))
    return failed(Errc::kUnauthorized, "does not verify");
  return time;
}

UtcTime time_from_posix(std::uint64_t posix_seconds) {
  constexpr auto kLast = std::numeric_limits<std::int64_t>::max();
  constexpr auto kLastSecond = static_cast<std::uint64_t>(kLast / 1000);
  if (posix_seconds > kLastSecond) return {kLast};
  return {static_cast<std::int64_t>(posix_seconds) * 1000};
}

}  // namespace quarrymark::note
