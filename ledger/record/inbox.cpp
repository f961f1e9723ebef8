#include "ledger/record/inbox.h"

#include "ledger/base/text.h"
#include "ledger/entry/entry.h"
#include "ledger/passport/prune.h"
#include "ledger/passport/verify.h"
#include "ledger/record/foreign.h"
#include "ledger/record/index.h"
#include "ledger/record/known_events.h"

#include <algorithm>
#include <set>

namespace quarrymark::record {
namespace {

// Proofs alone: whoever signs correctly may be shown, and nobody is asked to cosign.
Result<passport::Checked> check(std::span<const std::string_view> passports) {
  passport::Checked checked = passport::check_passports(passports, passport::Trust{});
  if (checked.findings.empty()) return checked;
  const custody::Finding& first = checked.findings.front();
  std::string more;
  if (checked.findings.size() > 1) more = cat(" (and ", checked.findings.size() - 1, " more)");
  return fail(Errc::kRefused, cat(first.code, ": ", first.sentence, more));
}

// A packet about a log of this node adds nothing, but must agree with it.
Status compare_with_own(const OpenLog& own, const passport::Packet& packet) {
  for (const std::string& text : packet.entries) {
    QM_TRY(const entry::Entry entry, entry::parse_entry(text));
    auto ours = own.log->entry(entry.seq);
    if (!ours || *ours != text)
      return fail(Errc::kRefused,
                  cat("log ", own.record.origin, " (", own.record.name, ") is kept here and ",
                      ours ? cat("its entry ", entry.seq, " is ", quoted_for_message(*ours, 120))
                           : cat("has no entry ", entry.seq),
                      "; the passport shows ", quoted_for_message(text, 120)));
  }
  return {};
}

class Intake {
 public:
  explicit Intake(Node& node) : node_(node), rows_(node.store()) {}

  Status take_packets(std::string_view bytes) {
    QM_TRY(const passport::Passport passport, passport::parse_passport(bytes));
    for (const passport::Packet& packet : passport.packets) {
      QM_TRY(const custody::Origin origin, passport::packet_origin(packet));
      if (const OpenLog* own = node_.log_of(origin)) {
        QM_TRY_VOID(compare_with_own(*own, packet));
        continue;
      }
      QM_TRY(const LogId log, log_id(origin));
      QM_TRY(const Stored stored, store_packet(rows_, log, packet));
      accepted_.packets += stored.new_packet ? 1 : 0;
      accepted_.entries += stored.entries;
      accepted_.disclosures += stored.disclosures;
      for (const std::uint64_t seq : stored.touched) touched_.insert({log, seq});
    }
    return {};
  }

  // States first, then spending, so that the order of packets does not matter.
  Status index() {
    std::vector<custody::Event> events;
    for (const auto& [log, seq] : touched_) {
      QM_TRY(const auto entry, load_foreign_entry(rows_, log, seq));
      if (!entry || entry->disclosures.empty()) continue;
      QM_TRY(custody::Event event, read_event(entry->text, entry->disclosures));
      events.push_back(std::move(event));
    }
    const IsOwn is_own = [this](const LogId& log) {
      return node_.log_of(origin_of(log)) != nullptr;
    };
    for (const custody::Event& event : events) {
      QM_TRY_VOID(refuse_second_place(event));
      QM_TRY_VOID(note_arrivals(event));
      QM_TRY_VOID(index_makes(rows_, event));
      QM_TRY_VOID(index_waiting(rows_, event, is_own));
    }
    for (const custody::Event& event : events)
      QM_TRY_VOID(index_spends_elsewhere(rows_, event, is_own));
    return keep_what_is_open();
  }

  Status write() {
    store::Batch batch(node_.store());
    BatchRows rows(batch);
    rows_.write_to(rows);
    if (batch.byte_size() == 0) return {};
    return node_.store().write(batch, true);
  }

  AcceptedPassports take() { return std::move(accepted_); }

 private:
  // An event stands once in its log (FORMATS.md, rule 13), also in what different passports show.
  Status refuse_second_place(const custody::Event& event) {
    QM_TRY(const auto known, load_state(rows_, {event.id, entry::kRecordOut}));
    if (!known || (origin_of(known->maker) == event.log && known->seq == event.seq)) return {};
    return fail(Errc::kRefused,
                cat("event ", event.id.text(), " stands twice: known here as entry ", known->seq,
                    " of log ", origin_of(known->maker), ", now as entry ", event.seq, " of log ",
                    event.log));
  }

  // Outputs of a dispatch to a log of this node that were not known before.
  Status note_arrivals(const custody::Event& event) {
    if (event.type != custody::EventType::kDispatch || !event.to) return {};
    if (node_.log_of(event.to->log) == nullptr) return {};
    for (std::size_t out = 0; out < event.outputs.size(); ++out) {
      if (!event.outputs[out]) continue;
      const entry::StateRef state{event.id, static_cast<std::int32_t>(out)};
      QM_TRY(const auto known, load_state(rows_, state));
      if (!known)
        accepted_.arrived.push_back({state, *event.outputs[out], event.log, event.to->log});
    }
    return {};
  }

  // The same passports may show that the sender took some of it back.
  Status keep_what_is_open() {
    std::vector<Arrived> open;
    for (Arrived& arrived : accepted_.arrived) {
      QM_TRY(const auto row, load_state(rows_, arrived.state));
      if (row && !row->spent) open.push_back(std::move(arrived));
    }
    accepted_.arrived = std::move(open);
    return {};
  }

  Node& node_;
  Overlay rows_;
  AcceptedPassports accepted_;
  std::set<std::pair<LogId, std::uint64_t>> touched_;
};

}  // namespace

Result<AcceptedPassports> accept_passports(Node& node,
                                           std::span<const std::string_view> passports) {
  QM_TRY(const passport::Checked checked, check(passports));
  // From the first read to the write, so that no guard decides on states that change under it.
  const auto turn = node.store().lock_writer();
  Intake intake(node);
  for (const std::string_view bytes : passports) QM_TRY_VOID(intake.take_packets(bytes));
  QM_TRY_VOID(intake.index());
  QM_TRY_VOID(intake.write());
  AcceptedPassports accepted = intake.take();
  accepted.items = checked.evidence.items;
  return accepted;
}

}  // namespace quarrymark::record
