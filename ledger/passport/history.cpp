#include "ledger/passport/history.h"

#include "ledger/base/text.h"

#include <unordered_map>

namespace quarrymark::passport {
namespace {

void add_up(ShownEntry& known, ShownEntry&& more) {
  if (!known.device) known.device = more.device;
  if (!more.head) return;
  if (!known.head) {
    known.head = std::move(more.head);
    return;
  }
  // Both are bound to the same head, so what stands under one name is the same.
  known.head->fields.merge(more.head->fields);
}

}  // namespace

void History::add(ProvedPacket packet, FindingList& findings) {
  const auto [root, new_size] = roots_.emplace(packet.size, packet.root);
  if (!new_size && root->second != packet.root) {
    findings.add("split_history", packet.place,
                 cat("the log signed two different trees of ", packet.size, " entries"),
                 "checkpoint");
    return;
  }
  quorum_met_ &= packet.quorum_met;
  if (packet.cosigned) {
    const auto [time, first] = cosigned_.emplace(packet.size, *packet.cosigned);
    if (!first && *packet.cosigned < time->second) time->second = *packet.cosigned;
  }
  for (ShownEntry& shown : packet.entries) {
    const std::uint64_t seq = shown.entry.seq;
    under_cosignature_[seq] |= packet.cosigned.has_value();
    const auto known = entries_.find(seq);
    if (known == entries_.end()) {
      entries_.emplace(seq, std::move(shown));
    } else if (known->second.hash != shown.hash) {
      findings.add("split_history", shown.place, "the log signed two different entries here");
    } else {
      add_up(known->second, std::move(shown));
    }
  }
}

void History::check(FindingList& findings) const {
  std::unordered_map<EventId, std::uint64_t, Digest32Hasher> seen;
  const ShownEntry* before = nullptr;
  for (const auto& [seq, shown] : entries_) {
    if (before != nullptr && before->entry.seq + 1 == seq && shown.entry.prev != before->hash)
      findings.add("wrong_chain", shown.place, "is not the hash of the entry before", "prev");
    const auto [first, is_new] = seen.emplace(shown.entry.event, seq);
    if (!is_new)
      findings.add("wrong_chain", shown.place,
                   cat("this event stands in entry ", first->second, " already"), "event");
    before = &shown;
  }
}

custody::LogStanding History::standing() const {
  custody::LogStanding standing;
  if (!roots_.empty()) standing.size = roots_.rbegin()->first;
  standing.quorum_met = quorum_met_;
  // A witness's date covers an entry only if it stands in the tree that was cosigned, and two
  // packets of one log are not proved to agree with each other. So a date does not count where
  // an entry it would cover is shown under checkpoints without cosignature only.
  std::optional<std::uint64_t> first_uncosigned;
  for (const auto& [seq, cosigned] : under_cosignature_)
    if (!cosigned && !first_uncosigned) first_uncosigned = seq;
  for (const auto& [size, time] : cosigned_)
    if (!first_uncosigned || size <= *first_uncosigned) standing.cosigned.emplace(size, time);
  return standing;
}

}  // namespace quarrymark::passport
