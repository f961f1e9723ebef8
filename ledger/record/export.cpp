#include "ledger/record/export.h"

#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/entry/entry.h"
#include "ledger/log/cosigned.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"
#include "ledger/passport/prune.h"
#include "ledger/passport/verify.h"
#include "ledger/record/chain.h"
#include "ledger/record/directory.h"
#include "ledger/record/foreign.h"
#include "ledger/record/item_finder.h"

#include <algorithm>
#include <set>

namespace quarrymark::record {
namespace {

using entry::StateRef;
using passport::Packet;
using passport::Passport;

// A picture lies beside the log; what stands in it is its digest, and who was there.
bool is_photo(const entry::Disclosure& disclosure) {
  if (disclosure.name != "document") return false;
  const json::Value* kind = disclosure.value.find("kind");
  return kind != nullptr && kind->if_string() != nullptr &&
         searchable_name(*kind->if_string()).find("photo") != std::string::npos;
}

// The disclosures of a needed event that go out: head, fields, needed outputs, device.
Result<std::vector<std::string>> shown(const NeededEvent& needed,
                                       const std::vector<std::string>& disclosures,
                                       const ExportOptions& options, LeftOut& left_out) {
  std::vector<std::string> result;
  for (const std::string& text : disclosures) {
    QM_TRY(const entry::Disclosure disclosure, entry::parse_disclosure(text));
    const std::int64_t out = entry::output_number(disclosure.name);
    if (out >= 0 && !needed.outs.contains(static_cast<std::int32_t>(out))) continue;
    if (disclosure.name == "transport" && !options.include_transport) {
      ++left_out.transport;
      continue;
    }
    if (!options.include_photos && is_photo(disclosure)) {
      ++left_out.photos;
      continue;
    }
    result.push_back(text);
  }
  return result;
}

using BySeq = std::map<std::uint64_t, const NeededEvent*>;

// A packet carries rotations up to the key that signed its checkpoint (FORMATS rule 24).
Result<log::SignedHead> head_of(const OpenLog& log, std::string checkpoint) {
  log::SignedHead head{std::move(checkpoint), log.log->signed_head().rotations};
  QM_TRY(const note::Note note, note::parse_note(head.checkpoint));
  const std::vector<std::string> vkeys = log.log->vkeys();
  for (std::size_t k = vkeys.size(); k-- > 0;) {
    QM_TRY(const note::VerifierKey key, note::parse_vkey(vkeys[k]));
    if (!note::verify_note(note, {&key, 1})) continue;
    head.rotations.resize(k);
    return head;
  }
  return fail(Errc::kDataLoss, "no key of the log signed the cosigned checkpoint kept for it");
}

// A cosigned checkpoint that covers the entries says from outside when they were there.
Result<log::SignedHead> choose_head(const Node& node, const OpenLog& log, const BySeq& events,
                                    const ExportOptions& options) {
  if (!options.newest_checkpoint) {
    const std::uint64_t entries = events.rbegin()->first + 1;
    QM_TRY(auto cosigned, log::newest_cosigned(node.store(), log.log->number(), entries));
    if (cosigned) return head_of(log, std::move(*cosigned));
  }
  return log.log->signed_head();
}

void note_uncosigned(const Passport& passport, Exported& exported) {
  std::set<custody::Origin> origins;
  for (const Packet& packet : passport.packets) {
    const auto origin = passport::packet_origin(packet);
    if (origin && !log::has_cosignature(packet.checkpoint)) origins.insert(*origin);
  }
  exported.uncosigned.assign(origins.begin(), origins.end());
}

// All of a log's own needed entries under one checkpoint.
Result<Packet> own_packet(const OpenLog& log, const BySeq& events, log::SignedHead head,
                          const ExportOptions& options, LeftOut& left_out) {
  Packet packet;
  packet.key = log.vkey;
  packet.rotations = std::move(head.rotations);
  packet.checkpoint = std::move(head.checkpoint);
  QM_TRY(const note::Note note, note::parse_note(packet.checkpoint));
  QM_TRY(const note::Checkpoint checkpoint, note::parse_checkpoint(note.text));
  std::vector<std::uint64_t> seqs;
  for (const auto& [seq, needed] : events) {
    seqs.push_back(seq);
    packet.entries.push_back(needed->known->entry);
    QM_TRY(auto disclosures, shown(*needed, needed->known->disclosures, options, left_out));
    packet.disclosures.push_back(std::move(disclosures));
  }
  QM_TRY(packet.proof, log.log->multi_proof(checkpoint.size, seqs));
  return packet;
}

Status add_foreign_packets(Overlay& rows, const LogId& log, const BySeq& events,
                           const ExportOptions& options, std::vector<Packet>& packets,
                           LeftOut& left_out) {
  std::set<std::uint64_t> seqs;
  for (const auto& [seq, needed] : events) seqs.insert(seq);
  QM_TRY(auto found, packets_for(rows, log, seqs));
  for (Packet& packet : found) {
    for (std::size_t i = 0; i < packet.entries.size(); ++i) {
      QM_TRY(const entry::Entry entry, entry::parse_entry(packet.entries[i]));
      QM_TRY(packet.disclosures[i],
             shown(*events.at(entry.seq), packet.disclosures[i], options, left_out));
    }
    packets.push_back(std::move(packet));
  }
  return {};
}

// What leaves the node must pass the check its reader will make.
Status check(const std::string& bytes) {
  if (bytes.size() > passport::kMaxPassportBytes)
    return fail(Errc::kTooLarge,
                cat("the passport would have ", bytes.size(), " bytes, at most ",
                    passport::kMaxPassportBytes, " are allowed; export fewer items at a time"));
  const std::string_view view = bytes;
  const auto checked = passport::check_passports(std::span(&view, 1), passport::Trust{});
  if (checked.findings.empty()) return {};
  return fail(Errc::kInternal,
              cat("the passport would not pass its own check: ", checked.findings.front().code,
                  ": ", checked.findings.front().sentence));
}

// One look at the store, for one call.
struct View {
  explicit View(const Node& node) : rows(node.store()), events(node, rows) {}
  Overlay rows;
  KnownEvents events;
};

// Needed outputs that nothing here discloses cannot be shown; items must be.
Result<Exported> build(Node& node, View& view, std::vector<StateRef> states,
                       const ExportOptions& options) {
  QM_TRY(const Chain chain, find_chain(view.rows, view.events, states));
  std::map<custody::Origin, BySeq> logs;
  for (const auto& [id, needed] : chain)
    logs[needed.known->event.log].emplace(needed.known->event.seq, &needed);

  Exported exported;
  Passport passport;
  passport.items = states;
  for (const auto& [origin, events] : logs) {
    QM_TRY(const LogId log, log_id(origin));
    QM_TRY(const auto admissions, admissions_of(view.rows, log));
    if (admissions.empty()) exported.unnamed.push_back(origin);
    if (const OpenLog* own = node.log_of(origin)) {
      QM_TRY(log::SignedHead head, choose_head(node, *own, events, options));
      QM_TRY(Packet packet, own_packet(*own, events, std::move(head), options, exported.left_out));
      passport.packets.push_back(std::move(packet));
    } else {
      QM_TRY_VOID(add_foreign_packets(view.rows, log, events, options, passport.packets,
                                      exported.left_out));
    }
  }
  note_uncosigned(passport, exported);
  exported.items = std::move(states);
  exported.entries = chain.size();
  exported.passport = passport::write_passport(passport);
  QM_TRY_VOID(check(exported.passport));
  return exported;
}

// An event of this log by id, "key:<key>" or the key itself.
Result<const KnownEvent*> find_own_event(View& view, OpenLog& log, std::string_view reference) {
  QM_TRY(const LogId own, log_id(log.record.origin));
  Hash hash;
  if (parse_hash_text(reference, hash)) {
    QM_TRY(const KnownEvent* known, view.events.find(EventId{hash}));
    if (known != nullptr) return known;
  }
  const std::string_view key = reference.starts_with("key:") ? reference.substr(4) : reference;
  QM_TRY(const auto seq, log.log->find_key(key));
  if (!seq)
    return fail(Errc::kNotFound, cat("the log of ", log.record.name, " has no event ",
                                     quoted_for_message(reference)));
  return view.events.at(own, *seq);
}

std::vector<StateRef> distinct(std::vector<StateRef> states) {
  std::vector<StateRef> result;
  for (const StateRef& state : states)
    if (std::find(result.begin(), result.end(), state) == result.end()) result.push_back(state);
  return result;
}

}  // namespace

Result<std::vector<StateRef>> find_states(Node& node, OpenLog& log,
                                          std::span<const std::string> items) {
  View view(node);
  QM_TRY(const Directory directory, Directory::open(node, view.rows, view.events));
  QM_TRY(const LogId own, log_id(log.record.origin));
  const ItemFinder finder(view.rows, directory);
  std::vector<StateRef> states;
  for (const std::string& name : items) {
    // What this log holds comes before what somebody else's item of that name is.
    if (auto held = finder.held(name, own)) {
      states.push_back(held->state);
      continue;
    }
    QM_TRY(const std::string item, finder.item(name));
    QM_TRY(const auto current, finder.current(item));
    for (const FoundState& state : current) states.push_back(state.state);
  }
  return distinct(std::move(states));
}

Result<std::vector<StateRef>> states_of_event(Node& node, OpenLog& log, std::string_view event) {
  View view(node);
  QM_TRY(const KnownEvent* known, find_own_event(view, log, event));
  std::vector<StateRef> states;
  for (std::size_t out = 0; out < known->event.outputs.size(); ++out)
    states.push_back({known->event.id, static_cast<std::int32_t>(out)});
  return states;
}

Result<Exported> export_passport(Node& node, std::span<const StateRef> states,
                                 const ExportOptions& options) {
  if (states.empty()) return fail(Errc::kInvalidArgument, "expected at least one item, got none");
  View view(node);
  return build(node, view, distinct({states.begin(), states.end()}), options);
}

Result<Exported> export_events(Node& node, OpenLog& log, std::span<const std::string> events,
                               const ExportOptions& options) {
  if (events.empty()) return fail(Errc::kInvalidArgument, "expected at least one event, got none");
  View view(node);
  std::vector<StateRef> states;
  for (const std::string& event : events) {
    QM_TRY(const KnownEvent* known, find_own_event(view, log, event));
    states.push_back({known->event.id, entry::kRecordOut});
  }
  return build(node, view, distinct(std::move(states)), options);
}

}  // namespace quarrymark::record
