#include "ledger/passport/proved_packet.h"

#include "ledger/base/text.h"
#include "ledger/merkle/multi_proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/cosignature.h"
#include "ledger/note/rotation.h"
#include "ledger/note/signed_note.h"

#include <algorithm>

namespace quarrymark::passport {
namespace {

// A step adds a finding and says false when the packet cannot be used.
class PacketProof {
 public:
  PacketProof(const Packet& packet, const Place& place, const Trust& trust, FindingList& findings)
      : packet_(packet), trust_(trust), findings_(findings) {
    proved_.place = place;
  }

  bool run() {
    return check_keys() && check_checkpoint() && check_cosignatures() && check_trusted_key() &&
           read_entries() && check_proof() && bind_all();
  }
  ProvedPacket take() { return std::move(proved_); }

 private:
  bool refuse(std::string_view code, std::string_view what, std::string_view field) {
    findings_.add(code, proved_.place, what, field);
    return false;
  }
  bool refuse(std::string_view code, const Error& error, std::string_view field) {
    return refuse(code, to_string(error), field);
  }

  bool check_keys() {
    const auto first = note::parse_vkey(packet_.key);
    if (!first) return refuse("malformed", first.error(), "key");
    if (first->type != note::kEd25519)
      return refuse("wrong_key", cat("expected a key of type 1, got type ", first->type), "key");
    if (first->name != note::origin_for_key(first->key))
      return refuse("wrong_key", "the key does not hash to the origin it is named for", "key");
    proved_.place.log = first->name;
    proved_.keys.push_back(*first);
    for (std::size_t i = 0; i < packet_.rotations.size(); ++i) {
      auto next = note::verify_rotation(proved_.keys.back(), packet_.rotations[i]);
      if (!next) return refuse("wrong_key", next.error(), cat("rotations[", i, "]"));
      proved_.keys.push_back(std::move(*next));
    }
    return true;
  }

  bool check_checkpoint() {
    auto parsed = note::parse_note(packet_.checkpoint);
    if (!parsed) return refuse("malformed", parsed.error(), "checkpoint");
    note_ = std::move(*parsed);
    const auto checkpoint = note::parse_checkpoint(note_.text);
    if (!checkpoint) return refuse("malformed", checkpoint.error(), "checkpoint");
    if (!checkpoint->extensions.empty())
      return refuse("malformed", "has extension lines", "checkpoint");
    if (checkpoint->origin != proved_.place.log)
      return refuse("wrong_key",
                    cat("is of log ", quoted_for_message(checkpoint->origin),
                        ", not of the log the key belongs to"),
                    "checkpoint");
    const auto signed_by_log = note::verify_note(note_, {&proved_.keys.back(), 1});
    if (!signed_by_log)
      return refuse("wrong_signature", "the log's last key has not signed it", "checkpoint");
    proved_.size = checkpoint->size;
    proved_.root = checkpoint->root;
    return true;
  }

  // Witnesses the reader does not know say nothing; those it knows must be right.
  bool check_cosignatures() {
    const std::vector<note::VerifierKey> witnesses = trust_.policy.witness_keys();
    std::vector<note::VerifierKey> cosigned;
    for (const note::NoteSignature& signature : note_.signatures) {
      for (const note::VerifierKey& witness : witnesses) {
        if (witness.name != signature.name || witness.id != signature.id) continue;
        const auto time = note::verify_cosignature(note_.text, witness, signature);
        if (!time)
          return refuse("cosignature_invalid",
                        cat("the cosignature of witness ", quoted_for_message(witness.name),
                            " does not verify"),
                        "checkpoint");
        const UtcTime at = note::time_from_posix(*time);
        if (!proved_.cosigned || at < *proved_.cosigned) proved_.cosigned = at;
        cosigned.push_back(witness);
      }
    }
    proved_.quorum_met = note::quorum_met(trust_.policy, cosigned);
    return true;
  }

