// Findings about single steps of a chain.
#include "ledger/balance/balancing.h"
#include "ledger/base/text.h"
#include "ledger/custody/dates.h"
#include "ledger/custody/measures.h"
#include "ledger/judge/judging.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

class StepFindings {
 public:
  StepFindings(const Case& judged, UnitCase& unit) : case_(judged), unit_(unit) {}

  void find(const Event& event) {
    find_signer(event);
    find_label(event);
    find_split(event);
    find_hidden_outputs(event);
    find_yield(event);
    find_late(event);
    if (event.type == EventType::kCorrect)
      add("corrected", std::nullopt,
          cat(who(event), " corrected ", target(event), " on ", day(event)), event);
    if (event.type == EventType::kVoid)
      add("voided", std::nullopt, cat(who(event), " voided ", target(event), " on ", day(event)),
          event);
    if (is_one_sided(event))
      add("one_sided", std::nullopt,
          cat("the receipt of ", day(event), " is recorded by ", who(event), " alone"), event);
  }

 private:
  void add(std::string code, std::optional<Verdict> verdict, std::string sentence,
           const Event& event, json::Object facts = {}) {
    unit_.findings.push_back(
        make_finding(std::move(code), verdict, std::move(sentence), who(event), std::move(facts)));
  }
  std::string who(const Event& event) const { return case_.membership.display(event.log); }
  // What this unit took of it begins here: a late dispatch that names it is only heard from who
  // held the stone and sent it there.
  bool is_one_sided(const Event& event) const {
    return std::any_of(unit_.branches.begin(), unit_.branches.end(), [&](const Branch& branch) {
      return branch.beginning == Beginning::kOneSided && branch.leaf == &event;
    });
  }
  static std::string day(const Event& event) { return event.at.substr(0, 10); }
  std::string target(const Event& event) const {
    const Event* named =
        event.inputs.empty() ? nullptr : case_.graph.event(event.inputs.front().state.event);
    const Event* first = named == nullptr ? &event : case_.graph.first(*named);
    return first == &event ? "an event"
                           : cat("the ", event_type_name(first->type), " of ", day(*first));
  }

  void find_signer(const Event& event) {
    if (case_.membership.may_be_hidden(event.log))
      add("not_shown", Verdict::kGap,
          cat("whose log recorded the ", event_type_name(event.type), " of ", day(event),
              " is not shown: an admission hides whom it admits"),
          event);
    else if (!case_.membership.is_known(event.log))
      add("unknown_signer", Verdict::kNotVerifiable,
          cat("your trust file does not say who ", who(event), " is"), event);
    else if (!case_.membership.is_known_signer(event))
      add("unknown_signer", Verdict::kNotVerifiable,
          cat("the admission of ", who(event),
              " was revoked, and nothing from outside its log shows "
              "that the ",
              event_type_name(event.type), " of ", day(event), " was made before"),
          event);
    const auto& logs = case_.graph.evidence().logs;
    const auto standing = logs.find(event.log);
    if (standing != logs.end() && !standing->second.quorum_met)
      add("quorum_not_met", Verdict::kNotVerifiable,
          cat("too few of the witnesses you ask for cosigned the log of ", who(event)), event);
  }

  // The state that an output is again, where a label could have been replaced on the way.
  const Output* same_thing_before(const Event& event, std::size_t out) const {
    if (event.type == EventType::kVoid) {
      const auto restored = restored_by(case_.graph, event, static_cast<std::int32_t>(out));
      return restored ? case_.graph.output(restored->event->inputs[restored->input].state)
                      : nullptr;
    }
    const std::size_t offset = event.type == EventType::kCorrect ? 1 : 0;
    if (!event.remakes() && offset == 0) return nullptr;
    return out + offset < event.inputs.size() ? case_.graph.output(event.inputs[out + offset].state)
                                              : nullptr;
  }

  std::vector<std::string> replaced_serials(const Event& event) const {
    std::vector<std::string> serials;
    for (std::size_t out = 0; out < event.outputs.size(); ++out) {
      const Output* before = same_thing_before(event, out);
      if (before != nullptr && event.outputs[out] && !before->serial.empty() &&
          event.outputs[out]->serial != before->serial)
        serials.push_back(before->serial);
    }
    return serials;
  }

