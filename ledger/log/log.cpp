#include "ledger/log/log.h"

#include "ledger/base/text.h"
#include "ledger/log/committer.h"
#include "ledger/log/log_keys.h"
#include "ledger/merkle/multi_proof.h"
#include "ledger/merkle/proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/tiles.h"
#include "ledger/note/vkey.h"

#include <unistd.h>

namespace quarrymark::log {
namespace {

using store::Table;

tl::unexpected<Error> lost(const std::string& directory, LogNumber number, std::string_view what) {
  return fail(Errc::kDataLoss, cat("log ", number, " in ", directory, ": ", what,
                                   "; do not append to it, restore the newest backup"));
}

// The checkpoint kept outside must be one this log has passed through (DESIGN.md §5).
Status compare_with_head(const store::Store& store, LogNumber number, const LogState& state,
                         const note::Checkpoint& head, const std::string& file) {
  if (head.size > state.size())
    return lost(store.directory(), number,
                cat("the store holds ", state.size(), " entries, but a checkpoint of ", head.size,
                    " entries was signed (", file, "): the newest ", head.size - state.size(),
                    " are lost"));
  const auto root = merkle::root_at(head.size, [&](unsigned level, std::uint64_t index) {
    return state.tree.node(store, number, level, index);
  });
  if (!root) return tl::unexpected<Error>(root.error());
  if (*root != head.root)
    return lost(
        store.directory(), number,
        cat("its first ", head.size, " entries are not those of the checkpoint kept in ", file,
            " (root ", base64_encode(head.root), ", in the store ", base64_encode(*root), ")"));
  return {};
}

Result<std::optional<HeadFile>> open_head(const store::Store& store, LogNumber number,
                                          const LogState& state,
                                          std::span<const note::VerifierKey> keys,
                                          const std::string& file) {
  if (file.empty()) return std::optional<HeadFile>();
  const auto missing = [&](std::string_view what) {
    return lost(store.directory(), number,
                cat("the head file ", file, " ", what, ", so whether the ", state.size(),
                    " entries in the store are all there ever were cannot be told (log recover "
                    "says what a person can do)"));
  };
  if (state.size() > 0 && ::access(file.c_str(), F_OK) != 0) return missing("is missing");
  QM_TRY(HeadFile head, HeadFile::open(file));
  QM_TRY(const std::optional<note::Checkpoint> kept, head.read(keys));
  if (!kept && state.size() > 0) return missing("holds no checkpoint of this log");
  if (kept) QM_TRY_VOID(compare_with_head(store, number, state, *kept, file));
  QM_TRY_VOID(head.write(state.checkpoint));
  QM_TRY_VOID(head.sync());
  return std::optional<HeadFile>(std::move(head));
}

Result<LogState> load_log_state(const store::Store& store, LogNumber number, const LogRecord& log) {
  QM_TRY(StateRecord record, load_state(store, number));
  LogState state;
  state.rotations = std::make_shared<const std::vector<KeyChange>>(log.rotations);
  state.last = record.last;
  state.time = record.time;
  auto tree = TreeState::load(store, number, record.size, std::move(record.frontier));
  if (!tree) return lost(store.directory(), number, tree.error().message);
  state.tree = std::move(*tree);
  return state;
}

// A log as it can be opened, but for its head file.
struct Loaded {
  LogRecord record;
  std::vector<note::VerifierKey> keys;
  LogState state;
};
Result<Loaded> load_log(const store::Store& store, LogNumber number,
                        const crypto::SigningKey& key) {
  Loaded log;
  QM_TRY(log.record, load_record(store, number));
  QM_TRY(log.keys, keys_of(log.record));
  if (log.keys.back().key != key.public_key())
    return fail(Errc::kUnauthorized,
                cat("this is not the key of log ", number, " (", log.record.origin,
                    "): expected public key ", base64_encode(log.keys.back().key), ", got ",
                    base64_encode(key.public_key())));
  QM_TRY(log.state, load_log_state(store, number, log.record));
  QM_TRY(log.state.checkpoint, note::sign_checkpoint(log.record.origin, log.state.size(),
                                                     log.state.tree.tree().root(), key));
  return log;
}

// Stores the checkpoint again when the process or machine stopped before it was. A full or
// read-only store can be read without.
Status store_checkpoint(store::Store& store, LogNumber number, const LogState& state) {
  QM_TRY(const auto stored, store.get(Table::kMeta, checkpoint_key(number)));
  if (stored == state.checkpoint) return {};
  store::Batch batch(store);
  batch.put(Table::kMeta, checkpoint_key(number), state.checkpoint);
  batch.put(Table::kMeta, state_key(number), write_state(state.record(state.size())));
  const Status written = store.write(batch, true);
  if (!written && written.error().code != Errc::kResourceExhausted &&
      written.error().code != Errc::kFailedPrecondition)
    return written;
  return {};
}

}  // namespace

struct Log::Inner {
  store::Store& store;
  LogNumber number;
  LogRecord record;
  Committer committer;

