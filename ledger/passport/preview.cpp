#include "ledger/passport/preview.h"

#include "ledger/base/text.h"
#include "ledger/note/checkpoint.h"
#include "ledger/note/signed_note.h"
#include "ledger/passport/headed_entries.h"
#include "ledger/passport/name_search.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

namespace quarrymark::passport {
namespace {

using custody::Origin;

const std::string* text_at(const json::Value& value, std::string_view member) {
  const json::Value* found = value.find(member);
  return found == nullptr ? nullptr : found->if_string();
}

// ISO 6346: an owner's three letters, U, J or Z, six digits and a check digit.
bool is_container(std::string_view text) {
  if (text.size() != 11 || std::string_view("UJZ").find(text[3]) == text.npos) return false;
  return std::all_of(text.begin(), text.begin() + 3, [](char c) { return c >= 'A' && c <= 'Z'; }) &&
         std::all_of(text.begin() + 4, text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

class Clues {
 public:
  void add(ClueKind kind, std::string value) {
    if (!value.empty()) here_.emplace(kind, std::move(value));
  }
  void add_member(ClueKind kind, const json::Value& value, std::string_view member) {
    if (const std::string* text = text_at(value, member)) add(kind, cat(member, " ", *text));
  }
  // What one disclosure gave counts once, however often it says it.
  void end_of_disclosure() {
    for (const auto& one : here_) ++counts_[one];
    here_.clear();
  }
  std::vector<Clue> take() const {
    std::vector<Clue> clues;
    for (const auto& [key, times] : counts_) clues.push_back({key.first, key.second, times});
    return clues;
  }

 private:
  std::set<std::pair<ClueKind, std::string>> here_;
  std::map<std::pair<ClueKind, std::string>, std::size_t> counts_;
};

void find_containers(const json::Value& value, Clues& clues) {
  if (const std::string* text = value.if_string()) {
    std::string word;
    for (const char c : *text + " ") {
      if (is_alphanumeric(c)) {
        word += c;
        continue;
      }
      if (is_container(word)) clues.add(ClueKind::kContainer, word);
      word.clear();
    }
  }
  if (const json::Array* array = value.if_array())
    for (const json::Value& element : *array) find_containers(element, clues);
  if (const json::Object* object = value.if_object())
    for (const auto& [name, member] : *object) find_containers(member, clues);
}

std::string sides(const json::Value& box) {
  std::string out;
  if (const json::Array* array = box.if_array())
    for (const json::Value& side : *array)
      if (const std::int64_t* number = side.if_integer())
        out += cat(out.empty() ? "" : " x ", *number);
  return out;
}

// Sizes of single things, which tell a block or slab from every other; not those of batches.
void find_measures(const json::Value& output, Clues& clues) {
  const std::string* kind = text_at(output, "kind");
  const json::Value* measure = output.find("measure");
  if (measure == nullptr || kind == nullptr || *kind == "batch") return;
  std::string text;
  for (const std::string_view name : {"gross", "net", "size"})
    if (const json::Value* box = measure->find(name))
      text += cat(text.empty() ? "" : ", ", name, " ", sides(*box), " mm");
  if (const json::Value* mass = measure->find("mass"))
    if (const std::int64_t* grams = mass->if_integer())
      text += cat(text.empty() ? "" : ", ", *grams, " g");
  clues.add(ClueKind::kMeasure, text.empty() ? text : cat(*kind, ": ", text));
}

void find_output(const json::Value& output, Clues& clues) {
  if (const json::Value* aliases = output.find("aliases"))
    if (const json::Array* array = aliases->if_array())
      for (const json::Value& alias : *array)
        if (const std::string* text = alias.if_string())
          if (!is_container(*text)) clues.add(ClueKind::kAlias, *text);
  find_measures(output, clues);
}

void find_clues(const entry::Disclosure& disclosure, Clues& clues) {
  const json::Value& value = disclosure.value;
  if (disclosure.name == entry::kHeadName) return;
  find_containers(value, clues);
  if (entry::output_number(disclosure.name) >= 0) {
    find_output(value, clues);
  } else if (disclosure.name == "block") {
    clues.add_member(ClueKind::kAlias, value, "number");
  } else if (disclosure.name == "transport") {
    for (const std::string_view member : {"carrier", "exporter", "list", "seal", "vehicle"})
      clues.add_member(ClueKind::kTransport, value, member);
  } else if (disclosure.name == "involved") {
    if (const json::Array* involved = value.if_array())
      for (const json::Value& one : *involved)
        if (const std::string* role = text_at(one, "role"), *name = text_at(one, "name");
            role != nullptr && name != nullptr)
          clues.add(ClueKind::kTransport, cat(*role, " ", *name));
  } else if (disclosure.name == "positions") {
    if (const json::Array* positions = value.if_array())
      for (const json::Value& one : *positions)
        if (const json::Value* lat = one.find("lat"), *lon = one.find("lon");
            lat != nullptr && lon != nullptr && lat->if_integer() && lon->if_integer())
          clues.add(ClueKind::kPosition, cat("a site at ", *lat->if_integer(), ", ",
                                             *lon->if_integer(), " (1e-7 degrees)"));
  } else if (disclosure.name == "document") {
    const std::string* kind = text_at(value, "kind");
    const std::string* number = text_at(value, "number");
    clues.add(ClueKind::kDocument, cat(kind == nullptr ? "document" : *kind,
                                       number == nullptr ? "" : cat(" ", *number)));
  } else if (disclosure.name == "how" || disclosure.name == "label") {
    clues.add_member(ClueKind::kPerson, value, "on_behalf_of");
    clues.add_member(ClueKind::kPerson, value, "second_person");
    clues.add_member(ClueKind::kPhoto, value, "photo");
  } else if (disclosure.name == entry::kDeviceName) {
    if (const std::string* key = text_at(value, "key")) clues.add(ClueKind::kDevice, *key);
  } else if (disclosure.name == "site") {
    const json::Value *lat = value.find("lat"), *lon = value.find("lon");
    if (lat != nullptr && lon != nullptr && lat->if_integer() && lon->if_integer()) {
      const std::string* name = text_at(value, "name");
      clues.add(ClueKind::kPosition,
                cat(name == nullptr ? "a site" : *name, " at ", *lat->if_integer(), ", ",
                    *lon->if_integer(), " (1e-7 degrees)"));
    }
  }
}

// Events that say where goods were; admissions and the like have dates of their own kind.
bool is_step(const HeadedEntry& entry) {
  static constexpr std::array<std::string_view, 11> kSteps = {
      "extract", "acquire", "split",  "pack",    "unpack", "dispatch",
      "receive", "label",   "accept", "dispose", "void"};
  return std::find(kSteps.begin(), kSteps.end(), entry.head.type) != kSteps.end();
}

std::vector<GapClue> gaps_of(std::span<const HeadedEntry> entries) {
  std::vector<std::tuple<UtcTime, std::uint64_t, const HeadedEntry*>> steps;
  std::set<EventId> met;
  for (const HeadedEntry& entry : entries)
    if (is_step(entry) && met.insert(entry.event).second)
      steps.emplace_back(entry.head.at_time(), entry.seq, &entry);
  std::sort(steps.begin(), steps.end());
  std::vector<GapClue> gaps;
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const HeadedEntry &before = *std::get<2>(steps[i - 1]), &after = *std::get<2>(steps[i]);
    const std::int64_t days = (after.head.at_time().ms - before.head.at_time().ms) / kMsPerDay;
    if (days > 0)
      gaps.push_back(
          {before.log, after.log, before.head.at.substr(0, 10), after.head.at.substr(0, 10), days});
  }
  std::stable_sort(gaps.begin(), gaps.end(),
                   [](const GapClue& a, const GapClue& b) { return a.days > b.days; });
  if (gaps.size() > kMaxGaps) gaps.resize(kMaxGaps);
  return gaps;
}

void add_event(LogClue& log, const HeadedEntry& entry) {
  const std::string date = entry.head.at.substr(0, 10);
  if (log.events == 0 || date < log.first) log.first = date;
  if (log.events == 0 || date > log.last) log.last = date;
  ++log.events;
}

void add_admission(LogClue& log, const HeadedEntry& entry) {
  if (const entry::Disclosure* member = entry.disclosure("member")) {
    if (const std::string* role = text_at(member->value, "role")) log.role = *role;
    if (const std::string* country = text_at(member->value, "country")) log.country = *country;
  }
}

std::map<Origin, LogClue> logs_of(std::span<const HeadedEntry> entries) {
  std::map<Origin, LogClue> logs;
  std::set<EventId> met;
  for (const HeadedEntry& entry : entries) {
    LogClue& own = logs[entry.log];
    own.log = entry.log;
    if (met.insert(entry.event).second) add_event(own, entry);
    const bool admits = entry.head.type == "admit";
    if (admits && own.role.empty()) own.role = "registrar";  // nobody admits a registrar
    if (!entry.subject) continue;
    LogClue& subject = logs[*entry.subject];
    subject.log = *entry.subject;
    if (admits) add_admission(subject, entry);
    const auto party = party_of(entry);
    if (party && subject.name.empty()) subject.name = party->name;
  }
  return logs;
}

// The names on a note that are no log's.
void add_signers(std::string_view text, std::set<std::string>& signers) {
  const auto note = note::parse_note(text);
  if (!note) return;
  for (const note::NoteSignature& signature : note->signatures)
    if (!is_origin_text(signature.name)) signers.insert(signature.name);
}

void add_checkpoints(const Passport& passport, std::map<Origin, LogClue>& logs,
                     std::set<std::string>& signers) {
  for (const Packet& packet : passport.packets) {
    add_signers(packet.checkpoint, signers);
    const auto note = note::parse_note(packet.checkpoint);
    if (!note) continue;
    const auto checkpoint = note::parse_checkpoint(note->text);
    if (!checkpoint) continue;
    const auto log = logs.find(checkpoint->origin);
    if (log != logs.end()) log->second.size = std::max(log->second.size, checkpoint->size);
  }
  if (passport.clear) add_signers(*passport.clear, signers);
}

std::map<std::string, std::size_t> withheld_in(std::span<const HeadedEntry> entries) {
  // An entry may stand in several packets; its disclosures add up.
  std::map<EventId, std::pair<const HeadedEntry*, std::set<std::string_view>>> by_event;
  for (const HeadedEntry& entry : entries) {
    auto& [first, names] = by_event[entry.event];
    first = &entry;
    for (const entry::Disclosure& disclosure : entry.disclosures) names.insert(disclosure.name);
  }
  std::map<std::string, std::size_t> withheld;
  for (const auto& [event, shown] : by_event)
    for (const auto& [name, digest] : shown.first->head.fields)
      if (!shown.second.contains(name)) ++withheld[entry::output_number(name) >= 0 ? "out" : name];
  return withheld;
}

}  // namespace

std::string_view clue_kind_name(ClueKind kind) {
  switch (kind) {
    case ClueKind::kAlias:
      return "alias";
    case ClueKind::kContainer:
      return "container";
    case ClueKind::kDevice:
      return "device";
    case ClueKind::kDocument:
      return "document";
    case ClueKind::kMeasure:
      return "measure";
    case ClueKind::kPerson:
      return "person";
    case ClueKind::kPhoto:
      return "photo";
    case ClueKind::kPosition:
      return "position";
    case ClueKind::kTransport:
      return "transport";
  }
  return {};
}

Result<Preview> preview(const Passport& passport, std::span<const Passport> others) {
  QM_TRY(const auto entries, headed_entries(passport));
  Preview out;
  std::map<Origin, LogClue> logs = logs_of(entries);
  std::set<std::string> signers;
  add_checkpoints(passport, logs, signers);
  Clues clues;
  for (const HeadedEntry& entry : entries)
    for (const entry::Disclosure& disclosure : entry.disclosures) {
      find_clues(disclosure, clues);
      clues.end_of_disclosure();
    }
  out.clues = clues.take();
  out.gaps = gaps_of(entries);
  out.withheld = withheld_in(entries);
  out.signers.assign(signers.begin(), signers.end());
  for (std::size_t i = 0; i < others.size(); ++i) {
    auto shown = headed_entries(others[i]);
    if (!shown) return fail_at(cat("with[", i, "]"), shown.error());
    for (const auto& [log, there] : logs_of(*shown))
      if (logs.contains(log)) out.links.push_back({i, log, there.name});
  }
  for (auto& [origin, log] : logs) out.logs.push_back(std::move(log));
  // Those only admitted have no dates and come last.
  std::stable_sort(out.logs.begin(), out.logs.end(), [](const LogClue& a, const LogClue& b) {
    return std::pair(a.first.empty(), a.first) < std::pair(b.first.empty(), b.first);
  });
  return out;
}

}  // namespace quarrymark::passport
