#include "ledger/passport/prune.h"

#include "ledger/base/text.h"
#include "ledger/entry/entry.h"
#include "ledger/merkle/multi_proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/clear_note.h"
#include "ledger/note/signed_note.h"

#include <algorithm>
#include <unordered_set>

namespace quarrymark::passport {
namespace {

Result<note::Checkpoint> read_checkpoint(const Packet& packet) {
  const auto read = [&]() -> Result<note::Checkpoint> {
    QM_TRY(const note::Note note, note::parse_note(packet.checkpoint));
    return note::parse_checkpoint(note.text);
  };
  auto checkpoint = read();
  if (!checkpoint) return fail_at("checkpoint", checkpoint.error());
  return checkpoint;
}

Result<std::uint64_t> clear_time(const std::string& clear) {
  const auto read = [&]() -> Result<std::uint64_t> {
    QM_TRY(const note::Note note, note::parse_note(clear));
    QM_TRY(const note::ClearNote parsed, note::parse_clear_note(note.text));
    return parsed.time;
  };
  auto time = read();
  if (!time) return fail_at("clear", time.error());
  return time;
}

}  // namespace

Result<custody::Origin> packet_origin(const Packet& packet) {
  QM_TRY(note::Checkpoint checkpoint, read_checkpoint(packet));
  return std::move(checkpoint.origin);
}

Result<Packet> prune_packet(const Packet& packet, const SeqSet& keep) {
  QM_TRY(const note::Checkpoint checkpoint, read_checkpoint(packet));
  if (packet.disclosures.size() != packet.entries.size())
    return fail(Errc::kMalformed, "expected a list of disclosures for each entry", "disclosures");
  Packet pruned{packet.key, packet.rotations, packet.checkpoint, {}, {}, {}};
  std::vector<merkle::IndexedLeaf> leaves;
  std::vector<std::uint64_t> kept;
  for (std::size_t i = 0; i < packet.entries.size(); ++i) {
    entry::EntryView view;
    std::string_view problem;
    if (!entry::parse_entry_view(packet.entries[i], view, problem))
      return fail(Errc::kMalformed, cat("wrong or missing ", problem), cat("entries[", i, "]"));
    leaves.push_back({view.seq, merkle::leaf_hash(as_bytes(packet.entries[i]))});
    if (!keep.contains(view.seq)) continue;
    kept.push_back(view.seq);
    pruned.entries.push_back(packet.entries[i]);
    pruned.disclosures.push_back(packet.disclosures[i]);
  }
  if (kept.empty())
    return fail(Errc::kInvalidArgument, "none of the entries to keep is in the packet");
  if (kept.size() == packet.entries.size()) return packet;
  QM_TRY(const auto tree, merkle::PartialTree::make(checkpoint.size, leaves, packet.proof));
  if (tree.root() != checkpoint.root)
    return fail(Errc::kMalformed, "entries and proof do not lead to the checkpoint's root",
                "proof");
  QM_TRY(pruned.proof, tree.prune(kept));
  return pruned;
}

Result<Passport> prune_passport(const Passport& passport,
                                const std::map<custody::Origin, SeqSet>& keep) {
  Passport pruned{passport.items, {}, passport.clear};
  for (std::size_t i = 0; i < passport.packets.size(); ++i) {
    const Packet& packet = passport.packets[i];
    const std::string place = cat("packets[", i, "]");
    const auto origin = packet_origin(packet);
    if (!origin) return fail_at(place, origin.error());
    const auto wanted = keep.find(*origin);
    if (wanted == keep.end()) continue;
    auto cut = prune_packet(packet, wanted->second);
    if (cut) {
      pruned.packets.push_back(std::move(*cut));
    } else if (cut.error().code != Errc::kInvalidArgument) {
      return fail_at(place, cut.error());
    }
  }
  return pruned;
}

Result<Passport> merge_passports(std::span<const Passport> passports) {
  Passport merged;
  std::unordered_set<custody::StateRef, custody::StateRefHasher> items;
  std::uint64_t latest = 0;
  for (const Passport& passport : passports) {
    for (const custody::StateRef& state : passport.items)
      if (items.insert(state).second) merged.items.push_back(state);
    for (const Packet& packet : passport.packets)
      if (std::find(merged.packets.begin(), merged.packets.end(), packet) == merged.packets.end())
        merged.packets.push_back(packet);
    if (!passport.clear) continue;
    QM_TRY(const std::uint64_t time, clear_time(*passport.clear));
    if (merged.clear && time <= latest) continue;
    merged.clear = passport.clear;
    latest = time;
  }
  return merged;
}

}  // namespace quarrymark::passport
