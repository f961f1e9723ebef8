// The passport file: frames only, nothing proved yet.
//
// A passport names item states and carries the packets that prove them; a packet proves entries
// of one log under one checkpoint with one multi-proof. DESIGN.md §8, FORMATS.md rules 27 and 28.
// Reading checks the frames, their exact spelling and the limits; everything that needs a hash,
// a key or a trust file is verify.h. Pure.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/custody/event.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::passport {

inline constexpr std::size_t kMaxPassportBytes = 16'777'216;

struct Packet {
  std::string key;                     // vkey of the log's first key
  std::vector<std::string> rotations;  // signed notes, one for each later key
  std::string checkpoint;              // signed note, with cosignatures
  std::vector<std::string> entries;    // exact entry texts, ascending by seq
  // disclosures[i] belongs to entries[i]: the head first, then fields in the order of the head,
  // then the device's. Empty without the head: such an entry proves only its markers.
  std::vector<std::vector<std::string>> disclosures;
  std::vector<Hash> proof;

  bool operator==(const Packet&) const = default;
};

struct Passport {
  // Distinct, at least one. A record state (out −1) carries evidence rather than goods: an
  // attestation, an admission.
  std::vector<custody::StateRef> items;
  std::vector<Packet> packets;
  std::optional<std::string> clear;  // a monitor's clear note

  bool operator==(const Passport&) const = default;
};

// Accepts exactly one spelling. kTooLarge beyond kMaxPassportBytes; kMalformed otherwise, with
// the place in `field` ("packets[2].proof[0]"). Entries, notes and disclosures are left as text.
Result<Passport> parse_passport(std::string_view bytes);

// The exact bytes parse_passport reads. The caller sees to the limits: parse_passport refuses
// what is longer than kMaxPassportBytes.
std::string write_passport(const Passport& passport);

}  // namespace quarrymark::passport
