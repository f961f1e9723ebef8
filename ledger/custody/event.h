// An event as the rules see it: a head and the fields that were disclosed, typed.
//
// A field is absent (the event never had it), withheld (the head lists it, its disclosure is
// missing) or shown. The difference between the first two is what keeps withholding honest:
// withheld never reads as absent. FORMATS.md, "Fields a verifier reads".
#pragma once

#include "ledger/base/bytes.h"
#include "ledger/base/clock.h"
#include "ledger/custody/circumstances.h"
#include "ledger/custody/item.h"
#include "ledger/entry/head.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::custody {

using entry::Input;
using entry::kRecordOut;
using entry::StateRef;
using entry::StateRefHasher;
using Origin = std::string;  // of a log

enum class EventType {
  kExtract,
  kSplit,
  kPack,
  kUnpack,
  kDispatch,
  kReceive,
  kAcquire,
  kAccept,
  kDispose,
  kLabel,
  kAttest,
  kCorrect,
  kVoid,
  kDocument,
  kContract,
  kSite,
  kAdmit,
  kRevoke,
  kRotate,
  kDevice,
  kErase,
};
std::string_view event_type_name(EventType type);
std::optional<EventType> event_type_from(std::string_view name);

template <class T>
class Shown {
 public:
  static Shown absent() { return Shown(); }
  static Shown withheld() {
    Shown field;
    field.withheld_ = true;
    return field;
  }
  static Shown of(T value) {
    Shown field;
    field.value_ = std::move(value);
    return field;
  }
  bool is_absent() const { return !withheld_ && !value_; }
  bool is_withheld() const { return withheld_; }
  bool is_shown() const { return value_.has_value(); }
  explicit operator bool() const { return is_shown(); }
  const T& operator*() const { return *value_; }
  const T* operator->() const { return &*value_; }

 private:
  bool withheld_ = false;
  std::optional<T> value_;
};

struct Party {
  std::string name;
  std::vector<std::string> aliases;
};
struct SitePlace {   // `site` of extract, acquire, split …
  std::string site;  // event id of the site event, as text
  std::string parcel;
};
struct SiteFacts {  // `site` of a site event
  std::string kind, name, country, area, quarry;
  std::vector<std::string> parcels;
  std::optional<std::int64_t> lat, lon;  // 1e-7 degrees
};
struct Stone {
  std::string name, family;
};
struct Source {  // `source` of acquire: what the seller said
  std::string seller, words, legibility, operator_name, quarry, block, area, parcel, factory;
};
enum class Axis { kLength, kWidth, kHeight };
struct Saw {
  Axis axis = Axis::kWidth;
  std::int64_t kerf = 0, thickness = 0;  // millimetres
};
struct Waste {
  std::optional<std::int64_t> mass, volume;
};
struct To {  // exactly one of log (perhaps with contract) and name
  Origin log;
  std::string contract;  // event id as text
  std::string name;
};
struct Received {
  EventId event;
  std::vector<std::int64_t> outs;
};
struct LabelAction {
  std::string action, old_serial, reason, photo, second_person;
};
struct About {
  std::string event, item, site, marker;  // at most one is not empty
  std::vector<std::string> sightings;
  std::string genuine;
};
struct Member {
  Origin log;
  std::string role, country;
};
struct AdmittedSite {
  std::string site;  // event id of the site event, as text
  std::string role;
  std::vector<std::string> parcels;  // empty: the whole site
  std::optional<UtcTime> from, to;   // first instant of the day; `to` inclusive
};
struct Acceptance {
  std::string result;
};
struct ErasedField {
  EventId event;
  std::string name;
};
struct Erasure {  // `erased` of erase: what its owner destroyed for good, and why
  std::vector<ErasedField> fields;
  std::string reason;
};

struct Event {
  EventId id;
  Origin log;
  std::uint64_t seq = 0;
  UtcTime time;  // the node's clock, of the entry
  EventType type = EventType::kAttest;
  std::string at;  // claimed, as written
  UtcTime at_time;
  std::int64_t device_counter = 0;
  std::vector<Input> inputs;
  std::vector<Marker> spends;                  // of the entry, one for each input
  std::vector<std::optional<Output>> outputs;  // nullopt: withheld
  std::string head_text;                       // the head's disclosure
  std::vector<std::string> output_texts;       // the outputs' disclosures; empty: withheld
  // Raw key, base64url, of the device whose signature is shown and verifies; empty: none.
  std::string device_key;
  bool device_signed = false;  // and that device is enrolled

  Shown<Party> party;
  Shown<SitePlace> place;  // field `site` of all but site events
  Shown<SiteFacts> site;   // field `site` of site events
  Shown<Stone> stone;
  Shown<Source> source;
  Shown<std::string> block;  // block number (`block.number`)
  Shown<Saw> saw;
  Shown<std::int64_t> home_work;  // per mille
  Shown<Waste> waste;
  Shown<To> to;
  Shown<Received> received;
  Shown<LabelAction> label;
  Shown<EventId> corrects, voids;
  Shown<About> about;
  Shown<std::string> kind;  // of an attest
  Shown<std::string> statement;
  Shown<Member> member;
  Shown<std::vector<AdmittedSite>> sites;
  Shown<std::string> enrol;  // raw device key, base64url
  Shown<std::string> withdrawn;
  Shown<Acceptance> accept;
  Shown<Erasure> erased;
  // What can only make a step doubtful (circumstances.h).
  Shown<std::vector<SitePosition>> positions;
  Shown<std::vector<SitePermit>> permits;
  Shown<std::vector<Closure>> closures;
  Shown<std::vector<Season>> seasons;
  Shown<NamedPermit> permit;
  Shown<Transport> transport;
  Shown<json::Value> contract;               // read further by contract.h
  std::vector<std::string> withheld_fields;  // every field of the head that is not disclosed

  bool remakes() const {  // each output is its input again (FORMATS.md, rule 12)
    return type == EventType::kDispatch || type == EventType::kReceive || type == EventType::kLabel;
  }
};

}  // namespace quarrymark::custody
