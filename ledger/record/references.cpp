#include "ledger/record/references.h"

#include "ledger/base/text.h"
#include "ledger/crypto/hash.h"
#include "ledger/record/numbers.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

using custody::EventType;

constexpr std::string_view kKeyPrefix = "key:";

bool is_digest(std::string_view text) {
  Hash ignored;
  return parse_hash_text(text, ignored);
}

// All answers of the node and of the caller's source, each once.
Result<std::vector<std::string>> answers(const Scene& scene, NameKind kind, std::string_view name) {
  QM_TRY(auto found, scene.directory.find(kind, name));
  if (scene.extra == nullptr) return found;
  QM_TRY(auto more, scene.extra->find(kind, name));
  for (std::string& answer : more)
    if (std::find(found.begin(), found.end(), answer) == found.end())
      found.push_back(std::move(answer));
  return found;
}

Result<std::string> look_up(const Scene& scene, NameKind kind, std::string_view name) {
  const bool spelled_out = kind == NameKind::kLog ? log_id(name).has_value() : is_digest(name);
  if (spelled_out) return std::string(name);
  QM_TRY(auto found, answers(scene, kind, name));
  if (found.size() == 1) return std::move(found.front());
  const std::string_view word = name_kind_word(kind);
  if (found.empty())
    return fail(Errc::kNotFound,
                cat("no ", word, " known here is called ", quoted_for_message(name)));
  return fail(Errc::kRefused,
              cat(found.size(), " ", word, "s known here are called ", quoted_for_message(name),
                  "; write out which: ", found[0], " or ", found[1]));
}

// Replaces the member `name` of `object` by what it stands for, where it is there.
template <class Find>
Status replace(json::Value& object, std::string_view name, Find&& find) {
  json::Value* member = object.find(name);
  if (member == nullptr) return {};
  Result<std::string> found = find(*member->if_string());
  if (!found) return fail_at(name, found.error());
  *member = std::move(*found);
  return {};
}

class Resolving {
 public:
  Resolving(const Scene& scene, Draft& draft) : scene_(scene), draft_(draft) {}

  Status run() {
    for (auto& [name, value] : draft_.fields)
      if (auto done = field(name, value); !done) return fail_at(cat("fields.", name), done.error());
    return {};
  }

 private:
  auto names(NameKind kind) {
    return [this, kind](const std::string& name) { return look_up(scene_, kind, name); };
  }
  auto events() {
    return [this](const std::string& reference) -> Result<std::string> {
      QM_TRY(const KnownEvent* known, find_event(scene_, reference));
      return known->event.id.text();
    };
  }

  Status field(std::string_view name, json::Value& value) {
    const EventType type = draft_.request->type;
    if (name == "site" && type != EventType::kSite)
      return replace(value, "site", names(NameKind::kSite));
    if (name == "to") return to(value);
    if (name == "member" || name == "host") return replace(value, "log", names(NameKind::kLog));
    if (name == "received" || name == "corrects" || name == "voids")
      return replace(value, "event", events());
    if (name == "about") return about(value);
    if (name == "label") return label(value);
    if (name == "enrol") return enrol(value);
    if (name == "sites") {
      json::Array& sites = *value.if_array();
      for (std::size_t i = 0; i < sites.size(); ++i)
        if (auto done = replace(sites[i], "site", names(NameKind::kSite)); !done)
          return fail_at(cat("[", i, "]"), done.error());
    }
    if (name == "involved") {
      json::Array& involved = *value.if_array();
      for (std::size_t i = 0; i < involved.size(); ++i)
        if (!involved[i].find("log")->is_null())
          if (auto done = replace(involved[i], "log", names(NameKind::kLog)); !done)
            return fail_at(cat("[", i, "]"), done.error());
    }
    if (name == "accept") return sampled(value);
    return {};
  }

