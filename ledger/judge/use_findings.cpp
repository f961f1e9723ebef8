// Findings about one thing used, seen or labelled more than once.
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/custody/spending.h"
#include "ledger/entry/marker.h"
#include "ledger/judge/judging.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

bool contains(const std::vector<std::string>& values, const std::string& value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

// A `resolve` counts only from a verifier the reader lists, admitted with that role by a trusted
// registrar at its date (RULES.md, rule 13).
std::vector<const Event*> trusted_resolves(const Case& judged) {
  std::vector<const Event*> out;
  for (const Event* event : judged.graph.events())
    if (event->type == EventType::kAttest && event->kind && *event->kind == "resolve" &&
        event->about && contains(judged.graph.evidence().reader.verifiers, event->log) &&
        judged.membership.has_role(*event, "verifier"))
      out.push_back(event);
  return out;
}

std::string name_of(const Case& judged, const StateRef& state) {
  const Output* output = judged.graph.output(state);
  if (output == nullptr) return "something that is not shown";
  return output->aliases.empty() ? output->item : output->aliases.front();
}

std::string uses_text(const Case& judged, const std::vector<Use>& uses) {
  std::string text;
  for (const Use& use : uses)
    text +=
        cat(text.empty() ? "" : " and ", judged.membership.display(use.log), " (entry ", use.seq,
            use.event != nullptr ? cat(", ", event_type_name(use.event->type)) : "", ")");
  return text;
}

// Whether the unit's stone passed through the state, or through the event whose record it is.
bool is_in_chain(const UnitCase& unit, const StateRef& state) {
  if (unit.ancestors.contains(state) || unit.taken_back.contains(state)) return true;
  if (state.out != kRecordOut) return false;
  return std::any_of(unit.events.begin(), unit.events.end(),
                     [&](const Event* event) { return event->id == state.event; });
}

const Event* resolve_of_marker(const Case& judged, const UnitCase& unit, const DoubleUse& use,
                               const std::vector<const Event*>& resolves) {
  const std::string* disclosure = judged.graph.disclosure(use.state);
  if (disclosure == nullptr) return nullptr;
  const std::string marker = entry::spend_marker(use.state.event, *disclosure).text();
  for (const Event* resolve : resolves) {
    if (resolve->about->marker != marker) continue;
    // The genuine use is named by its event, and must be the one this unit came through.
    for (const Event* event : unit.events)
      if (event->id.text() == resolve->about->genuine) return resolve;
  }
  return nullptr;
}

void find_double_spends(const Case& judged, std::vector<UnitCase>& units,
                        const std::vector<const Event*>& resolves) {
  for (const DoubleUse& use : find_double_uses(judged.graph)) {
    for (UnitCase& unit : units) {
      if (!is_in_chain(unit, use.state)) continue;
      const std::string what =
          use.state.out == kRecordOut ? "the record of a step" : name_of(judged, use.state);
      if (!use.decided) {
        unit.findings.push_back(
            make_finding("undecided_use", Verdict::kNotVerifiable,
                         cat("the same state was used by ", uses_text(judged, use.uses),
                             "; which of them held it cannot be told from what is shown"),
                         judged.membership.display(use.uses.front().log)));
        continue;
      }
      if (const Event* resolve = resolve_of_marker(judged, unit, use, resolves)) {
        unit.findings.push_back(
            make_finding("resolved", std::nullopt,
                         cat(what, " was used twice; ", judged.membership.display(resolve->log),
                             " looked into it and holds this one to be genuine (",
                             resolve->at.substr(0, 10), ")"),
                         judged.membership.display(resolve->log)));
        continue;
      }
      unit.findings.push_back(make_finding(
          "spent_twice", Verdict::kDuplicate,
          cat(what, " was used twice: by ", uses_text(judged, use.uses), "; both cannot be right"),
          judged.membership.display(use.uses.front().log)));
    }
  }
}

enum class Label { kOther, kReplaced, kSame };

Label compare_label(const std::string& item, const std::string& serial, const std::string& alias,
                    const std::string& own_item, const std::string& own_serial,
                    const std::vector<std::string>& own_aliases) {
  if (item.empty() ? !contains(own_aliases, alias) : item != own_item) return Label::kOther;
  const bool same = serial.empty() || own_serial.empty() || serial == own_serial;
  return same ? Label::kSame : Label::kReplaced;
}

// A labelled thing inside a crate answers to its own label and to the crate's.
Label compare_label(const Case& judged, const DeliveredUnit& unit, const std::string& item,
                    const std::string& serial, const std::string& alias) {
  const Label own = compare_label(item, serial, alias, unit.item, unit.serial, unit.aliases);
  if (own != Label::kOther || !unit.member) return own;
  const Output* crate = judged.graph.output(unit.state);
  if (crate == nullptr) return Label::kOther;
  return compare_label(item, serial, alias, crate->item, crate->serial, crate->aliases);
}

bool is_label_of(const Case& judged, const Sighting& sighting, const DeliveredUnit& unit) {
  return compare_label(judged, unit, sighting.item, sighting.serial, sighting.alias) ==
         Label::kSame;
}

const Event* resolve_of_travel(const ImpossibleTravel& travel, const Question& question,
                               const std::vector<const Event*>& resolves) {
  const std::string first = travel.first->digest.text(), second = travel.second->digest.text();
  for (const Event* resolve : resolves) {
    const About& about = *resolve->about;
    if (!contains(about.sightings, first) || !contains(about.sightings, second)) continue;
    const std::string& copy = about.genuine == first    ? second
                              : about.genuine == second ? first
                                                        : about.genuine;
    if (copy == about.genuine) continue;  // names neither of the two
    // Whoever holds the copy is not helped by somebody else's label being genuine.
    bool reader_has_copy = false;
    if (question.scans)
      for (const Scan& scan : *question.scans)
        reader_has_copy |= scan.sighting && scan.sighting->digest.text() == copy;
    if (!reader_has_copy) return resolve;
  }
  return nullptr;
}

std::string place_text(const Case& judged, const Sighting& sighting) {
  return cat(judged.membership.display(sighting.log), ", ", sighting.at);
}

void find_travels(const Case& judged, std::vector<UnitCase>& units,
                  const std::vector<Sighting>& sightings,
                  const std::vector<const Event*>& resolves) {
  for (const ImpossibleTravel& travel : impossible_travels(sightings, judged.membership)) {
    for (UnitCase& unit : units) {
      if (!is_label_of(judged, *travel.first, *unit.unit) &&
          !is_label_of(judged, *travel.second, *unit.unit))
        continue;
      const std::string name =
          unit.unit->aliases.empty() ? unit.unit->item : unit.unit->aliases.front();
      const std::string facts_text =
          cat("the label of ", name, " was seen by ", place_text(judged, *travel.first), " and by ",
              place_text(judged, *travel.second), ", ", travel.distance_mm / 1'000'000, " km in ",
              travel.minutes, " minutes");
      json::Object facts{{"distance_km", travel.distance_mm / 1'000'000},
                         {"minutes", travel.minutes}};
      if (const Event* resolve = resolve_of_travel(travel, judged.question, resolves)) {
        unit.findings.push_back(make_finding(
            "resolved", std::nullopt,
            cat(facts_text, "; ", judged.membership.display(resolve->log),
                " looked into it and holds the label seen by ",
                place_text(judged, resolve->about->genuine == travel.first->digest.text()
                                       ? *travel.first
                                       : *travel.second),
                " to be genuine (", resolve->at.substr(0, 10), ")"),
            judged.membership.display(resolve->log), std::move(facts)));
      } else {
        unit.findings.push_back(make_finding(
            "seen_twice", Verdict::kDuplicate, cat(facts_text, "; both cannot be right"),
            judged.membership.display(travel.second->log), std::move(facts)));
      }
    }
  }
}

// One item delivered as two things, neither of which came from the other.
void find_item_twice(std::vector<UnitCase>& units) {
  for (UnitCase& unit : units)
    for (const UnitCase& other : units)
      if (&unit != &other && !unit.unit->item.empty() && unit.unit->item == other.unit->item) {
        unit.findings.push_back(make_finding("spent_twice", Verdict::kDuplicate,
                                             cat("item ", unit.unit->item, " is delivered twice")));
        break;
      }
}

}  // namespace