  // A state that holds the tree of `size` entries.
  Result<std::shared_ptr<const LogState>> state_of(std::uint64_t size) const {
    std::shared_ptr<const LogState> state = committer.state();
    if (size <= state->size()) return state;
    return fail(Errc::kInvalidArgument,
                cat("no tree of ", size, " entries yet: the log has ", state->size()));
  }

  merkle::NodeSource nodes_of(std::shared_ptr<const LogState> state) const {
    return [this, state = std::move(state)](unsigned level, std::uint64_t index) {
      return state->tree.node(store, number, level, index);
    };
  }
};

Log::Log() = default;
Log::~Log() = default;

Status Log::create(store::Store& store, LogNumber number, const crypto::SigningKey& key) {
  QM_TRY(const auto known, store.get(Table::kMeta, record_key(number)));
  if (known)
    return fail(Errc::kAlreadyExists, cat("there is a log ", number, " in ", store.directory()));
  const std::string origin = note::origin_for_key(key.public_key());
  QM_TRY(const std::string checkpoint, note::sign_checkpoint(origin, 0, merkle::empty_root(), key));
  store::Batch batch(store);
  batch.put(Table::kMeta, record_key(number), write_record({origin, key.public_key(), {}}));
  batch.put(Table::kMeta, state_key(number), write_state({}));
  batch.put(Table::kMeta, checkpoint_key(number), checkpoint);
  return store.write(batch, true);
}

Result<std::unique_ptr<Log>> Log::open(store::Store& store, LogNumber number,
                                       crypto::SigningKey key, Clock& clock, Guard& guard,
                                       LogOptions options) {
  QM_TRY(Loaded loaded, load_log(store, number, key));
  QM_TRY(auto head, open_head(store, number, loaded.state, loaded.keys, options.head_file));
  QM_TRY_VOID(store_checkpoint(store, number, loaded.state));
  Committer::Parts parts{store,
                         clock,
                         guard,
                         number,
                         loaded.record.origin,
                         loaded.record.key,
                         std::move(key),
                         options.journal,
                         std::move(head),
                         options.group_events,
                         options.group_bytes};
  std::unique_ptr<Log> log(new Log());
  log->inner_.reset(new Inner{store, number, std::move(loaded.record),
                              Committer(std::move(parts), std::move(loaded.state))});
  return log;
}

Result<Appended> Log::append(std::vector<Prepared> events) {
  return inner_->committer.append(std::move(events));
}

Result<Appended> Log::rotate(Prepared event, crypto::SigningKey next, std::string note) {
  return inner_->committer.rotate(std::move(event), std::move(next), std::move(note));
}

LogNumber Log::number() const { return inner_->number; }
const std::string& Log::origin() const { return inner_->record.origin; }

std::string Log::vkey() const {
  const auto vkey = note::make_vkey(inner_->record.origin, note::kEd25519, inner_->record.key);
  QM_CHECK(vkey.has_value(), "the origin was checked when the log was opened");
  return vkey->text();
}

std::vector<std::string> Log::vkeys() const {
  const auto keys =
      keys_of({inner_->record.origin, inner_->record.key, *inner_->committer.state()->rotations});
  QM_CHECK(keys.has_value(), "rotations were checked before they were kept");
  std::vector<std::string> vkeys;
  for (const note::VerifierKey& key : *keys) vkeys.push_back(key.text());
  return vkeys;
}

SignedHead Log::signed_head() const {
  const auto state = inner_->committer.state();
  SignedHead head{state->checkpoint, {}};
  for (const KeyChange& change : *state->rotations) head.rotations.push_back(change.note);
  return head;
}

std::uint64_t Log::size() const { return inner_->committer.state()->size(); }
std::string Log::checkpoint() const { return inner_->committer.state()->checkpoint; }

Result<std::string> Log::entry(std::uint64_t seq) const {
  if (const std::uint64_t entries = size(); seq >= entries)
    return fail(Errc::kNotFound, cat("there is no entry ", seq, ": the log has ", entries));
  QM_TRY(auto bytes, inner_->store.get(Table::kEntries, seq_key(inner_->number, seq)));
  if (!bytes)
    return fail(Errc::kDataLoss, cat("entries, log ", inner_->number, ", seq ", seq, ": missing"));
  return std::move(*bytes);
}

Result<std::vector<std::string>> Log::disclosures(std::uint64_t seq) const {
  if (const std::uint64_t entries = size(); seq >= entries)
    return fail(Errc::kNotFound, cat("there is no entry ", seq, ": the log has ", entries));
  QM_TRY(const auto bytes, inner_->store.get(Table::kDisclosures, seq_key(inner_->number, seq)));
  if (!bytes)
    return fail(Errc::kDataLoss,
                cat("disclosures, log ", inner_->number, ", seq ", seq, ": missing"));
  return split_disclosures(*bytes);
}

Result<std::optional<std::uint64_t>> Log::find_event(const EventId& event) const {
  QM_TRY(const auto bytes, inner_->store.get(Table::kEvents, event_key(inner_->number, event)));
  if (!bytes) return std::optional<std::uint64_t>();
  QM_TRY(const std::uint64_t seq, read_seq(*bytes));
  return std::optional(seq);
}

Result<std::optional<std::uint64_t>> Log::find_key(std::string_view key) const {
  QM_TRY(const auto bytes, inner_->store.get(Table::kKeys, idempotency_key(inner_->number, key)));
  if (!bytes) return std::optional<std::uint64_t>();
  QM_TRY(const KeyRecord known, read_key(*bytes));
  return std::optional(known.seq);
}

Result<std::vector<Hash>> Log::multi_proof(std::uint64_t size,
                                           std::span<const std::uint64_t> indices) const {
  QM_TRY(auto state, inner_->state_of(size));
  return merkle::make_multi_proof(size, indices, inner_->nodes_of(std::move(state)));
}

Result<Hash> Log::root(std::uint64_t size) const {
  QM_TRY(auto state, inner_->state_of(size));
  return merkle::root_at(size, inner_->nodes_of(std::move(state)));
}

Result<std::vector<Hash>> Log::inclusion_proof(std::uint64_t size, std::uint64_t index) const {
  QM_TRY(auto state, inner_->state_of(size));
  return merkle::make_inclusion_proof(index, size, inner_->nodes_of(std::move(state)));
}

Result<std::vector<Hash>> Log::consistency_proof(std::uint64_t old_size, std::uint64_t size) const {
  QM_TRY(auto state, inner_->state_of(size));
  return merkle::make_consistency_proof(old_size, size, inner_->nodes_of(std::move(state)));
}

Result<std::vector<Hash>> Log::tile(unsigned level, std::uint64_t index, unsigned width) const {
  const auto nodes = inner_->nodes_of(inner_->committer.state());
  std::vector<Hash> hashes;
  hashes.reserve(width);
  for (unsigned i = 0; i < width; ++i) {
    QM_TRY(const Hash hash, nodes(note::kTileHeight * level, index * note::kTileWidth + i));
    hashes.push_back(hash);
  }
  return hashes;
}

Result<crypto::PublicKey> current_key(const store::Store& store, LogNumber number) {
  QM_TRY(const LogRecord record, load_record(store, number));
  QM_TRY(const auto keys, keys_of(record));
  return keys.back().key;
}

Result<Remaining> look_past_head(const store::Store& store, LogNumber number,
                                 const crypto::SigningKey& key, const std::string& head_file) {
  QM_TRY(const Loaded log, load_log(store, number, key));
  if (::access(head_file.c_str(), F_OK) == 0) {
    QM_TRY(HeadFile head, HeadFile::open(head_file));
    QM_TRY(const std::optional<note::Checkpoint> kept, head.read(log.keys));
    if (kept) {
      QM_TRY_VOID(compare_with_head(store, number, log.state, *kept, head_file));
      return fail(Errc::kFailedPrecondition,
                  cat("the head file ", head_file, " holds a checkpoint of ", kept->size,
                      " entries, and the store agrees: nothing is missing"));
    }
  }
  return Remaining{log.state.size(), log.state.time, log.state.checkpoint};
}

Result<Remaining> accept_without_head(const store::Store& store, LogNumber number,
                                      const crypto::SigningKey& key, const std::string& head_file) {
  QM_TRY(Remaining remaining, look_past_head(store, number, key, head_file));
  QM_TRY(HeadFile head, HeadFile::open(head_file));
  QM_TRY_VOID(head.write(remaining.checkpoint));
  QM_TRY_VOID(head.sync());
  return remaining;
}

Result<std::vector<LogNumber>> list_logs(const store::Store& store) {
  std::vector<LogNumber> numbers;
  const std::string_view prefix = kRecordPrefix;
  QM_TRY_VOID(store.scan(Table::kMeta, prefix, {}, [&](std::string_view key, std::string_view) {
    if (key.size() == prefix.size() + 4)
      numbers.push_back(store::read_u32(key.substr(prefix.size())));
    return true;
  }));
  return numbers;
}

}  // namespace quarrymark::log
