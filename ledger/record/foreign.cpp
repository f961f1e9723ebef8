#include "ledger/record/foreign.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/entry/entry.h"
#include "ledger/entry/head.h"
#include "ledger/log/cosigned.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"
#include "ledger/passport/prune.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace quarrymark::record {
namespace {

using passport::Packet;
using store::Table;

constexpr std::uint8_t kEntryTag = 'n', kPacketTag = 'p', kCoverTag = 'c', kRootTag = 'r';

std::string entry_key(const LogId& log, std::uint64_t seq) {
  return RowWriter().u8(kEntryTag).hash(log).u64(seq).take();
}
std::string packet_key(const LogId& log, const Hash& digest) {
  return RowWriter().u8(kPacketTag).hash(log).hash(digest).take();
}
std::string cover_prefix(const LogId& log, std::uint64_t seq) {
  return RowWriter().u8(kCoverTag).hash(log).u64(seq).take();
}

std::string write_foreign(const ForeignEntry& entry) {
  RowWriter out;
  out.text(entry.text).u32(static_cast<std::uint32_t>(entry.disclosures.size()));
  for (const std::string& disclosure : entry.disclosures) out.text(disclosure);
  return out.take();
}

Result<ForeignEntry> read_foreign(std::string_view bytes) {
  RowReader in(bytes);
  ForeignEntry entry;
  entry.text = in.text();
  const std::uint32_t count = in.u32();
  for (std::uint32_t i = 0; i < count && in.good(); ++i) entry.disclosures.emplace_back(in.text());
  if (!in.good()) return fail(Errc::kDataLoss, "a stored foreign entry is damaged");
  return entry;
}

// A packet without what stands in its entries' own rows.
struct PacketFrame {
  Packet packet;  // entries and disclosures empty
  std::vector<std::uint64_t> seqs;
};

std::string write_frame(const Packet& packet, const std::vector<std::uint64_t>& seqs) {
  RowWriter out;
  out.text(packet.key).text(packet.checkpoint);
  out.u32(static_cast<std::uint32_t>(packet.rotations.size()));
  for (const std::string& rotation : packet.rotations) out.text(rotation);
  out.u32(static_cast<std::uint32_t>(seqs.size()));
  for (const std::uint64_t seq : seqs) out.u64(seq);
  out.u32(static_cast<std::uint32_t>(packet.proof.size()));
  for (const Hash& hash : packet.proof) out.hash(hash);
  return out.take();
}

Result<PacketFrame> read_frame(std::string_view bytes) {
  RowReader in(bytes);
  PacketFrame frame;
  frame.packet.key = in.text();
  frame.packet.checkpoint = in.text();
  for (std::uint32_t left = in.u32(); left > 0 && in.good(); --left)
    frame.packet.rotations.emplace_back(in.text());
  for (std::uint32_t left = in.u32(); left > 0 && in.good(); --left) frame.seqs.push_back(in.u64());
  for (std::uint32_t left = in.u32(); left > 0 && in.good(); --left)
    frame.packet.proof.push_back(in.hash());
  if (!in.good() || !in.at_end()) return fail(Errc::kDataLoss, "a stored packet is damaged");
  return frame;
}

std::string shortened(std::string_view text) { return quoted_for_message(text, 120); }

// The disclosures of both, the head first and then in the order of the head's fields.
Result<std::vector<std::string>> merged(const std::vector<std::string>& known,
                                        const std::vector<std::string>& more) {
  std::map<FieldDigest, const std::string*> by_digest;
  for (const auto* list : {&known, &more})
    for (const std::string& text : *list) by_digest.emplace(entry::disclosure_digest(text), &text);
  if (by_digest.empty()) return std::vector<std::string>();
  const std::string& head_text = known.empty() ? more.front() : known.front();
  QM_TRY(const entry::Disclosure disclosure, entry::parse_disclosure(head_text));
  QM_TRY(const entry::Head head, entry::parse_head(disclosure.value));
  std::vector<std::string> result{head_text};
  by_digest.erase(disclosure.digest);
  for (const auto& [name, digest] : head.fields)
    if (const auto found = by_digest.find(digest); found != by_digest.end()) {
      result.push_back(*found->second);
      by_digest.erase(found);
    }
  for (const auto& [digest, text] : by_digest) result.push_back(*text);  // the device's
  return result;
}

Status store_entry(Rows& rows, const LogId& log, std::uint64_t seq, const std::string& text,
                   const std::vector<std::string>& disclosures, Stored& stored) {
  QM_TRY(const auto known, load_foreign_entry(rows, log, seq));
  if (known && known->text != text)
    return fail(Errc::kRefused,
                cat("log ", origin_of(log), " shows two entries ", seq, ": known here is ",
                    shortened(known->text), ", now it is ", shortened(text)));
  ForeignEntry entry{text, {}};
  QM_TRY(entry.disclosures,
         merged(known ? known->disclosures : std::vector<std::string>(), disclosures));
  const std::size_t before = known ? known->disclosures.size() : 0;
  if (known && entry.disclosures.size() == before) return {};
  if (!known) ++stored.entries;
  stored.disclosures += entry.disclosures.size() - before;
  stored.touched.push_back(seq);
  rows.put(Table::kForeign, entry_key(log, seq), write_foreign(entry));
  return {};
}

Status store_root(Rows& rows, const LogId& log, const Packet& packet) {
  QM_TRY(const note::Note note, note::parse_note(packet.checkpoint));
  QM_TRY(const note::Checkpoint checkpoint, note::parse_checkpoint(note.text));
  const std::string key = RowWriter().u8(kRootTag).hash(log).u64(checkpoint.size).take();
  QM_TRY(const auto known, rows.get(Table::kForeign, key));
  const std::string_view root = as_text(checkpoint.root);
  if (known && *known != root)
    return fail(Errc::kRefused,
                cat("log ", origin_of(log), " shows two trees of ", checkpoint.size,
                    " entries: the root known here is ", base64_encode(as_bytes(*known)),
                    ", now it is ", base64_encode(checkpoint.root)));
  if (!known) rows.put(Table::kForeign, key, root);
  return {};
}

}  // namespace