  void find_label(const Event& event) {
    if (event.label.is_withheld()) {
      add("not_shown", Verdict::kGap,
          cat("why the label was changed on ", day(event), " is not shown"), event);
      return;
    }
    const auto replaced = replaced_serials(event);
    if (replaced.empty()) return;
    // A label is replaced by `label` alone, and only by saying which one it was.
    const LabelAction action =
        event.type == EventType::kLabel && event.label ? *event.label : LabelAction{};
    if (std::find(replaced.begin(), replaced.end(), action.old_serial) == replaced.end()) {
      add("label_history_missing", Verdict::kGap,
          cat("the label was changed on ", day(event), " without naming the old one"), event);
      return;
    }
    std::string missing;
    if (action.photo.empty()) missing = "without a photo";
    if (action.second_person.empty())
      missing += missing.empty() ? "without a second person" : " or a second person";
    add("relabelled", std::nullopt,
        cat("relabelled by ", who(event), " on ", day(event),
            action.reason.empty() ? "" : cat(" (", action.reason, ")"),
            missing.empty() ? ", with photo and second person" : cat(", ", missing)),
        event);
  }

  void find_split(const Event& event) {
    if (event.type != EventType::kSplit) return;
    const auto& home_work = case_.graph.corrected(event, &Event::home_work);
    if (case_.graph.corrected(event, &Event::saw).is_withheld())
      add("not_shown", Verdict::kGap,
          cat("how the stone was sawn on ", day(event),
              " is not shown, so its yield cannot be checked"),
          event);
    if (case_.graph.corrected(event, &Event::waste).is_withheld())
      add("not_shown", Verdict::kGap,
          cat("the waste of the ", day(event), " step is not shown, so its balance cannot close"),
          event);
    if (home_work)
      add("home_work", std::nullopt,
          cat(*home_work / 10, " % home work is declared by ", who(event)), event,
          json::Object{{"per_mille", *home_work}});
  }

  // What is hidden may be anything, so neither a yield nor what was unpacked can be checked. The
  // other crates of a pack may stay hidden; a remark says how many (RULES.md, rule 11).
  void find_hidden_outputs(const Event& event) {
    const auto made = made_by(case_.graph, event);
    const auto hidden = std::count(made.begin(), made.end(), nullptr);
    if (hidden == 0) return;
    if (event.type == EventType::kSplit || event.type == EventType::kUnpack)
      add("not_shown", Verdict::kGap,
          cat(hidden, " of the ", made.size(), " things made on ", day(event),
              " are not shown, so its yield cannot be checked"),
          event);
    if (event.type == EventType::kPack)
      add("not_shown", std::nullopt,
          cat(hidden, " of the ", made.size(), " things packed on ", day(event),
              " are not shown, so how much of the batch they hold is not known"),
          event);
  }

  void find_yield(const Event& event) {
    for (const YieldCheck& check : case_.yields) {
      if (std::find(check.splits.begin(), check.splits.end(), &event) == check.splits.end())
        continue;
      if (!check.over() && !check.above_expected()) continue;
      add(yield_code(check), check.over() ? std::optional(Verdict::kOverYield) : std::nullopt,
          yield_words(check), event, yield_facts(check));
    }
  }

  void find_late(const Event& event) {
    const auto late = lateness_days(case_.graph, event);
    if (!late) return;
    add("late", std::nullopt,
        cat("the ", event_type_name(event.type), " dated ", day(event), " by ", who(event),
            " was recorded ", *late, " days later"),
        event, json::Object{{"days", *late}});
  }

  const Case& case_;
  UnitCase& unit_;
};

// Who the parties are rests on the registrar's log, so it needs its witnesses as much as theirs.
void find_registrars(const Case& judged, UnitCase& unit) {
  const Evidence& evidence = judged.graph.evidence();
  for (const Origin& log : evidence.reader.registrars) {
    const auto standing = evidence.logs.find(log);
    if (standing == evidence.logs.end() || standing->second.quorum_met) continue;
    const std::string who = judged.membership.display(log);
    unit.findings.push_back(
        make_finding("quorum_not_met", Verdict::kNotVerifiable,
                     cat("too few of the witnesses you ask for cosigned the log of ", who), who));
  }
}

// A statement about the unit, or about something in its chain.
bool concerns(const UnitCase& unit, const About& about) {
  if (!about.item.empty() && about.item == unit.unit->item) return true;
  for (const Event* event : unit.events) {
    if (!about.event.empty() && about.event == event->id.text()) return true;
    if (about.item.empty()) continue;
    for (const auto& output : event->outputs)
      if (output && output->item == about.item) return true;
  }
  return false;
}

