// One commit group while it is put together: turns prepared events into entries, chains them,
// and adds them and their indexes to the batch. Used by the committer only.
#pragma once

#include "ledger/crypto/hash.h"
#include "ledger/entry/entry.h"
#include "ledger/log/log_state.h"

#include <span>
#include <vector>

namespace quarrymark::log {

class Group {
 public:
  // `base` is the log the group goes on; all must outlive the group.
  Group(LogNumber number, const std::string& origin, const LogState& base, Guard& guard,
        store::Batch& batch, crypto::Sha256& sha256);

  // All of the events or none: after an error the group and its batch are as before. `now` is
  // taken forward to the time of the entry before, should the clock have gone backwards.
  Result<std::vector<Receipt>> add(std::span<const Prepared> events, UtcTime now);

  // Leaf hashes of the new entries, in order; none when all that was asked for is there already.
  std::span<const Hash> leaves() const { return leaves_; }
  const Hash& last() const { return last_; }
  UtcTime time() const { return time_; }

 private:
  struct Placed {
    EventId event;
    UtcTime time;
  };

  std::uint64_t next_seq() const { return base_.size() + leaves_.size(); }
  Result<std::optional<Receipt>> replay(const Prepared& event);
  Result<Placed> placed_at(std::uint64_t seq);
  Status refuse_repeated(const Prepared& event);
  Result<std::string> make_entry(const Prepared& event);
  Result<Receipt> add_event(const Prepared& event);

  LogNumber number_;
  const LogState& base_;
  Guard& guard_;
  store::Batch& batch_;
  crypto::Sha256& sha256_;
  entry::Entry draft_;
  std::string scratch_;
  std::vector<Hash> leaves_;
  std::vector<Placed> placed_;  // beside leaves_
  Hash last_;
  UtcTime time_;
};

}  // namespace quarrymark::log
