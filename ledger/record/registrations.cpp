#include "ledger/record/registrations.h"

#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/note/vkey.h"
#include "ledger/record/directory.h"
#include "ledger/record/index.h"
#include "ledger/record/known_events.h"

#include <algorithm>
#include <initializer_list>

namespace quarrymark::record {
namespace {

using custody::Event;
using custody::EventType;

// The first of these members of a field that is a text; empty: none.
std::string text_in(const KnownEvent& known, std::string_view field,
                    std::initializer_list<std::string_view> members) {
  for (const std::string& text : known.disclosures) {
    const auto disclosure = entry::parse_disclosure(text);
    if (!disclosure || disclosure->name != field) continue;
    for (const std::string_view member : members) {
      const json::Value* said = disclosure->value.find(member);
      if (said != nullptr && said->if_string() != nullptr) return *said->if_string();
    }
  }
  return {};
}

class Reading {
 public:
  Reading(Node& node, OpenLog& registrar)
      : registrar_(registrar), rows_(node.store()), events_(node, rows_) {}

  Result<std::vector<Registration>> run(const LogId& member) {
    std::vector<Registration> found;
    QM_TRY(const auto admissions, admissions_of(rows_, member));
    for (const EventId& id : admissions) {
      QM_TRY(const KnownEvent* admit, events_.find(id));
      if (admit == nullptr || admit->own != &registrar_) continue;
      QM_TRY(Registration registration, read(*admit));
      found.push_back(std::move(registration));
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.index < b.index; });
    return found;
  }

 private:
  Result<Registration> read(const KnownEvent& admit) {
    Registration registration;
    registration.event = admit.event.id;
    registration.index = admit.event.seq;
    registration.at = admit.event.at;
    registration.host = text_in(admit, "host", {"log", "name"});
    QM_TRY_VOID(add_stated(admit.event, registration));
    const KnownEvent* version = &admit;
    for (;;) {
      QM_TRY(const auto row, load_state(rows_, {version->event.id, entry::kRecordOut}));
      if (!row || !row->spent) return registration;
      QM_TRY(const KnownEvent* next, events_.spender(*row));
      if (next == nullptr) return registration;
      if (next->event.type != EventType::kCorrect) {
        registration.end = Registration::End{next->event.id, next->event.type, next->event.seq,
                                             next->event.at, text_in(*next, "reason", {"text"})};
        return registration;
      }
      ++registration.corrections;
      QM_TRY_VOID(add_stated(next->event, registration));
      version = next;
    }
  }

  Status add_stated(const Event& event, Registration& registration) {
    if (event.party) registration.name = event.party->name;
    if (event.member) {
      registration.role = event.member->role;
      registration.country = event.member->country;
    }
    if (event.enrol) registration.device = *event.enrol;
    if (!event.sites) return {};
    registration.sites.clear();
    for (const custody::AdmittedSite& site : *event.sites) {
      RegisteredSite registered{site.site, site.role, site.parcels, site.from, site.to};
      if (const auto id = EventId::parse(site.site)) {
        QM_TRY(const KnownEvent* known, events_.find(*id));
        if (known != nullptr && known->event.site) registered.name = known->event.site->name;
      }
      registration.sites.push_back(std::move(registered));
    }
    return {};
  }

  OpenLog& registrar_;
  Overlay rows_;
  KnownEvents events_;
};

}  // namespace

Result<std::vector<Registration>> registrations_of(Node& node, OpenLog& registrar,
                                                   std::string_view member) {
  QM_TRY(const LogId log, log_id(member));
  return Reading(node, registrar).run(log);
}

Result<custody::Origin> member_origin(Node& node, std::string_view text) {
  if (log_id(text)) return std::string(text);
  if (text.starts_with("quarrymark/")) {
    QM_TRY(const note::VerifierKey key, note::parse_vkey(text));
    if (key.type != note::kEd25519)
      return fail(Errc::kMalformed, "expected the key of a log (type 0x01), got a witness's");
    QM_TRY_VOID(log_id(key.name));
    return key.name;
  }
  Overlay rows(node.store());
  KnownEvents events(node, rows);
  QM_TRY(const Directory directory, Directory::open(node, rows, events));
  QM_TRY(const auto found, directory.find(NameKind::kLog, text));
  if (found.size() == 1) return found.front();
  if (found.empty())
    return fail(Errc::kNotFound, cat("expected a vkey, an origin or a name known here, got ",
                                     quoted_for_message(text)));
  return fail(Errc::kRefused,
              cat(found.size(), " logs known here are called ", quoted_for_message(text),
                  "; write out which: ", found[0], " or ", found[1]));
}

}  // namespace quarrymark::record
