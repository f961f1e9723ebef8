// Logs in memory from which tests make real packets and passports, right or wrong.
//
// A TestLog is a plain value: copy it before the last append to tell two stories (a split
// history). Keys are derived from a number, so runs repeat; salts are drawn afresh as always.
#pragma once

#include "ledger/crypto/key.h"
#include "ledger/custody/event.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/entry.h"
#include "ledger/passport/packet.h"
#include "ledger/passport/trust.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::support {

crypto::SigningKey test_key(unsigned number);

// A state to consume, with the disclosure its marker is made from.
struct Spent {
  entry::StateRef state;
  std::int64_t amount = 1;
  std::string disclosure;
};

struct Draft {
  std::string type;
  std::vector<Spent> inputs = {};
  std::vector<json::Value> outputs = {};
  std::map<std::string, json::Value> fields = {};
  const crypto::SigningKey* device = nullptr;
  std::string at = "2026-03-02T14:44:03+05:30";
  // Applied just before the head is disclosed and before the entry is written.
  std::function<void(entry::Head&)> change_head = {};
  std::function<void(entry::Entry&)> change_entry = {};
  std::function<void(json::Value&)> change_head_value = {};
};

struct Appended {
  EventId id;
  std::uint64_t seq = 0;
  entry::Entry entry;
  std::string text;                      // of the entry
  std::vector<std::string> disclosures;  // as they stand in a packet
  std::vector<std::string> names;        // of those disclosures: event, fields in order, device
  std::vector<std::int64_t> amounts;     // of its outputs

  Spent state(std::int32_t out) const;  // the whole of it
  Spent record() const;
  const std::string& disclosure(std::string_view name) const;
  entry::StateRef ref(std::int32_t out) const { return {id, out}; }
};

struct Cosigner {
  std::string name;
  crypto::SigningKey key;
  std::uint64_t time = 1'772'500'000;  // 2026-03-03

  std::string vkey() const;  // type 0x04
};

class TestLog {
 public:
  explicit TestLog(unsigned number);

  const std::string& origin() const { return origin_; }
  std::string vkey() const;       // of the first key
  std::string last_vkey() const;  // of the key that signs now
  const crypto::SigningKey& signing_key() const { return keys_.back(); }
  std::uint64_t size() const { return leaves_.size(); }
  // REQUIRES: the entry was appended, not passed over.
  const Appended& at(std::uint64_t seq) const { return recorded_.at(seq); }

  Appended append(const Draft& draft);
  // Entries of others' business, which no test shows: only their hashes are there.
  void pass_over(std::uint64_t count);
  void rotate(unsigned number);  // to the key of that number

  // The root of the first `size` entries, and their checkpoint, cosigned.
  Hash root(std::uint64_t size) const;
  std::string checkpoint(std::uint64_t size, const std::vector<Cosigner>& cosigners = {}) const;
  // All entries that were appended, or those named, under a checkpoint of all entries, or of the
  // first `size`.
  passport::Packet packet(const std::vector<Cosigner>& cosigners = {}) const;
  passport::Packet packet(const std::vector<std::uint64_t>& seqs, std::uint64_t size,
                          const std::vector<Cosigner>& cosigners = {}) const;

 private:
  std::string origin_;
  std::vector<crypto::SigningKey> keys_;
  std::vector<std::string> rotations_;
  std::vector<Hash> leaves_;
  std::map<std::uint64_t, Appended> recorded_;  // by seq
  std::int64_t device_counter_ = 0;
};

// The value of an output.
json::Value item(std::string_view number, std::string_view kind = "block", std::int64_t amount = 1,
                 std::string_view unit = "piece", std::vector<std::string> aliases = {});

// A passport file of these packets about these states.
passport::Passport make_passport(std::vector<entry::StateRef> items,
                                 std::vector<passport::Packet> packets);

// A trust file with these keys, and these witnesses of whom `quorum` must have cosigned.
passport::Trust make_trust(const std::vector<std::string>& registrars,
                           const std::vector<Cosigner>& witnesses = {}, std::size_t quorum = 0);

}  // namespace quarrymark::support
