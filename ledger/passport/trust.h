// The trust file: what a verifier starts from. FORMATS.md rules 25 and 26.
//
//   {"v":1,"registrars":["<vkey>",…],"monitors":["<vkey>",…],"verifiers":["<origin>",…],
//    "pinned":[{"log":"<vkey>","name":…,"role":…,"country":…}],"policy":"<tlog-policy text>"}
#pragma once

#include "ledger/custody/event.h"
#include "ledger/note/policy.h"
#include "ledger/note/vkey.h"

#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::passport {

// A log whose identity the reader settled by hand.
struct PinnedKey {
  note::VerifierKey log;
  std::string name, role, country;

  bool operator==(const PinnedKey&) const = default;
};

struct Trust {
  std::vector<note::VerifierKey> registrars;  // type 0x01; key name = origin of their log
  std::vector<note::VerifierKey> monitors;    // type 0x01
  std::vector<custody::Origin> verifiers;     // logs whose `resolve` counts
  std::vector<PinnedKey> pinned;
  std::string policy_text;  // as it stands in the file; empty: none
  note::Policy policy;      // policy_text, parsed
};

// White space and escapes are free, because people edit this file; members, their order and
// their number are not. kMalformed with the place in `field`.
Result<Trust> parse_trust(std::string_view bytes);

// The exact form, from the keys and policy_text.
std::string write_trust(const Trust& trust);

}  // namespace quarrymark::passport