// Statements about the chain's events and items; none of them raises a verdict (DESIGN.md §6).
void find_statements(const Case& judged, UnitCase& unit) {
  for (const Event* attest : judged.graph.events()) {
    const Event& event = *attest;
    if (event.type != EventType::kAttest || !event.about || !event.kind ||
        !concerns(unit, *event.about))
      continue;
    const std::string who = judged.membership.display(event.log);
    const auto late = lateness_days(judged.graph, event);
    const std::string when =
        late ? cat("dated ", event.at.substr(0, 10), ", recorded ", *late, " days later")
             : cat("of ", event.at.substr(0, 10));
    const std::string text = event.statement && !event.statement->empty()
                                 ? cat(": ", quoted_for_message(*event.statement, 160))
                                 : "";
    std::string code = late ? "late" : "statement";
    if (*event.kind == "hold" || *event.kind == "recall" || *event.kind == "dispute")
      code = *event.kind;
    unit.findings.push_back(
        make_finding(std::move(code), std::nullopt,
                     cat("a statement (", *event.kind, ") by ", who, " ", when,
                         " is shown beside the verdict and does not raise it", text),
                     who, late ? json::Object{{"days", *late}} : json::Object{}));
  }
}

// Fields that their owner destroyed for good: a kind of withheld (FORMATS.md, rule 22). The log
// that made a field is the only one that can say so, and saying so never helps a verdict.
void find_erasures(const Case& judged, UnitCase& unit) {
  for (const Event* erase : judged.graph.events()) {
    if (erase->type != EventType::kErase || !erase->erased) continue;
    for (const ErasedField& field : erase->erased->fields) {
      const Event* event = judged.graph.event(field.event);
      if (event == nullptr || event->log != erase->log ||
          (std::find(unit.events.begin(), unit.events.end(), event) == unit.events.end() &&
           !(event->about && concerns(unit, *event->about))) ||
          std::find(event->withheld_fields.begin(), event->withheld_fields.end(), field.name) ==
              event->withheld_fields.end())
        continue;
      const std::string who = judged.membership.display(event->log);
      const std::string& reason = erase->erased->reason;
      unit.findings.push_back(
          make_finding("erased", std::nullopt,
                       cat("the ", field.name, " of the ", event_type_name(event->type), " of ",
                           event->at.substr(0, 10), " was erased for good by ", who, " on ",
                           erase->at.substr(0, 10), reason.empty() ? "" : cat(" (", reason, ")")),
                       who, json::Object{{"field", field.name}}));
    }
  }
}

void find_densities(const Case& judged, UnitCase& unit) {
  std::set<StateRef> seen;
  for (const Branch& branch : unit.branches) {
    if (branch.leaf == nullptr || !seen.insert({branch.leaf->id, branch.leaf_out}).second) continue;
    const auto check = check_density(judged.graph, StateRef{branch.leaf->id, branch.leaf_out});
    if (!check || !check->contradicts) continue;
    const std::string block = [&] {
      const Output* output = judged.graph.output(StateRef{branch.leaf->id, branch.leaf_out});
      return output != nullptr && !output->aliases.empty() ? output->aliases.front() : "the block";
    }();
    unit.findings.push_back(make_finding(
        "density_contradiction", std::nullopt,
        cat("the weight and size of ", block, " imply ", density_text(check->lowest), " to ",
            density_text(check->highest), " t/m³, which is not ",
            check->family.empty() ? "any stone" : check->family,
            check->suggestion.empty() ? "" : cat("; ", check->suggestion)),
        judged.membership.display(branch.leaf->log),
        json::Object{{"highest_kg_per_m3", check->highest}, {"lowest_kg_per_m3", check->lowest}}));
  }
}

// What physics and dates doubt about its steps; never a verdict (RULES.md, rule 7).
void find_doubts(const Case& judged, UnitCase& unit) {
  for (const Event* event : unit.events)
    for (const Doubt& doubt : judged.doubts.about(*event))
      unit.findings.push_back(make_finding(doubt.code, std::nullopt, doubt.words,
                                           judged.membership.display(event->log), doubt.facts));
}

}  // namespace

const std::vector<Doubt>& DoubtBook::about(const Event& event) {
  const auto known = known_.find(&event);
  if (known != known_.end()) return known->second;
  return known_.emplace(&event, chain_doubts(graph_, event)).first->second;
}

Finding make_finding(std::string code, std::optional<Verdict> verdict, std::string sentence,
                     std::string ask, json::Object facts) {
  return Finding{std::move(code), verdict, std::move(sentence), std::move(ask), std::move(facts)};
}

void find_in_chain(const Case& judged, UnitCase& unit) {
  StepFindings steps(judged, unit);
  for (const Event* event : unit.events) steps.find(*event);
  find_registrars(judged, unit);
  find_densities(judged, unit);
  find_doubts(judged, unit);
  find_statements(judged, unit);
  find_erasures(judged, unit);
}

}  // namespace quarrymark::custody