  // The same contract id may be in use at several authorities: the log says whose is meant.
  Status to(json::Value& value) {
    QM_TRY_VOID(replace(value, "log", names(NameKind::kLog)));
    if (value.find("contract") == nullptr) return {};
    const std::string log = *value.find("log")->if_string();
    return replace(value, "contract", [&](const std::string& name) -> Result<std::string> {
      std::vector<std::string> found{name};
      if (!is_digest(name)) {
        QM_TRY(found, answers(scene_, NameKind::kContract, name));
      }
      std::vector<std::string> theirs;
      for (const std::string& id : found) {
        QM_TRY(const EventId event_id, EventId::parse(id));
        QM_TRY(const KnownEvent* known, scene_.events.find(event_id));
        if (known != nullptr && known->event.log == log) theirs.push_back(id);
      }
      if (theirs.size() == 1) return theirs.front();
      if (theirs.empty())
        return fail(Errc::kNotFound, cat("no contract ", quoted_for_message(name), " of ",
                                         scene_.directory.name_or_origin(log), " is known here"));
      return fail(Errc::kRefused, cat(theirs.size(), " contracts of that log are called ",
                                      quoted_for_message(name), "; write out the event id"));
    });
  }

  Status about(json::Value& value) {
    QM_TRY_VOID(replace(value, "event", events()));
    QM_TRY_VOID(replace(value, "item", [&](const std::string& name) { return item(name); }));
    QM_TRY_VOID(replace(value, "site", names(NameKind::kSite)));
    if (json::Value* sightings = value.find("sightings"))
      for (json::Value& sighting : *sightings->if_array()) {
        auto found = look_up(scene_, NameKind::kSighting, *sighting.if_string());
        if (!found) return fail_at("sightings", found.error());
        sighting = std::move(*found);
      }
    return replace(value, "genuine", names(NameKind::kSighting));
  }

  // An item that this event consumes before any other of that name.
  Result<std::string> item(std::string_view name) {
    if (is_item_number(name)) return std::string(name);
    for (const Consumed& input : draft_.inputs)
      for (const std::string& alias : input.known.output.aliases)
        if (same_name(alias, name)) return input.known.output.item;
    return scene_.items.item(name);
  }

  Status sampled(json::Value& value) {
    json::Value* items = value.find("sampled");
    if (items == nullptr) return {};
    json::Array& list = *items->if_array();
    for (std::size_t i = 0; i < list.size(); ++i) {
      auto found = item(*list[i].if_string());
      if (!found) return fail_at(cat("sampled[", i, "]"), found.error());
      list[i] = std::move(*found);
    }
    return {};
  }

  Status enrol(json::Value& value) {
    QM_TRY(value, look_up(scene_, NameKind::kDevice, *value.if_string()));
    return {};
  }

  // Old serials are compared with what is on record, so that a replaced label cannot be hidden.
  Status label(json::Value& value) {
    json::Value* old = value.find("old_serial");
    if (old == nullptr) return {};
    for (const Consumed& input : draft_.inputs) {
      const std::string& recorded = input.known.output.serial;
      if (recorded.empty())
        return fail(Errc::kRefused,
                    cat("item ", input.known.output.item, " has no label on record"), "old_serial");
      if (*old == json::Value("recorded")) *old = recorded;
      if (*old != json::Value(recorded))
        return fail(Errc::kRefused,
                    cat("expected the serial on record, ", recorded, ", got ", *old->if_string()),
                    "old_serial");
    }
    return {};
  }

  const Scene& scene_;
  Draft& draft_;
};

}  // namespace

Result<const KnownEvent*> find_event(const Scene& scene, std::string_view reference) {
  std::optional<EventId> id;
  if (reference.starts_with(kKeyPrefix)) {
    const std::string key(reference.substr(kKeyPrefix.size()));
    if (const auto prepared = scene.keys.find(key); prepared != scene.keys.end()) {
      id = prepared->second;
    } else {
      QM_TRY(const auto seq, scene.log.log->find_key(key));
      if (!seq)
        return fail(Errc::kNotFound, cat("nothing was recorded in this log under the key ",
                                         quoted_for_message(key)));
      QM_TRY(const KnownEvent* known, scene.events.at(scene.log_id, *seq));
      return known;
    }
  } else if (Hash hash; parse_hash_text(reference, hash)) {
    id = EventId{hash};
  } else {
    return fail(Errc::kMalformed,
                cat("expected key:<key> or an event id, got ", quoted_for_message(reference)));
  }
  QM_TRY(const KnownEvent* known, scene.events.find(*id));
  if (known == nullptr)
    return fail(Errc::kNotFound, cat("no event ", quoted_for_message(reference), " is known here"));
  return known;
}

Status resolve_references(const Scene& scene, Draft& draft) {
  return Resolving(scene, draft).run();
}

}  // namespace quarrymark::record
