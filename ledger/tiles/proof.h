// Offline proofs that an entry stands in a log (C2SP tlog-proof), anybody's.
//
//   c2sp.org/tlog-proof@v1
//   extra <base64>              may be left out
//   index <decimal>
//   <base64 of a hash>          from the leaf's sibling upwards, one to a line
//                               an empty line
//   <signed checkpoint>
#pragma once

#include "ledger/note/policy.h"
#include "ledger/tiles/signed_checkpoint.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::tiles {

inline constexpr std::size_t kMaxProofHashes = 64;
inline constexpr std::size_t kMaxProofBytes = 2u << 20;

struct Proof {
  std::optional<std::string> extra;  // decoded; nobody vouches for it
  std::uint64_t index = 0;
  std::vector<Hash> hashes;
  std::string checkpoint;  // the note, verbatim

  bool operator==(const Proof&) const = default;
};

// Exactly one spelling. kTooLarge; kMalformed with the line in `field` ("line 2").
Result<Proof> parse_proof(std::string_view bytes);
std::string write_proof(const Proof& proof);

enum class ProofOutcome {
  kHolds,
  kInvalid,        // the proof does not hold, or a known key's signature does not
  kNotVerifiable,  // no known log signed it, or too few known witnesses did
};

struct ProofCheck {
  ProofOutcome outcome = ProofOutcome::kInvalid;
  std::string problem;  // why it does not hold; empty when it does
  note::Checkpoint checkpoint;
  std::vector<note::VerifiedSignature> signatures;  // of known logs and witnesses
  bool asks_witnesses = false;                      // the policy has a quorum
};

// The checkpoint is signed by a log of the policy whose key name is the origin, cosigned as its
// quorum asks, and the entry with that leaf hash stands at the index. The time of a cosignature
// is not judged.
ProofCheck check_proof(const Proof& proof, const Hash& leaf, const note::Policy& policy);

}  // namespace quarrymark::tiles
