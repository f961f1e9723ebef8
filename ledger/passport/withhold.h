// Leaving out of a passport what is nobody's business.
//
// Withholding drops disclosures; nothing is signed again and every proof still holds, because
// entries and heads only ever showed digests. A reader sees that something was withheld.
// DESIGN.md §8. A name hides in many places, so the whole result is searched for it afterwards
// and the passport is refused rather than leaked.
#pragma once

#include "ledger/passport/packet.h"

#include <string>
#include <vector>

namespace quarrymark::passport {

struct HiddenParty {
  std::string name;                  // a name, or the origin of its log
  std::vector<std::string> aliases;  // further spellings that must not appear either
};

struct WithholdRequest {
  // "transport": that field of every event; "extract.site": of one type of event.
  std::vector<std::string> fields;
  std::vector<HiddenParty> parties;
};

struct Dropped {
  custody::Origin log;
  std::uint64_t seq = 0;
  std::string type;  // of the event
  std::string field;
  std::string asked;  // the field or party of the request that led to it
};

struct Withheld {
  Passport passport;
  std::vector<Dropped> dropped;
  std::vector<std::string> unmatched;  // of the request: nothing in the passport answers to it
};

// For a party everything is dropped, outside `out.N`, `to` and heads, that contains its name or
// an alias, and `party` of every event of its log. kRefused: a name would still be readable, the
// message says where (then the presenter has to withhold that field by name, or name the party
// otherwise). kInvalidArgument: no field name, or the head itself, or an empty party name.
// kMalformed: the passport's entries or disclosures are not what they should be.
Result<Withheld> withhold(const Passport& passport, const WithholdRequest& request);

}  // namespace quarrymark::passport
