// What a reader of a passport could still infer, whatever was withheld: shown to the presenter
// before the file leaves the house. DESIGN.md §8, docs/withholding.md.
//
// Nothing is judged and nobody is trusted: this is what the file says. Pure.
#pragma once

#include "ledger/passport/packet.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace quarrymark::passport {

// A log that recorded something shown, or that an admission in the passport names.
struct LogClue {
  custody::Origin log;
  std::string name;           // empty: withheld, or never stated
  std::string role, country;  // of an admission shown; empty: none is
  std::size_t events = 0;     // shown of this log: it is the same party each time
  std::string first, last;    // claimed dates of those events, YYYY-MM-DD; empty: none
  std::uint64_t size = 0;     // of its largest checkpoint shown: how much it records
};

struct GapClue {  // between two steps that follow one another
  custody::Origin from_log, to_log;
  std::string from, to;  // dates
  std::int64_t days = 0;
};

// A value that tells the goods, a place or a person apart from others.
enum class ClueKind {
  kAlias,      // painted numbers, SSCCs, lot numbers of outputs
  kContainer,  // ISO 6346 numbers, wherever they stand
  kDevice,     // a phone's key: the same phone each time
  kDocument,
  kMeasure,  // dimensions and weights of single things
  kPerson,   // second persons, on whose behalf
  kPhoto,    // digests of pictures
  kPosition,
  kTransport,  // seals, vehicles, carriers
};
std::string_view clue_kind_name(ClueKind kind);

struct Clue {
  ClueKind kind;
  std::string value;
  std::size_t times = 0;  // in how many disclosures

  bool operator==(const Clue&) const = default;
};

// A log that another passport shows too: whoever has both knows it is the same party.
struct LinkClue {
  std::size_t other = 0;  // number of that passport in the call, from 0
  custody::Origin log;
  std::string name_there;  // empty: withheld there too
};

struct Preview {
  std::vector<LogClue> logs;                    // in order of their first dates
  std::vector<GapClue> gaps;                    // the longest first, at most kMaxGaps
  std::map<std::string, std::size_t> withheld;  // field → how many disclosures are not shown
  std::vector<Clue> clues;                      // ascending by kind and value
  std::vector<std::string> signers;  // names on checkpoints and clear notes besides the logs
  std::vector<LinkClue> links;
};

inline constexpr std::size_t kMaxGaps = 5;

// kMalformed: one of the passports is not one; its place is in `field`.
Result<Preview> preview(const Passport& passport, std::span<const Passport> others = {});

}  // namespace quarrymark::passport