Result<std::optional<ForeignEntry>> load_foreign_entry(Rows& rows, const LogId& log,
                                                       std::uint64_t seq) {
  QM_TRY(const auto bytes, rows.get(Table::kForeign, entry_key(log, seq)));
  if (!bytes) return std::optional<ForeignEntry>();
  QM_TRY(ForeignEntry entry, read_foreign(*bytes));
  return std::optional<ForeignEntry>(std::move(entry));
}

Status visit_foreign_entries(
    const store::Store& store,
    const std::function<Status(const LogId&, std::uint64_t, const ForeignEntry&)>& visit) {
  Status visited;
  QM_TRY_VOID(store.scan(Table::kForeign, RowWriter().u8(kEntryTag).take(), {},
                         [&](std::string_view key, std::string_view value) {
                           RowReader in(key.substr(1));
                           const LogId log = in.hash();
                           const std::uint64_t seq = in.u64();
                           const auto entry = read_foreign(value);
                           visited = entry ? visit(log, seq, *entry)
                                           : Status(tl::unexpected<Error>(entry.error()));
                           return visited.has_value();
                         }));
  return visited;
}

Result<Stored> store_packet(Rows& rows, const LogId& log, const Packet& packet) {
  Stored stored;
  QM_TRY_VOID(store_root(rows, log, packet));
  std::vector<std::uint64_t> seqs;
  for (std::size_t i = 0; i < packet.entries.size(); ++i) {
    QM_TRY(const entry::Entry entry, entry::parse_entry(packet.entries[i]));
    seqs.push_back(entry.seq);
    QM_TRY_VOID(
        store_entry(rows, log, entry.seq, packet.entries[i], packet.disclosures[i], stored));
  }
  const std::string frame = write_frame(packet, seqs);
  const Hash digest = crypto::sha256(frame);
  const std::string key = packet_key(log, digest);
  QM_TRY(const auto known, rows.get(Table::kForeign, key));
  if (known) return stored;
  stored.new_packet = true;
  rows.put(Table::kForeign, key, frame);
  for (const std::uint64_t seq : seqs)
    rows.put(Table::kForeign, cover_prefix(log, seq) + std::string(as_text(digest)), {});
  return stored;
}

