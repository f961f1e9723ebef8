#include "tests/support/passport_builder.h"

#include "ledger/base/text.h"
#include "ledger/entry/device.h"
#include "ledger/entry/head.h"
#include "ledger/entry/marker.h"
#include "ledger/merkle/multi_proof.h"
#include "ledger/merkle/tree_hash.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/cosignature.h"
#include "ledger/note/rotation.h"
#include "ledger/note/signed_note.h"

#include <array>

namespace quarrymark::support {
namespace {

// Builders are given good input by tests; anything else is a bug of the test.
template <class T>
T must(Result<T> result) {
  QM_CHECK(result.has_value(), to_string(result.has_value() ? Error{} : result.error()).c_str());
  return std::move(*result);
}

// Complete subtrees, hashed anew each time: slow and plain, as a check on the real tree.
Hash subtree(const std::vector<Hash>& leaves, unsigned level, std::uint64_t index) {
  if (level == 0) return leaves[index];
  return merkle::node_hash(subtree(leaves, level - 1, 2 * index),
                           subtree(leaves, level - 1, 2 * index + 1));
}

// Any 32 bytes do for an entry that nobody shows.
Hash numbered(std::uint64_t number) {
  Hash hash{};
  for (unsigned i = 0; i < 8; ++i) hash[i] = static_cast<std::uint8_t>(number >> 8 * i);
  return hash;
}

// REQUIRES: `leaves` outlives the source.
merkle::NodeSource source_of(const std::vector<Hash>& leaves) {
  return [&leaves](unsigned level, std::uint64_t index) -> Result<Hash> {
    return subtree(leaves, level, index);
  };
}

}  // namespace

crypto::SigningKey test_key(unsigned number) {
  std::array<std::uint8_t, 32> seed{};
  for (unsigned i = 0; i < 4; ++i) seed[i] = static_cast<std::uint8_t>(number >> 8 * i);
  seed[31] = 0x51;
  return must(crypto::SigningKey::from_seed(seed));
}

Spent Appended::state(std::int32_t out) const {
  return {ref(out), amounts[static_cast<std::size_t>(out)], disclosure(entry::output_name(out))};
}

Spent Appended::record() const { return {ref(entry::kRecordOut), 0, disclosures[0]}; }

const std::string& Appended::disclosure(std::string_view name) const {
  for (std::size_t i = 0; i < names.size(); ++i)
    if (names[i] == name) return disclosures[i];
  QM_CHECK(false, "the event has no such disclosure");
  return disclosures[0];
}

std::string Cosigner::vkey() const {
  return must(note::make_vkey(name, note::kEd25519Cosignature, key.public_key())).text();
}

TestLog::TestLog(unsigned number) : keys_{test_key(number)} {
  origin_ = note::origin_for_key(keys_[0].public_key());
}

std::string TestLog::vkey() const {
  return must(note::make_vkey(origin_, note::kEd25519, keys_.front().public_key())).text();
}

std::string TestLog::last_vkey() const {
  return must(note::make_vkey(origin_, note::kEd25519, keys_.back().public_key())).text();
}

Appended TestLog::append(const Draft& draft) {
  Appended made;
  entry::Head head;
  head.type = draft.type;
  head.log = origin_;
  head.at = draft.at;
  if (draft.device != nullptr) head.n = ++device_counter_;
  for (const Spent& spent : draft.inputs) {
    head.inputs.push_back({spent.state, spent.amount});
    made.entry.spends.push_back(entry::spend_marker(spent.state.event, spent.disclosure));
  }
  head.outputs = static_cast<std::int64_t>(draft.outputs.size());
  std::map<std::string, entry::Disclosure> fields;
  for (const auto& [name, value] : draft.fields)
    fields.emplace(name, entry::make_disclosure(name, json::with_ascending_members(value)));
  for (std::size_t out = 0; out < draft.outputs.size(); ++out) {
    const std::string name = entry::output_name(static_cast<std::int64_t>(out));
    fields.emplace(name,
                   entry::make_disclosure(name, json::with_ascending_members(draft.outputs[out])));
    const json::Value* amount = draft.outputs[out].find("amount");
    made.amounts.push_back(amount != nullptr && amount->if_integer() ? *amount->if_integer() : 1);
  }
  for (const auto& [name, disclosure] : fields) head.fields.emplace_back(name, disclosure.digest);
  if (draft.change_head) draft.change_head(head);
  json::Value value = entry::head_value(head);
  if (draft.change_head_value) draft.change_head_value(value);
  const entry::Disclosure head_disclosure = entry::make_disclosure(entry::kHeadName, value);
  made.id = entry::event_id(head_disclosure);
  made.seq = leaves_.size();
  made.names.emplace_back(entry::kHeadName);
  made.disclosures.push_back(head_disclosure.text);
  for (const auto& [name, disclosure] : fields) {
    made.names.push_back(name);
    made.disclosures.push_back(disclosure.text);
  }
  made.entry.log = origin_;
  made.entry.seq = made.seq;
  if (made.seq > 0) made.entry.prev = EntryHash{leaves_.back()};
  constexpr std::int64_t kFirst = 1'772'442'843'120;  // 2026-03-02T09:14:03.120Z
  made.entry.time = {kFirst + static_cast<std::int64_t>(made.seq) * 60'000};
  made.entry.event = made.id;
  if (draft.device != nullptr) {
    const entry::Disclosure device = entry::make_device_disclosure(*draft.device, made.id);
    made.entry.device = device.digest;
    made.names.emplace_back(entry::kDeviceName);
    made.disclosures.push_back(device.text);
  }
  if (draft.change_entry) draft.change_entry(made.entry);
  made.text = entry::write_entry(made.entry);
  leaves_.push_back(merkle::leaf_hash(as_bytes(made.text)));
  recorded_.emplace(made.seq, made);
  return made;
}

void TestLog::pass_over(std::uint64_t count) {
  for (std::uint64_t i = 0; i < count; ++i) leaves_.push_back(numbered(leaves_.size()));
}

void TestLog::rotate(unsigned number) {
  crypto::SigningKey next = test_key(number);
  rotations_.push_back(must(note::make_rotation(origin_, keys_.back(), next)));
  keys_.push_back(std::move(next));
}

Hash TestLog::root(std::uint64_t size) const {
  return must(merkle::root_at(size, source_of(leaves_)));
}

std::string TestLog::checkpoint(std::uint64_t size, const std::vector<Cosigner>& cosigners) const {
  std::string text = must(note::sign_checkpoint(origin_, size, root(size), keys_.back()));
  const std::string signed_text = must(note::parse_note(text)).text;
  for (const Cosigner& cosigner : cosigners)
    text += note::write_signature_line(
        must(note::make_cosignature(signed_text, cosigner.time, cosigner.name, cosigner.key)));
  return text;
}

passport::Packet TestLog::packet(const std::vector<Cosigner>& cosigners) const {
  std::vector<std::uint64_t> all;
  for (const auto& [seq, recorded] : recorded_) all.push_back(seq);
  return packet(all, size(), cosigners);
}

passport::Packet TestLog::packet(const std::vector<std::uint64_t>& seqs, std::uint64_t size,
                                 const std::vector<Cosigner>& cosigners) const {
  passport::Packet packet;
  packet.key = vkey();
  packet.rotations = rotations_;
  packet.checkpoint = checkpoint(size, cosigners);
  for (const std::uint64_t seq : seqs) {
    packet.entries.push_back(at(seq).text);
    packet.disclosures.push_back(at(seq).disclosures);
  }
  packet.proof = must(merkle::make_multi_proof(size, seqs, source_of(leaves_)));
  return packet;
}

json::Value item(std::string_view number, std::string_view kind, std::int64_t amount,
                 std::string_view unit, std::vector<std::string> aliases) {
  json::Object value;
  json::Array names;
  for (std::string& alias : aliases) names.emplace_back(std::move(alias));
  if (!names.empty()) value.emplace_back("aliases", std::move(names));
  value.emplace_back("amount", amount);
  value.emplace_back("item", number);
  value.emplace_back("kind", kind);
  value.emplace_back("unit", unit);
  return value;
}

passport::Passport make_passport(std::vector<entry::StateRef> items,
                                 std::vector<passport::Packet> packets) {
  return {std::move(items), std::move(packets), std::nullopt};
}

passport::Trust make_trust(const std::vector<std::string>& registrars,
                           const std::vector<Cosigner>& witnesses, std::size_t quorum) {
  passport::Trust trust;
  for (const std::string& vkey : registrars)
    trust.registrars.push_back(must(note::parse_vkey(vkey)));
  std::string members;
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    trust.policy_text += cat("witness w", i, " ", witnesses[i].vkey(), "\n");
    members += cat(" w", i);
  }
  if (quorum > 0) trust.policy_text += cat("group all-of-them ", quorum, members, "\n");
  if (!trust.policy_text.empty())
    trust.policy_text += quorum > 0 ? "quorum all-of-them\n" : "quorum none\n";
  if (!trust.policy_text.empty()) trust.policy = must(note::parse_policy(trust.policy_text));
  return trust;
}

}  // namespace quarrymark::support
