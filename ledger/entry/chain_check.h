// What can be seen of entries in their order, without disclosures: form, log, place, hash chain,
// time. For whoever walks a log: from a store (ledger/log) or from tiles.
//
// A stretch may begin anywhere; join() looks at the seam between two. One that holds costs no
// allocation.
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/clock.h"
#include "ledger/entry/entry.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::entry {

class ChainCheck {
 public:
  // `origin` must outlive it.
  explicit ChainCheck(std::string_view origin) : origin_(origin) {}
  // Goes on behind an entry that was checked before.
  ChainCheck(std::string_view origin, const Hash& last, UtcTime time)
      : origin_(origin), last_{true, {}, last, time} {}

  // The entry that stands at `seq`, and its leaf hash. False: it is no entry at all. What is wrong
  // is appended to `wrong`; `view` is good unless false.
  bool next(std::uint64_t seq, std::string_view bytes, const Hash& hash, EntryView& view,
            std::vector<std::string>& wrong);
  // The entry here cannot be read; the next one is not compared with anything.
  void skip();

  struct End {
    bool present = false;
    std::optional<Hash> prev;  // what the entry says is before it
    Hash hash{};
    UtcTime time;
  };
  const End& first() const { return first_; }  // of the stretch; not present when it was skipped
  const End& last() const { return last_; }

  // The seam between two stretches, of which `after` begins at `seq`.
  static void join(const ChainCheck& before, const ChainCheck& after, std::uint64_t seq,
                   std::vector<std::string>& wrong);

 private:
  static void compare(const End& before, const std::optional<Hash>& prev, UtcTime time,
                      std::uint64_t seq, std::vector<std::string>& wrong);

  std::string_view origin_;
  End first_, last_;
  bool begun_ = false;
};

}  // namespace quarrymark::entry
