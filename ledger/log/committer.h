// The single writer of a log: gathers waiting calls into groups and makes each group durable.
//
// There is no thread of its own. The first caller to arrive leads: it commits a group of what
// waits, itself included, wakes those it served and passes the lead to the next in line. A lone
// caller thus commits in its own thread, without a hand-over in either direction; while a durable
// write is under way, the calls that arrive become the next group.
//
//   dedupe → guard → entry → batch      for each event, in log order
//   tree → sign ∥ journal → receipts    once a group
#pragma once

#include "ledger/log/head_file.h"
#include "ledger/log/journal.h"
#include "ledger/log/log_state.h"
#include "ledger/log/signer.h"

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::log {

class Group;

class Committer {
 public:
  struct Parts {
    store::Store& store;
    Clock& clock;
    Guard& guard;
    LogNumber number;
    std::string origin;
    crypto::SigningKey key;
    Journal* journal;  // null: the store's own
    std::optional<HeadFile> head;
    std::size_t group_events, group_bytes;
  };
  Committer(Parts parts, LogState state);
  ~Committer();  // stores the last checkpoint

  Result<Appended> append(std::vector<Prepared> events);
  // The log as far as it is durable.
  std::shared_ptr<const LogState> state() const;

 private:
  struct Call {
    std::vector<Prepared> events;
    std::size_t bytes = 0;
    enum class Phase { kWaiting, kLeads, kDone } phase = Phase::kWaiting;
    std::condition_variable changed;
    Result<Appended> outcome;
  };

  std::vector<Call*> take_group();
  void commit(const std::vector<Call*>& calls);
  Result<std::shared_ptr<const LogState>> write(const Group& group, const LogState& base);
  Status catch_up_head(const LogState& base);

  Parts parts_;
  StoreJournal store_journal_;
  CheckpointSigner signer_;

  // The leader's alone.
  store::Batch batch_;
  crypto::Sha256 sha256_;
  bool head_is_behind_ = false;
  std::optional<Error> broken_;  // a group of unknown fate: no more appends until reopened

  mutable std::mutex state_mutex_;  // guards the pointer, not what it points to
  std::shared_ptr<const LogState> state_;

  std::mutex queue_mutex_;  // guards what follows and the phase of every call in it
  std::deque<Call*> queue_;
  bool somebody_leads_ = false;
};

}  // namespace quarrymark::log
