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
    crypto::PublicKey first_key;
    crypto::SigningKey key;  // the one in force
    Journal* journal;        // null: the store's own
    std::optional<HeadFile> head;
    std::size_t group_events, group_bytes;
  };
  Committer(Parts parts, LogState state);
  ~Committer();  // stores the last checkpoint

  Result<Appended> append(std::vector<Prepared> events);
  // Appends the event that records a change of key, as a group of its own: the checkpoint that
  // covers it, and all later ones, are signed by `next`.
  Result<Appended> rotate(Prepared event, crypto::SigningKey next, std::string note);
  // The log as far as it is durable.
  std::shared_ptr<const LogState> state() const;

 private:
  struct Rotation {
    crypto::SigningKey key;
    std::string note;
  };
  struct Call {
    std::vector<Prepared> events;
    std::optional<Rotation> rotation;  // then the only call of its group
    std::size_t bytes = 0;
    enum class Phase { kWaiting, kLeads, kDone } phase = Phase::kWaiting;
    std::condition_variable changed;
    Result<Appended> outcome;
  };

  Result<Appended> run(Call& call);
  std::vector<Call*> take_group();
  void commit(const std::vector<Call*>& calls);
  Status check_rotation(const Rotation& rotation, const LogState& base) const;
  // Puts the change of key into the batch and `next`, and makes the signer that goes with it.
  std::unique_ptr<CheckpointSigner> change_key(const Rotation& rotation, const LogState& base,
                                               LogState& next);
  Result<std::shared_ptr<const LogState>> write(const Group& group, const LogState& base,
                                                const std::optional<Rotation>& rotation);
  Status catch_up_head(const LogState& base);

  Parts parts_;
  StoreJournal store_journal_;

  // The leader's alone.
  std::unique_ptr<CheckpointSigner> signer_;
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