void find_uses(const Case& judged, std::vector<UnitCase>& units,
               const std::vector<Sighting>& sightings) {
  const auto resolves = trusted_resolves(judged);
  find_double_spends(judged, units, resolves);
  find_travels(judged, units, sightings, resolves);
  find_item_twice(units);
  for (UnitCase& unit : units) find_later_uses(judged, unit);
}

std::vector<Finding> match_scans(const Case& judged, const std::vector<UnitCase>& units,
                                 std::set<const DeliveredUnit*>& scanned) {
  std::vector<Finding> findings;
  if (!judged.question.scans) return findings;
  for (const Scan& scan : *judged.question.scans) {
    bool found = false, replaced = false;
    for (const UnitCase& unit : units) {
      const Label label = compare_label(judged, *unit.unit, scan.item, scan.serial, scan.alias);
      replaced |= label == Label::kReplaced;
      if (label != Label::kSame) continue;
      found = true;
      scanned.insert(unit.unit);
    }
    if (found) continue;
    if (replaced) {
      findings.push_back(make_finding("label_replaced", Verdict::kNotVerifiable,
                                      cat("the scanned label of item ", scan.item,
                                          " is not the one on record: it was replaced")));
    } else {
      findings.push_back(make_finding("label_not_carried", Verdict::kNotVerifiable,
                                      cat("the scanned label ", quoted_for_message(scan.content),
                                          " is in none of the passports")));
    }
  }
  if (judged.question.scans->empty())
    findings.push_back(make_finding("label_not_carried", Verdict::kNotVerifiable,
                                    "no label was read from what was scanned"));
  return findings;
}

}  // namespace quarrymark::custody
