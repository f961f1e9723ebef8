#include "ledger/log/committer.h"

#include "ledger/base/text.h"
#include "ledger/log/group.h"
#include "ledger/log/log_keys.h"
#include "ledger/note/rotation.h"

#include <algorithm>

namespace quarrymark::log {
namespace {

// What an event adds to a durable write, roughly.
std::size_t weight(const Prepared& event) {
  std::size_t bytes = 512 + event.head.size() + event.spends.size() * 48;
  for (const std::string& disclosure : event.disclosures) bytes += disclosure.size();
  return bytes;
}

}  // namespace

Committer::Committer(Parts parts, LogState state)
    : parts_(std::move(parts)),
      store_journal_(parts_.store),
      signer_(std::make_unique<CheckpointSigner>(parts_.origin, parts_.key)),
      batch_(parts_.store),
      state_(std::make_shared<const LogState>(std::move(state))) {
  if (parts_.journal == nullptr) parts_.journal = &store_journal_;
}

Committer::~Committer() {
  if (broken_) return;
  batch_.clear();
  batch_.put(store::Table::kMeta, checkpoint_key(parts_.number), state_->checkpoint);
  batch_.put(store::Table::kMeta, state_key(parts_.number),
             write_state(state_->record(state_->size())));
  // Without it the next open makes the same checkpoint again.
  static_cast<void>(parts_.store.write(batch_, true).has_value());
}

std::shared_ptr<const LogState> Committer::state() const {
  std::lock_guard lock(state_mutex_);
  return state_;
}

Result<Appended> Committer::append(std::vector<Prepared> events) {
  if (events.empty()) return Appended{{}, state()->checkpoint};
  Call call;
  call.events = std::move(events);
  return run(call);
}

Result<Appended> Committer::rotate(Prepared event, crypto::SigningKey next, std::string note) {
  Call call;
  call.events.push_back(std::move(event));
  call.rotation = Rotation{std::move(next), std::move(note)};
  return run(call);
}

Result<Appended> Committer::run(Call& call) {
  for (const Prepared& event : call.events) call.bytes += weight(event);

  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&call);
  if (somebody_leads_)
    call.changed.wait(lock, [&call] { return call.phase != Call::Phase::kWaiting; });
  if (call.phase == Call::Phase::kDone) return std::move(call.outcome);
  somebody_leads_ = true;

  const std::vector<Call*> group = take_group();
  lock.unlock();
  commit(group);
  lock.lock();
  if (queue_.empty()) {
    somebody_leads_ = false;
  } else {
    queue_.front()->phase = Call::Phase::kLeads;
    queue_.front()->changed.notify_one();
  }
  // Under the lock: a served caller destroys its Call as soon as it can look.
  for (Call* served : group) {
    served->phase = Call::Phase::kDone;
    if (served != &call) served->changed.notify_one();
  }
  return std::move(call.outcome);
}

// The calls at the front of the queue, at least one, within the limits of a group.
std::vector<Committer::Call*> Committer::take_group() {
  std::vector<Call*> group;
  std::size_t events = 0, bytes = 0;
  while (!queue_.empty()) {
    Call* next = queue_.front();
    events += next->events.size();
    bytes += next->bytes;
    if (!group.empty() && (events > parts_.group_events || bytes > parts_.group_bytes ||
                           next->rotation || group.front()->rotation))
      break;
    group.push_back(next);
    queue_.pop_front();
  }
  return group;
}

