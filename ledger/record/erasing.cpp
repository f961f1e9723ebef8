#include "ledger/record/erasing.h"

#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/passport/name_search.h"
#include "ledger/record/erased_rows.h"
#include "ledger/record/event_builder.h"

#include <algorithm>
#include <array>

namespace quarrymark::record {
namespace {

constexpr std::size_t kMaxReason = 4000, kMaxSaid = 20;
// A record of the store's log may be cut into two blocks anywhere; of these two pieces, which
// cover the salt alone, one stays whole.
constexpr std::size_t kPiece = 14, kFirstPiece = 3, kSecondPiece = kFirstPiece + kPiece;
constexpr std::size_t kSaltBegin = 2;  // behind ["
// Shorter words stand everywhere and mean nobody.
constexpr std::size_t kWordBytes = 4;

Result<std::uint64_t> find_own(const OpenLog& log, std::string_view reference) {
  Hash hash;
  if (parse_hash_text(reference, hash)) {
    QM_TRY(const auto seq, log.log->find_event(EventId{hash}));
    if (seq) return *seq;
  }
  const std::string_view key = reference.starts_with("key:") ? reference.substr(4) : reference;
  QM_TRY(const auto seq, log.log->find_key(key));
  if (seq) return *seq;
  return fail(Errc::kNotFound,
              cat("the log of ", log.record.name, " has no event ", quoted_for_message(reference)),
              "event");
}

// Known here, but somebody else's: a better answer than "no such event".
Status refuse_foreign(Node& node, std::string_view reference) {
  Hash hash;
  if (!parse_hash_text(reference, hash)) return {};
  Overlay rows(node.store());
  QM_TRY(const auto row, load_state(rows, {EventId{hash}, entry::kRecordOut}));
  if (!row) return {};
  return fail(Errc::kRefused,
              cat("event ", reference, " is of log ", origin_of(row->maker),
                  "; only who keeps that log can erase something of it"),
              "event");
}

// Words of fixed lists, which mean nobody either.
bool is_vocabulary(std::string_view member) {
  static constexpr std::array<std::string_view, 8> kMembers = {
      "action", "axis", "by", "country", "family", "kind", "result", "role"};
  return std::find(kMembers.begin(), kMembers.end(), member) != kMembers.end();
}

void add_words(const json::Value& value, std::vector<std::string>& words) {
  if (const std::string* text = value.if_string()) {
    Hash opaque;
    if (text->size() >= kWordBytes && !parse_hash_text(*text, opaque)) words.push_back(*text);
  }
  if (const json::Array* array = value.if_array())
    for (const json::Value& element : *array) add_words(element, words);
  if (const json::Object* object = value.if_object())
    for (const auto& [name, member] : *object)
      if (!is_vocabulary(name)) add_words(member, words);
}

// What else in this log says the same words; erasing one field does not reach it.
Result<std::vector<std::string>> said_elsewhere(const OpenLog& log, const Erased& erased,
                                                const std::vector<std::string>& words) {
  std::vector<std::string> said;
  if (words.empty()) return said;
  std::vector<passport::NameSearch> searches(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) searches[i].add(words[i]);
  for (std::uint64_t seq = 0; seq < log.log->size() && said.size() < kMaxSaid; ++seq) {
    QM_TRY(const auto disclosures, log.log->disclosures(seq));
    for (const std::string& text : disclosures) {
      const auto parsed = text.empty() ? Result<entry::Disclosure>(fail(Errc::kNotFound, ""))
                                       : entry::parse_disclosure(text);
      if (!parsed || (seq == erased.entry && parsed->name == "erased")) continue;
      for (std::size_t i = 0; i < words.size() && said.size() < kMaxSaid; ++i)
        if (searches[i].found_in_value(parsed->value))
          said.push_back(
              cat(quoted_for_message(words[i]), " in ", parsed->name, " of entry ", seq));
    }
  }
  return said;
}

json::Value erased_value(const EventId& event, std::vector<std::string> fields,
                         const std::string& reason) {
  std::sort(fields.begin(), fields.end());
  json::Array disclosures;
  for (const std::string& field : fields)
    disclosures.push_back(json::Object{{"event", event.text()}, {"name", field}});
  return json::Object{{"disclosures", std::move(disclosures)}, {"reason", reason}};
}

Result<log::Receipt> append_erase(Node& node, OpenLog& log, const Erased& erased,
                                  const std::string& reason) {
  RecordRequest request;
  request.type = custody::EventType::kErase;
  Draft draft;
  draft.request = &request;
  draft.at = format_claimed_time(node.clock().now(), 0);
  draft.fields.emplace_back("erased", erased_value(erased.event, erased.fields, reason));
  draft.fields.emplace_back("party", json::Object{{"name", log.record.name}});
  QM_TRY(BuiltEvent built,
         build_event(draft, log.record.origin, log.log->size(), node.clock().now()));
  std::vector<log::Prepared> events;
  events.push_back(std::move(built.prepared));
  QM_TRY(const log::Appended appended, log.log->append(std::move(events)));
  return appended.receipts.front();
}

Status check_request(const EraseRequest& request) {
  if (request.fields.empty())
    return fail(Errc::kInvalidArgument, "expected at least one field", "field");
  for (std::size_t i = 0; i < request.fields.size(); ++i)
    if (std::find(request.fields.begin() + static_cast<std::ptrdiff_t>(i) + 1, request.fields.end(),
                  request.fields[i]) != request.fields.end())
      return fail(Errc::kInvalidArgument,
                  cat(quoted_for_message(request.fields[i]), " is named twice"), "field");
  if (comparable_name(request.reason).empty() || request.reason.size() > kMaxReason)
    return fail(Errc::kInvalidArgument, cat("expected a reason of 1 to ", kMaxReason, " bytes"),
                "reason");
  return {};
}

}  // namespace

Result<Erased> erase_fields(Node& node, OpenLog& log, const EraseRequest& request) {
  QM_TRY_VOID(check_request(request));
  auto seq = find_own(log, request.event);
  if (!seq) {
    QM_TRY_VOID(refuse_foreign(node, request.event));
    return tl::unexpected<Error>(seq.error());
  }
  Erased erased;
  erased.seq = *seq;
  erased.fields = request.fields;
  QM_TRY(const auto disclosures, log.log->disclosures(*seq));
  QM_TRY(const entry::Disclosure head_disclosure, entry::parse_disclosure(disclosures.front()));
  QM_TRY(const entry::Head head, entry::parse_head(head_disclosure.value));
  erased.event = entry::event_id(head_disclosure);
  erased.type = head.type;

  store::Batch look(node.store());
  std::vector<std::string> words;
  for (const std::string& field : request.fields) {
    QM_TRY(const ErasableField found, find_erasable(look, log.record.number, *seq, field));
    if (found.disclosure.empty())
      return fail(Errc::kRefused,
                  cat(quoted_for_message(field), " of entry ", *seq, " was erased before"),
                  "field");
    erased.needles.push_back(found.disclosure.substr(kFirstPiece, kPiece));
    erased.needles.push_back(found.disclosure.substr(kSecondPiece, kPiece));
    // The same salt as the store writes it (log/layout.h).
    QM_TRY(const std::string json, base64url_decode(found.disclosure));
    erased.needles.push_back(json.substr(kSaltBegin, kPiece));
    erased.needles.insert(erased.needles.end(), found.name_rows.begin(), found.name_rows.end());
    QM_TRY(const entry::Disclosure parsed, entry::parse_disclosure(found.disclosure));
    add_words(parsed.value, words);
  }
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  QM_TRY(const log::Receipt receipt, append_erase(node, log, erased, request.reason));
  erased.entry = receipt.index;
  QM_TRY(erased.said_elsewhere, said_elsewhere(log, erased, words));
  return erased;
}

Result<store::Store::Residue> search_for_erased(const Node& node, const Erased& erased) {
  return node.store().search(erased.needles);
}

}  // namespace quarrymark::record
