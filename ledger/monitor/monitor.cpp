#include "ledger/monitor/monitor.h"

#include "ledger/base/text.h"
#include "ledger/log/entry_audit.h"
#include "ledger/tiles/verified_tree.h"

#include <algorithm>

namespace quarrymark::monitor {
namespace {

Followed stale(Followed followed, const std::string& place, const tiles::SignedCheckpoint& served,
               const tiles::SignedCheckpoint& newest) {
  followed.outcome = Outcome::kStale;
  followed.reason = cat(place, " serves a checkpoint of ", served.checkpoint.size,
                        " entries; one of ", newest.checkpoint.size, " was seen before");
  return followed;
}

}  // namespace

using store::Table;

Result<note::VerifierKey> Monitor::create(const std::string& directory, std::string_view name) {
  QM_TRY(witness::Identity identity, witness::create_identity(directory, name, note::kEd25519));
  QM_TRY_VOID(store::Store::open(directory, {.create = true}));
  return std::move(identity.vkey);
}

Result<std::unique_ptr<Monitor>> Monitor::open(const std::string& directory, bool read_only) {
  QM_TRY(witness::Identity identity, witness::open_identity(directory, note::kEd25519, "monitor"));
  std::unique_ptr<Monitor> monitor(new Monitor(directory, std::move(identity)));
  store::Options options;
  options.read_only = read_only;
  QM_TRY(monitor->store_, store::Store::open(directory, options));
  return monitor;
}

Result<std::optional<FollowedLog>> Monitor::find(std::string_view origin) const {
  QM_TRY(auto known, logs());
  for (FollowedLog& log : known)
    if (log.origin == origin) return std::optional<FollowedLog>(std::move(log));
  return std::optional<FollowedLog>();
}

Result<FollowedLog> Monitor::new_log(const tiles::LogIdentity& log) const {
  QM_TRY(const auto known, logs());
  FollowedLog made;
  for (const FollowedLog& other : known) made.number = std::max(made.number, other.number + 1);
  made.origin = log.origin;
  return made;
}

Result<std::optional<witness::Conflict>> Monitor::seen_otherwise(
    LogNumber number, const tiles::SignedCheckpoint& opened) const {
  using Found = std::optional<witness::Conflict>;
  QM_TRY(const auto bytes, store_->get(Table::kMeta, seen_key(number, opened.checkpoint.size)));
  if (!bytes) return Found();
  QM_TRY(tiles::SignedCheckpoint seen, tiles::parse_signed_checkpoint(*bytes));
  if (seen.checkpoint.root == opened.checkpoint.root) return Found();
  return Found(witness::Conflict{std::move(seen), opened, {}});
}

// The first checkpoint of a size is the one that is kept.
Status Monitor::note_seen(const FollowedLog& log, const tiles::SignedCheckpoint& opened,
                          bool is_newest) {
  store::Batch batch(*store_);
  const std::string key = seen_key(log.number, opened.checkpoint.size);
  QM_TRY(const auto known, batch.get(Table::kMeta, key));
  if (!known) batch.put(Table::kMeta, key, opened.bytes);
  if (is_newest) batch.put(Table::kMeta, followed_key(log.number), write_followed(log));
  if (batch.byte_size() == 0) return {};
  return store_->write(batch, true);
}

Result<Followed> Monitor::conflict(Followed followed, const witness::Conflict& found) const {
  followed.outcome = Outcome::kConflict;
  followed.reason = witness::describe(found);
  QM_TRY(followed.evidence, witness::keep_evidence(directory_, found));
  return followed;
}

Result<Followed> Monitor::follow(const tiles::LogIdentity& log, const tiles::TileSource& source,
                                 UtcTime now, const Progress& progress) {
  if (!log::is_own_origin(log.origin))
    return fail(
        Errc::kInvalidArgument,
        cat("expected a Quarrymark log, whose origin is quarrymark/ and 43 characters, got ",
            quoted_for_message(log.origin, 100)));
  QM_TRY(const tiles::SignedCheckpoint opened, tiles::read_checkpoint(source, log));
  QM_TRY(const auto known, find(log.origin));
  FollowedLog record;
  if (known) {
    record = *known;
  } else {
    QM_TRY(record, new_log(log));
  }
  Followed followed;
  followed.before = followed.size = record.indexed;
  std::optional<tiles::SignedCheckpoint> newest;
  if (known) {
    QM_TRY(const auto other, seen_otherwise(record.number, opened));
    if (other) return conflict(std::move(followed), *other);
    // Signed is signed: it is remembered even if its tiles turn out not to be there.
    QM_TRY_VOID(note_seen(record, opened, false));
    QM_TRY(newest, tiles::parse_signed_checkpoint(record.checkpoint));
    if (opened.checkpoint.size < newest->checkpoint.size)
      return stale(std::move(followed), source.name(), opened, *newest);
  }
  QM_TRY(tiles::VerifiedTree tree, tiles::VerifiedTree::open(source, opened.checkpoint));
  if (newest) {
    QM_TRY(auto relation, tree.relation_to(newest->checkpoint.size, newest->checkpoint.root));
    if (!relation.is_beginning)
      return conflict(std::move(followed), {*newest, opened, std::move(relation.proof)});
  }
  record.vkey = log.keys.front().text();
  record.followed = now;
  record.checkpoint = opened.bytes;
  QM_TRY_VOID(note_seen(record, opened, true));
  QM_TRY_VOID(index_entries(*store_, source, tree, record, followed.odd, progress));
  followed.size = record.indexed;
  return followed;
}

Result<std::optional<std::string>> Monitor::compare_with_seen(
    const tiles::SignedCheckpoint& opened) {
  using Found = std::optional<std::string>;
  QM_TRY(const auto known, find(opened.checkpoint.origin));
  if (!known) return Found();
  QM_TRY(const auto other, seen_otherwise(known->number, opened));
  if (!other) return Found();
  QM_TRY(std::string evidence, witness::keep_evidence(directory_, *other));
  return Found(std::move(evidence));
}

}  // namespace quarrymark::monitor
