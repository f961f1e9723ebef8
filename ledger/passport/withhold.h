// Leaving out of a passport what is nobody's business.
//
// Withholding drops disclosures; nothing is signed again and every proof still holds, because
// entries and heads only ever showed digests. A reader sees that something was withheld.
// DESIGN.md §8, docs/withholding.md. A name hides in many places, so the whole result is searched
// for it afterwards and the passport is refused rather than leaked.
#pragma once

#include "ledger/passport/packet.h"
#include "ledger/passport/profiles.h"

#include <string>
#include <vector>

namespace quarrymark::passport {

struct HiddenParty {
  std::string name;                  // a name, or the origin of its log
  std::vector<std::string> aliases;  // further spellings that must not appear either
};

struct WithholdRequest {
  // "transport": that field of every event; "extract.site": of one type of event. Names of
  // schemas/fields.schema.json that stand for another field there are understood as well
  // ("site_described" is the site of a site event).
  std::vector<std::string> fields;
  std::vector<HiddenParty> parties;
  // Everybody who handled the stone between whoever extracted it and the presenter.
  bool intermediaries = false;
  std::string me = {};               // the presenter, by name or origin; empty: who made the items
  const Profile* profile = nullptr;  // what else is left out
};

struct Dropped {
  custody::Origin log;
  std::uint64_t seq = 0;
  std::string type;  // of the event
  std::string field;
  std::string asked;  // the field or party of the request, or the profile, that led to it
  EventId event;
  std::string disclosure;  // its text
};

struct Withheld {
  Passport passport;
  std::vector<Dropped> dropped;
  // Of what was asked for one by one: nothing in the passport answers to it.
  std::vector<std::string> unmatched;
  std::vector<std::string> parties;  // whose names were hidden, as the passport gave them
};

// For a party everything is dropped, outside `out.N`, `to` and heads, that contains its name or
// an alias, and `party` of every event of its log. kRefused: a name would still be readable, the
// message says where (then the presenter has to withhold that field by name, or name the party
// otherwise). kInvalidArgument: no field name, or the head itself, or an empty party name, or
// nobody knows who the presenter is (`field` is "me"). kMalformed: the passport's entries or
// disclosures are not what they should be.
Result<Withheld> withhold(const Passport& passport, const WithholdRequest& request);

}  // namespace quarrymark::passport
