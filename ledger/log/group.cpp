#include "ledger/log/group.h"

#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/merkle/tree_hash.h"

#include <algorithm>

namespace quarrymark::log {

using store::Table;

Group::Group(LogNumber number, const std::string& origin, const LogState& base, Guard& guard,
             store::Batch& batch, crypto::Sha256& sha256)
    : number_(number),
      base_(base),
      guard_(guard),
      batch_(batch),
      sha256_(sha256),
      last_(base.last),
      time_(base.time) {
  draft_.log = origin;
}

Result<std::vector<Receipt>> Group::add(std::span<const Prepared> events, UtcTime now) {
  const std::size_t before = leaves_.size();
  const Hash last_before = last_;
  const UtcTime time_before = time_;
  time_ = std::max(time_, now);
  std::vector<Receipt> receipts;
  receipts.reserve(events.size());
  batch_.set_savepoint();
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto receipt = add_event(events[i]);
    if (receipt) {
      receipts.push_back(*receipt);
      continue;
    }
    batch_.roll_back();
    leaves_.resize(before);
    placed_.resize(before);
    last_ = last_before;
    time_ = time_before;
    return fail_at(cat("[", i, "]"), std::move(receipt.error()));
  }
  batch_.drop_savepoint();
  if (leaves_.size() == before) time_ = time_before;  // nothing new bears the later time
  return receipts;
}

Result<Group::Placed> Group::placed_at(std::uint64_t seq) {
  if (seq >= base_.size()) return placed_[seq - base_.size()];
  QM_TRY(const auto bytes, batch_.get(Table::kEntries, seq_key(number_, seq)));
  if (!bytes)
    return fail(Errc::kDataLoss, cat("entries, log ", number_, ", seq ", seq, ": missing"));
  entry::EntryView view;
  std::string_view problem;
  if (!entry::parse_entry_view(*bytes, view, problem))
    return fail(Errc::kDataLoss, cat("entries, log ", number_, ", seq ", seq, ": wrong ", problem));
  return Placed{view.event, view.time};
}

// The first receipt again when the key is known with the same content.
Result<std::optional<Receipt>> Group::replay(const Prepared& event) {
  if (event.key.empty()) return std::optional<Receipt>();
  QM_TRY(const auto bytes, batch_.get(Table::kKeys, idempotency_key(number_, event.key)));
  if (!bytes) return std::optional<Receipt>();
  QM_TRY(const KeyRecord known, read_key(*bytes));
  if (known.content != event.content)
    return fail(Errc::kAlreadyExists,
                cat("the idempotency key ", quoted_for_message(event.key),
                    " was used before with other content, for entry ", known.seq));
  QM_TRY(const Placed placed, placed_at(known.seq));
  return std::optional(Receipt{placed.event, known.seq, placed.time, true});
}

Status Group::refuse_repeated(const Prepared& event) {
  QM_TRY(const auto bytes, batch_.get(Table::kEvents, event_key(number_, event.event)));
  if (!bytes) return {};
  QM_TRY(const std::uint64_t seq, read_seq(*bytes));
  return fail(Errc::kRefused,
              cat("event ", event.event.text(), " is in this log already, as entry ", seq));
}

Result<std::string> Group::make_entry(const Prepared& event) {
  draft_.seq = next_seq();
  draft_.prev = draft_.seq == 0 ? std::nullopt : std::optional(EntryHash{last_});
  draft_.time = time_;
  draft_.event = event.event;
  draft_.spends = event.spends;
  draft_.device.reset();
  if (event.device) draft_.device = entry::disclosure_digest(*event.device);
  std::string bytes = entry::write_entry(draft_);
  if (bytes.size() > entry::kMaxEntryBytes)
    return fail(Errc::kTooLarge,
                cat("the entry would have ", bytes.size(), " bytes, at most ",
                    entry::kMaxEntryBytes, " are allowed (", event.spends.size(), " inputs)"));
  return bytes;
}

Result<Receipt> Group::add_event(const Prepared& event) {
  QM_TRY(const std::optional<Receipt> known, replay(event));
  if (known) return *known;
  // An entry must commit to the head that is stored beside it, whoever prepared the event.
  if (entry::disclosure_digest(event.head).hash != event.event.hash)
    return fail(Errc::kMalformed, "the event id is not the digest of the head", "head");
  QM_TRY_VOID(refuse_repeated(event));
  QM_TRY(const std::string bytes, make_entry(event));
  const std::uint64_t seq = draft_.seq;
  QM_TRY_VOID(guard_.admit(number_, event, seq, time_, batch_));

  const std::string key = seq_key(number_, seq);
  batch_.put(Table::kEntries, key, bytes);
  write_disclosures(event, scratch_);
  batch_.put(Table::kDisclosures, key, scratch_);
  batch_.put_readable(Table::kEvents, event_key(number_, event.event), write_seq(seq));
  if (!event.key.empty())
    batch_.put_readable(Table::kKeys, idempotency_key(number_, event.key),
                        write_key({seq, event.content}));
  // One hash serves as link of the chain and as leaf of the tree.
  last_ = merkle::leaf_hash(sha256_, as_bytes(bytes));
  leaves_.push_back(last_);
  placed_.push_back({event.event, time_});
  return Receipt{event.event, seq, time_, false};
}

}  // namespace quarrymark::log
