// Trust policies (C2SP tlog-policy): which logs and witnesses are known, and which witnesses
// together are enough.
//
//   log <vkey> [<url>]
//   witness <name> <vkey> [<url>]
//   group <name> all|any|<k> <member>…
//   quorum <name>|none
//
// Keys of signature types that are not verified here are kept: such a witness can never count
// towards a quorum, and a policy that another tool understands stays readable.
#pragma once

#include "ledger/note/vkey.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::note {

inline constexpr std::size_t kMaxPolicySize = 1 << 20;  // bytes
inline constexpr std::size_t kMaxPolicyLogs = 256;      // the specification asks for 32 at least
inline constexpr std::size_t kMaxPolicyWitnesses = 256;
inline constexpr std::size_t kMaxPolicyGroups = 256;

struct PolicyLog {
  std::string vkey;
  std::optional<VerifierKey> key;  // empty: a signature type that is not verified here
  std::string url;                 // empty when not given
};

struct PolicyWitness {
  std::string name;  // meaning only inside the policy
  std::string vkey;
  std::optional<VerifierKey> key;
  std::string url;
};

struct PolicyMember {
  enum class Kind { kWitness, kGroup };
  Kind kind = Kind::kWitness;
  std::size_t index = 0;  // in Policy::witnesses or Policy::groups
};

struct PolicyGroup {
  std::string name;
  std::size_t threshold = 1;          // 1 ≤ threshold ≤ members
  std::vector<PolicyMember> members;  // groups among them stand earlier in Policy::groups
};

struct Policy {
  std::vector<PolicyLog> logs;
  std::vector<PolicyWitness> witnesses;
  std::vector<PolicyGroup> groups;
  std::optional<PolicyMember> quorum;  // empty: "quorum none"

  // The witness keys that can be verified here, for verify_note.
  std::vector<VerifierKey> witness_keys() const;
};

// kTooLarge beyond the limits; kMalformed otherwise, with the line in the error's field
// ("line 3").
Result<Policy> parse_policy(std::string_view text);

// Whether the witnesses among `cosigned` (verified by the caller) satisfy the quorum. With
// "quorum none" always true: the caller then says that history rests on the log alone.
bool quorum_met(const Policy& policy, std::span<const VerifierKey> cosigned);

}  // namespace quarrymark::note
