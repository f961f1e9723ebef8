// From the bytes of passports to proved evidence.
//
// Everything a reader can check about proofs is checked here: keys, signatures, Merkle proofs,
// the binding of disclosures, markers, single histories, the shape of events that hand items on.
// What the events mean together (double use, holders, yields) is custody's business and works on
// the evidence this returns. Pure: bytes and a trust file in, values out; it never fails.
// FORMATS.md, rules 1 to 30.
#pragma once

#include "ledger/custody/evidence.h"
#include "ledger/judge/verdict.h"
#include "ledger/passport/trust.h"

#include <span>
#include <string_view>
#include <vector>

namespace quarrymark::passport {

struct Checked {
  // Only what was proved. With findings it may lack whole packets.
  custody::Evidence evidence;
  // What is wrong, all of them with verdict `invalid`, in the order in which it was met. Codes:
  // malformed, wrong_key, wrong_signature, wrong_proof, wrong_chain, wrong_marker,
  // wrong_disclosure, split_history, cosignature_invalid. `facts` hold, where they apply, field,
  // log, packet, passport (counting from 1) and seq.
  std::vector<custody::Finding> findings;
};

inline constexpr std::size_t kMaxFindings = 100;  // more of them tell nobody anything

// Several passports are read as one: packets of one log join, disclosures of one entry add up.
Checked check_passports(std::span<const std::string_view> passports, const Trust& trust);

}  // namespace quarrymark::passport