Status forget_disclosures(Rows& rows, const LogId& log, std::uint64_t seq,
                          const std::vector<FieldDigest>& digests) {
  QM_TRY(auto known, load_foreign_entry(rows, log, seq));
  if (!known) return {};
  const auto is_meant = [&](const std::string& text) {
    return std::find(digests.begin(), digests.end(), entry::disclosure_digest(text)) !=
           digests.end();
  };
  if (std::erase_if(known->disclosures, is_meant) > 0)
    rows.put(Table::kForeign, entry_key(log, seq), write_foreign(*known));
  return {};
}

namespace {

Result<Packet> rebuild(Overlay& rows, const LogId& log, const Hash& digest,
                       const std::set<std::uint64_t>& keep) {
  QM_TRY(const auto bytes, rows.get(Table::kForeign, packet_key(log, digest)));
  if (!bytes) return fail(Errc::kDataLoss, cat("a packet of log ", origin_of(log), " is missing"));
  QM_TRY(PacketFrame frame, read_frame(*bytes));
  for (const std::uint64_t seq : frame.seqs) {
    QM_TRY(auto entry, load_foreign_entry(rows, log, seq));
    if (!entry)
      return fail(Errc::kDataLoss, cat("entry ", seq, " of log ", origin_of(log), " is missing"));
    frame.packet.entries.push_back(std::move(entry->text));
    frame.packet.disclosures.push_back(std::move(entry->disclosures));
  }
  return passport::prune_packet(frame.packet, keep);
}

// A stored packet, as one to choose.
struct Candidate {
  std::set<std::uint64_t> proves;  // of the entries that are still needed
  bool cosigned = false;
  std::uint64_t size = 0;  // of its checkpoint

  // What nothing is left of comes last.
  auto rank() const { return std::tuple(!proves.empty(), cosigned, proves.size(), size); }
};

Result<std::map<Hash, Candidate>> candidates_for(Overlay& rows, const LogId& log,
                                                 const std::set<std::uint64_t>& seqs) {
  std::map<Hash, Candidate> candidates;
  for (const std::uint64_t seq : seqs) {
    const std::string prefix = cover_prefix(log, seq);
    QM_TRY_VOID(rows.scan(Table::kForeign, prefix, [&](std::string_view key, std::string_view) {
      candidates[RowReader(key.substr(prefix.size())).hash()].proves.insert(seq);
      return true;
    }));
  }
  for (auto& [digest, candidate] : candidates) {
    QM_TRY(const auto bytes, rows.get(Table::kForeign, packet_key(log, digest)));
    if (!bytes)
      return fail(Errc::kDataLoss, cat("a packet of log ", origin_of(log), " is missing"));
    QM_TRY(const PacketFrame frame, read_frame(*bytes));
    QM_TRY(const note::Note note, note::parse_note(frame.packet.checkpoint));
    QM_TRY(const note::Checkpoint checkpoint, note::parse_checkpoint(note.text));
    candidate.cosigned = log::has_cosignature(frame.packet.checkpoint);
    candidate.size = checkpoint.size;
  }
  return candidates;
}

}  // namespace

Result<std::vector<Packet>> packets_for(Overlay& rows, const LogId& log,
                                        const std::set<std::uint64_t>& seqs) {
  QM_TRY(auto covers, candidates_for(rows, log, seqs));
  std::vector<Packet> packets;
  std::set<std::uint64_t> left = seqs;
  while (!left.empty()) {
    // Greedy set cover: within a logarithm of the fewest, and exact in the usual case of one.
    const auto best = std::max_element(
        covers.begin(), covers.end(),
        [](const auto& a, const auto& b) { return a.second.rank() < b.second.rank(); });
    if (best == covers.end() || best->second.proves.empty())
      return fail(Errc::kNotFound,
                  cat("no packet here proves entry ", *left.begin(), " of log ", origin_of(log)));
    const std::set<std::uint64_t> taken = std::move(best->second.proves);
    QM_TRY(Packet packet, rebuild(rows, log, best->first, taken));
    packets.push_back(std::move(packet));
    covers.erase(best);
    for (const std::uint64_t seq : taken) {
      left.erase(seq);
      for (auto& [digest, candidate] : covers) candidate.proves.erase(seq);
    }
  }
  return packets;
}

}  // namespace quarrymark::record
