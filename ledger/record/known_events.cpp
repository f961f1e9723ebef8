#include "ledger/record/known_events.h"

#include "ledger/custody/decode.h"
#include "ledger/entry/device.h"
#include "ledger/record/foreign.h"

namespace quarrymark::record {
namespace {

std::string place_key(const LogId& log, std::uint64_t seq) {
  return RowWriter().hash(log).u64(seq).take();
}

}  // namespace

Result<custody::Event> read_event(std::string_view entry_text,
                                  const std::vector<std::string>& disclosures) {
  QM_TRY(const entry::Entry entry, entry::parse_entry(entry_text));
  if (disclosures.empty()) return fail(Errc::kMalformed, "the event has no head");
  QM_TRY(const entry::Disclosure head_disclosure, entry::parse_disclosure(disclosures.front()));
  QM_TRY(const entry::Head head, entry::parse_head(head_disclosure.value));
  std::vector<entry::Disclosure> fields;
  std::string device_key;
  for (std::size_t i = 1; i < disclosures.size(); ++i) {
    QM_TRY(entry::Disclosure field, entry::parse_disclosure(disclosures[i]));
    if (field.name == entry::kDeviceName) {
      QM_TRY(const auto device, entry::parse_device_disclosure(field));
      device_key = base64url_encode(device.key);
    } else {
      fields.push_back(std::move(field));
    }
  }
  QM_TRY(custody::Event event, custody::decode_event(head_disclosure, head, fields));
  event.device_key = std::move(device_key);
  event.device_signed = entry.device.has_value();
  custody::place_event(event, entry);
  return event;
}

Result<const KnownEvent*> KnownEvents::keep(KnownEvent event) {
  auto& slot = known_[event.event.id];
  if (!slot) slot = std::make_unique<KnownEvent>(std::move(event));
  return slot.get();
}

Result<const KnownEvent*> KnownEvents::find(const EventId& id) {
  if (const auto found = known_.find(id); found != known_.end()) return found->second.get();
  QM_TRY(const auto row, load_state(rows_, {id, entry::kRecordOut}));
  if (!row) return nullptr;
  return at(row->maker, row->seq);
}

Result<const KnownEvent*> KnownEvents::at(const LogId& log, std::uint64_t seq) {
  if (const auto found = prepared_.find(place_key(log, seq)); found != prepared_.end())
    return known_.at(found->second).get();
  KnownEvent event;
  event.own = node_.log_of(origin_of(log));
  if (event.own != nullptr) {
    QM_TRY(event.entry, event.own->log->entry(seq));
    QM_TRY(event.disclosures, event.own->log->disclosures(seq));
    // What was erased for good stands as an empty text.
    std::erase_if(event.disclosures, [](const std::string& text) { return text.empty(); });
  } else {
    QM_TRY(auto foreign, load_foreign_entry(rows_, log, seq));
    if (!foreign || foreign->disclosures.empty()) return nullptr;
    event.entry = std::move(foreign->text);
    event.disclosures = std::move(foreign->disclosures);
  }
  QM_TRY(event.event, read_event(event.entry, event.disclosures));
  return keep(std::move(event));
}

Result<const KnownEvent*> KnownEvents::spender(const StateRow& row) {
  if (!row.spent) return nullptr;
  return at(row.spent->log, row.spent->seq);
}

void KnownEvents::add_prepared(const custody::Event& event, const log::Prepared& prepared,
                               OpenLog& log) {
  KnownEvent known;
  known.event = event;
  known.own = &log;
  known.disclosures = prepared.disclosures;
  known.disclosures.insert(known.disclosures.begin(), prepared.head);
  if (prepared.device) known.disclosures.push_back(*prepared.device);
  const auto id = log_id(event.log);
  if (id) prepared_[place_key(*id, event.seq)] = event.id;
  known_[event.id] = std::make_unique<KnownEvent>(std::move(known));
}

}  // namespace quarrymark::record
