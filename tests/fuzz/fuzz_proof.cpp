// Offline proofs (C2SP tlog-proof) from anybody, read and checked.
#include "ledger/tiles/proof.h"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quarrymark;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto proof = tiles::parse_proof(text);
  if (!proof) return 0;
  QM_CHECK(tiles::write_proof(*proof) == text, "a proof has one spelling");
  const auto check = tiles::check_proof(*proof, Hash{}, note::Policy{});
  QM_CHECK(check.outcome != tiles::ProofOutcome::kHolds, "nobody is known, so nothing holds");
  return 0;
}