void Committer::commit(const std::vector<Call*>& calls) {
  const auto turn = parts_.store.lock_writer();
  if (broken_) {
    for (Call* call : calls) call->outcome = tl::unexpected<Error>(*broken_);
    return;
  }
  const std::shared_ptr<const LogState> base = state();
  batch_.clear();
  Group group(parts_.number, parts_.origin, *base, parts_.guard, batch_, sha256_);
  for (Call* call : calls) {
    const Status allowed = call->rotation ? check_rotation(*call->rotation, *base) : Status();
    auto receipts = allowed ? group.add(call->events, parts_.clock.now())
                            : Result<std::vector<Receipt>>(tl::unexpected<Error>(allowed.error()));
    if (receipts)
      call->outcome = Appended{std::move(*receipts), {}};
    else
      call->outcome = tl::unexpected<Error>(std::move(receipts.error()));
  }
  auto written = group.leaves().empty() ? Result<std::shared_ptr<const LogState>>(base)
                                        : write(group, *base, calls.front()->rotation);
  for (Call* call : calls) {
    if (!call->outcome) continue;
    if (written)
      call->outcome->checkpoint = (*written)->checkpoint;
    else
      call->outcome = tl::unexpected<Error>(written.error());
  }
}

// Under the writer's turn, so that no other rotation comes between.
Status Committer::check_rotation(const Rotation& rotation, const LogState& base) const {
  QM_TRY(const auto keys, keys_of({parts_.origin, parts_.first_key, *base.rotations}));
  QM_TRY(const note::VerifierKey next, note::verify_rotation(keys.back(), rotation.note));
  if (next.key == rotation.key.public_key()) return {};
  return fail(Errc::kInvalidArgument, "the rotation names another key than the one given");
}

std::unique_ptr<CheckpointSigner> Committer::change_key(const Rotation& rotation,
                                                        const LogState& base, LogState& next) {
  LogRecord record{parts_.origin, parts_.first_key, *base.rotations};
  record.rotations.push_back({base.size(), rotation.note});
  batch_.put(store::Table::kMeta, record_key(parts_.number), write_record(record));
  next.rotations = std::make_shared<const std::vector<KeyChange>>(std::move(record.rotations));
  return std::make_unique<CheckpointSigner>(parts_.origin, rotation.key);
}

Result<std::shared_ptr<const LogState>> Committer::write(const Group& group, const LogState& base,
                                                         const std::optional<Rotation>& rotation) {
  QM_TRY_VOID(catch_up_head(base));
  auto next = std::make_shared<LogState>();
  next->tree = base.tree;
  next->tree.append(group.leaves(), parts_.number, batch_);
  next->last = group.last();
  next->time = group.time();
  next->rotations = base.rotations;
  batch_.put(store::Table::kMeta, state_key(parts_.number), write_state(next->record(base.size())));
  batch_.put(store::Table::kMeta, checkpoint_key(parts_.number), base.checkpoint);

  // The key record changes in the same durable write as the entry that says so.
  std::unique_ptr<CheckpointSigner> next_signer;
  if (rotation) next_signer = change_key(*rotation, base, *next);
  CheckpointSigner& signer = next_signer ? *next_signer : *signer_;
  signer.start(next->size(), next->tree.tree().root());
  const Status durable = parts_.journal->commit(batch_);
  auto checkpoint = signer.finish();
  if (!durable) {
    // Nothing that was signed has left this function. A full disk wrote nothing, so the log goes
    // on; after any other failure only reopening tells how far the log reaches.
    if (durable.error().code != Errc::kResourceExhausted) broken_ = durable.error();
    return tl::unexpected<Error>(durable.error());
  }
  if (!checkpoint) {
    broken_ = checkpoint.error();
    return tl::unexpected<Error>(std::move(checkpoint.error()));
  }
  next->checkpoint = std::move(*checkpoint);
  if (next_signer) signer_ = std::move(next_signer);
  // The group is durable: a head file that falls behind does not take that back.
  if (parts_.head) head_is_behind_ = !parts_.head->write(next->checkpoint);
  std::lock_guard lock(state_mutex_);
  state_ = std::move(next);
  return state_;
}

// A head file that cannot be written would let silent loss go unnoticed: the store never gets
// more than one group ahead of it.
Status Committer::catch_up_head(const LogState& base) {
  if (!head_is_behind_) return {};
  QM_TRY_VOID(parts_.head->write(base.checkpoint));
  head_is_behind_ = false;
  return {};
}

}  // namespace quarrymark::log