  // Rule 25: a key in the trust file must be among the keys of the log it names.
  bool check_trusted_key() {
    const auto is_ours_or_another_log = [&](const note::VerifierKey& key) {
      return key.name != proved_.place.log ||
             std::find(proved_.keys.begin(), proved_.keys.end(), key) != proved_.keys.end();
    };
    bool good =
        std::all_of(trust_.registrars.begin(), trust_.registrars.end(), is_ours_or_another_log);
    for (const PinnedKey& pinned : trust_.pinned) good &= is_ours_or_another_log(pinned.log);
    return good ||
           refuse("wrong_key", "the key in the trust file is not one of this log's keys", "key");
  }

  bool read_entries() {
    if (packet_.disclosures.size() != packet_.entries.size())
      return refuse("malformed", "expected a list for each entry", "disclosures");
    for (std::size_t i = 0; i < packet_.entries.size(); ++i) {
      auto parsed = entry::parse_entry(packet_.entries[i]);
      const std::string field = cat("entries[", i, "]");
      if (!parsed) return refuse("malformed", parsed.error(), field);
      if (parsed->log != proved_.place.log)
        return refuse("wrong_chain", cat("names another log, ", quoted_for_message(parsed->log)),
                      field);
      if (!proved_.entries.empty() && parsed->seq <= proved_.entries.back().entry.seq)
        return refuse("malformed", "entries do not ascend by seq", field);
      if (parsed->seq >= proved_.size)
        return refuse(
            "malformed",
            cat("seq ", parsed->seq, " is not below the checkpoint's size ", proved_.size), field);
      ShownEntry shown;
      shown.place = proved_.place;
      shown.place.seq = parsed->seq;
      shown.hash = {merkle::leaf_hash(as_bytes(packet_.entries[i]))};
      shown.entry = std::move(*parsed);
      proved_.entries.push_back(std::move(shown));
    }
    if (proved_.entries.empty()) return refuse("malformed", "expected at least one", "entries");
    return true;
  }

  bool check_proof() {
    std::vector<merkle::IndexedLeaf> leaves;
    leaves.reserve(proved_.entries.size());
    for (const ShownEntry& shown : proved_.entries)
      leaves.push_back({shown.entry.seq, shown.hash.hash});
    const auto root = merkle::multi_proof_root(proved_.size, leaves, packet_.proof);
    if (!root) return refuse("wrong_proof", root.error(), "proof");
    if (*root != proved_.root)
      return refuse("wrong_proof", "entries and proof do not lead to the checkpoint's root",
                    "proof");
    return true;
  }

  // Goes on after a bad one, so that one report names all entries that are wrong.
  bool bind_all() {
    bool good = true;
    for (std::size_t i = 0; i < proved_.entries.size(); ++i)
      good &= bind_disclosures(packet_.disclosures[i], proved_.entries[i], findings_) &&
              check_rotation(proved_.entries[i]);
    return good;
  }

  // Rule 24: what a log recorded about its keys is what its packets show of them. The checkpoint
  // covers the entry, so its rotation is among the packet's.
  bool check_rotation(const ShownEntry& shown) {
    if (!shown.head || shown.head->head.type != "rotate") return true;
    const auto field = shown.head->fields.find("rotation");
    if (field == shown.head->fields.end()) return true;
    const std::string* note = field->second.value.if_string();
    if (note != nullptr && std::find(packet_.rotations.begin(), packet_.rotations.end(), *note) !=
                               packet_.rotations.end())
      return true;
    findings_.add("wrong_key", shown.place, "the rotation it records is not among the packet's",
                  "rotation");
    return false;
  }

  const Packet& packet_;
  const Trust& trust_;
  FindingList& findings_;
  note::Note note_;
  ProvedPacket proved_;
};

}  // namespace

std::optional<ProvedPacket> prove_packet(const Packet& packet, const Place& place,
                                         const Trust& trust, FindingList& findings) {
  PacketProof proof(packet, place, trust, findings);
  if (!proof.run()) return std::nullopt;
  return proof.take();
}

}  // namespace quarrymark::passport
