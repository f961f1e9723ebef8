// Origin and contract criteria for each unit, and what that makes of the delivery.
// RULES.md rules 1 to 6, 10.
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/judge/judging.h"
#include "ledger/judge/origin.h"

#include <algorithm>
#include <array>
#include <map>

namespace quarrymark::custody {
namespace {

// Parts of a unit by standing; they add up to the whole unit.
struct Tally {
  std::array<Share, 5> parts{};
  Share& operator[](Standing standing) { return parts[static_cast<std::size_t>(standing)]; }
};

struct JudgedBranch {
  const Branch* branch = nullptr;
  OriginFacts facts;
  std::vector<CriterionStanding> standings;  // one for each criterion of the contract
};

struct JudgedUnit {
  std::vector<JudgedBranch> branches;
  // The share of the unit in which origin, factory or stone is contradicted.
  Share origin_contradicted = 0, factory_contradicted = 0, stone_contradicted = 0;
};

// Whole amounts for shares of `amount`: rounded down, what is left goes to the largest parts, so
// that a line always adds up to what was delivered.
std::array<std::int64_t, 5> whole_amounts(const Tally& tally, std::int64_t amount) {
  std::array<std::int64_t, 5> out{};
  std::array<Share, 5> rest{};
  std::int64_t given = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Share exact = tally.parts[i] * amount;
    out[i] = static_cast<std::int64_t>(numerator(exact) / denominator(exact));
    rest[i] = exact - out[i];
    given += out[i];
  }
  for (; given < amount; ++given) {
    const auto largest = std::max_element(rest.begin(), rest.end());
    ++out[static_cast<std::size_t>(largest - rest.begin())];
    *largest = -1;
  }
  return out;
}

std::string criteria_word(CriterionKind kind) {
  return kind == CriterionKind::kStone ? "stone" : std::string(criterion_name(kind));
}

class OriginJudge {
 public:
  OriginJudge(const Case& judged, std::vector<UnitCase>& units, Report& report)
      : case_(judged), units_(units), report_(report) {
    if (judged.question.contract) criteria_ = judged.question.contract->criteria;
  }

  void run() {
    for (UnitCase& unit : units_) judged_.push_back(judge_unit(unit));
    for (std::size_t i = 0; i < units_.size(); ++i) {
      find_unknown(units_[i], judged_[i]);
      find_declared(units_[i], judged_[i]);
    }
    if (case_.question.contract) {
      find_contradicted();
      for (std::size_t c = 0; c < criteria_.size(); ++c) report_.criteria.push_back(line_of(c));
    }
  }

  std::vector<ShareLine> shares_of(std::size_t unit) const {
    std::vector<ShareLine> lines;
    for (const JudgedBranch& judged : judged_[unit].branches)
      lines.push_back(share_line(judged, units_[unit].unit->amount));
    return lines;
  }

 private:
  JudgedUnit judge_unit(const UnitCase& unit) const {
    JudgedUnit out;
    for (const Branch& branch : unit.branches) {
      JudgedBranch judged{&branch, origin_of(case_.graph, case_.membership, branch), {}};
      bool origin = false, factory = false, stone = false;
      for (const Criterion& criterion : criteria_) {
        judged.standings.push_back(
            judge_criterion(case_.graph, case_.membership, criterion, branch, judged.facts));
        if (judged.standings.back().standing != Standing::kContradicted) continue;
        origin |= is_origin(criterion.kind);
        factory |= criterion.kind == CriterionKind::kFactory;
        stone |= criterion.kind == CriterionKind::kStone;
      }
      if (origin) out.origin_contradicted += branch.share;
      if (factory) out.factory_contradicted += branch.share;
      if (stone) out.stone_contradicted += branch.share;
      out.branches.push_back(std::move(judged));
    }
    return out;
  }

  void add_missing(UnitCase& unit, const Missing& missing, Standing standing, const Share& share) {
    const std::string who = missing.ask.empty() ? "" : case_.membership.display(missing.ask);
    // What was hidden was hidden by the presenter; what was never recorded is its maker's to say.
    const bool hidden = missing.code == "not_shown";
    json::Object facts{{"per_mille", per_mille(share)}};
    unit.findings.push_back(make_finding(
        missing.code, standing == Standing::kUnchecked ? Verdict::kNotVerifiable : Verdict::kGap,
        cat(missing.reason, hidden ? " (not shown by the presenter" : "",
            hidden && !who.empty() ? cat("; it concerns ", who) : "", hidden ? ")" : ""),
        who, std::move(facts)));
  }

  void find_unknown(UnitCase& unit, const JudgedUnit& judged) {
    for (const JudgedBranch& branch : judged.branches) {
      if (criteria_.empty() || !case_.question.contract) {
        const auto known = branch.facts.known;
        if (known == OriginFacts::Known::kUnknown)
          add_missing(unit, branch.facts.missing, Standing::kUnknown, branch.branch->share);
        if (known == OriginFacts::Known::kUnchecked)
          add_missing(unit, branch.facts.missing, Standing::kUnchecked, branch.branch->share);
        continue;
      }
      std::vector<std::string> said;
      for (const CriterionStanding& standing : branch.standings) {
        if (standing.standing != Standing::kUnknown && standing.standing != Standing::kUnchecked)
          continue;
        // A share of another origin is decided; what else it lacks adds nothing. Another factory
        // decides nothing: hiding the origin would make a partial out of a mismatch.
        if (is_of_another_origin(branch)) continue;
        const std::string key = standing.missing.code + standing.missing.reason;
        if (std::find(said.begin(), said.end(), key) != said.end()) continue;
        said.push_back(key);
        add_missing(unit, standing.missing, standing.standing, branch.branch->share);
      }
    }
  }

  static bool is_contradicted(const JudgedBranch& branch) {
    return std::any_of(branch.standings.begin(), branch.standings.end(), [](const auto& standing) {
      return standing.standing == Standing::kContradicted;
    });
  }

  bool is_of_another_origin(const JudgedBranch& branch) const {
    for (std::size_t c = 0; c < criteria_.size(); ++c)
      if (is_origin(criteria_[c].kind) && branch.standings[c].standing == Standing::kContradicted)
        return true;
    return false;
  }

  void find_declared(UnitCase& unit, const JudgedUnit& judged) {
    for (const JudgedBranch& branch : judged.branches) {
      const std::string by = case_.membership.display(branch.facts.stated_by);
      if (criteria_.empty() || !case_.question.contract) {
        if (branch.facts.known == OriginFacts::Known::kDeclared)
          unit.findings.push_back(declared("the origin", by));
        continue;
      }
      for (std::size_t c = 0; c < criteria_.size(); ++c) {
        const CriterionStanding& standing = branch.standings[c];
        if (standing.standing == Standing::kDeclared)
          unit.findings.push_back(declared(cat("the ", criteria_word(criteria_[c].kind)), by));
        else if (standing.standing == Standing::kSupported && standing.declared_part > 0)
          unit.findings.push_back(
              make_finding("declared_only", Verdict::kDeclared,
                           cat("home work of ", per_mille(standing.declared_part) / 10,
                               " % counts for the factory as its own declaration"),
                           standing.value));
      }
    }
  }

  static Finding declared(const std::string& what, const std::string& by) {
    return make_finding("declared_only", Verdict::kDeclared,
                        cat(what, " is stated by ", by, "; no earlier party recorded it"), by);
  }

  // Mismatch is for a delivery that contradicts as a whole; partial for separate units; mixed for
  // a share inside one unit. RULES.md rules 1, 2, 3.
  void find_contradicted() {
    const bool names_origin = std::any_of(criteria_.begin(), criteria_.end(),
                                          [](const auto& c) { return is_origin(c.kind); });
    const auto whole = [&](Share JudgedUnit::*part) {
      return !judged_.empty() && std::all_of(judged_.begin(), judged_.end(),
                                             [&](const auto& unit) { return unit.*part == 1; });
    };
    const bool all_origin = whole(&JudgedUnit::origin_contradicted);
    const bool all_stone = !names_origin && whole(&JudgedUnit::stone_contradicted);
    for (std::size_t i = 0; i < units_.size(); ++i) {
      contradict(i, judged_[i].origin_contradicted, all_origin, "origin_contradicted",
                 [](CriterionKind kind) { return is_origin(kind); });
      // Another factory alone is never a mismatch: that word is for the origin (DESIGN.md §9).
      contradict(i, judged_[i].factory_contradicted, false, "factory_contradicted",
                 [](CriterionKind kind) { return kind == CriterionKind::kFactory; });
      contradict(i, judged_[i].stone_contradicted, all_stone, "stone_contradicted",
                 [](CriterionKind kind) { return kind == CriterionKind::kStone; });
    }
  }

  template <class Concerns>
  void contradict(std::size_t number, const Share& share, bool whole, std::string code,
                  const Concerns& concerns) {
    if (share == 0) return;
    const Verdict verdict = whole        ? Verdict::kMismatch
                            : share == 1 ? Verdict::kPartial
                                         : Verdict::kMixed;
    // The values met instead of each named one, with their shares, for the sentence.
    for (std::size_t c = 0; c < criteria_.size(); ++c) {
      if (!concerns(criteria_[c].kind)) continue;
      std::map<std::string, Share> met;
      bool one_party = false;
      for (const JudgedBranch& branch : judged_[number].branches)
        if (branch.standings[c].standing == Standing::kContradicted) {
          met[branch.standings[c].value] += branch.branch->share;
          one_party |= branch.facts.known == OriginFacts::Known::kDeclared;
        }
      if (met.empty()) continue;
      std::string values;
      for (const auto& [value, part] : met)
        values += cat(values.empty() ? "" : ", ", value.empty() ? "another" : value,
                      share == 1 && met.size() == 1 ? "" : cat(" (", percent(part), ")"));
      units_[number].findings.push_back(make_finding(
          code, verdict,
          cat("the contract names ", criteria_word(criteria_[c].kind), " ", criteria_[c].named,
              "; the records lead to ", values, one_party ? " (stated by one party)" : ""),
          ask_for(judged_[number]),
          json::Object{{"criterion", criterion_name(criteria_[c].kind)},
                       {"named", criteria_[c].named},
                       {"per_mille", per_mille(share)},
                       {"recorded", values}}));
    }
  }

  std::string ask_for(const JudgedUnit& unit) const {
    for (const JudgedBranch& branch : unit.branches)
      if (is_contradicted(branch)) {
        // Whoever put the unit together chose its stone; the last maker on the way.
        if (!branch.branch->makers.empty())
          return case_.membership.display(branch.branch->makers.front()->log);
        return case_.membership.display(branch.facts.stated_by);
      }
    return {};
  }

  static std::string percent(const Share& share) {
    const std::int64_t tenths = per_mille(share);
    return tenths % 10 == 0 ? cat(tenths / 10, " %") : cat(tenths / 10, ".", tenths % 10, " %");
  }

  CriterionLine line_of(std::size_t c) const {
    CriterionLine line;
    line.criterion = criterion_name(criteria_[c].kind);
    line.named = criteria_[c].named;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      Tally tally;
      for (const JudgedBranch& branch : judged_[u].branches) {
        const CriterionStanding& standing = branch.standings[c];
        const Share declared_part = branch.branch->share * standing.declared_part;
        tally[standing.standing] += branch.branch->share - declared_part;
        tally[Standing::kDeclared] += declared_part;
      }
      const auto amounts = whole_amounts(tally, units_[u].unit->amount);
      line.supported += amounts[0];
      line.declared += amounts[1];
      line.contradicted += amounts[2];
      line.unknown += amounts[3];
      line.unchecked += amounts[4];
    }
    return line;
  }

  ShareLine share_line(const JudgedBranch& judged, std::int64_t amount) const {
    const OriginFacts& facts = judged.facts;
    ShareLine line;
    line.per_mille = per_mille(judged.branch->share);
    line.amount = share_of(judged.branch->share, amount);
    line.quarry = facts.quarry.empty() ? facts.site_name : facts.quarry;
    line.area = facts.area;
    line.parcel = facts.parcel;
    line.operator_name = facts.operator_name;
    line.stone = facts.stone;
    line.block = facts.block;
    for (const Origin& log : factories_of(case_.membership, *judged.branch))
      line.factory += cat(line.factory.empty() ? "" : ", ", case_.membership.display(log));
    if (line.factory.empty()) line.factory = facts.declared_factory;
    line.stated_by = facts.stated_by.empty() ? "" : case_.membership.display(facts.stated_by);
    line.standing = facts.known == OriginFacts::Known::kRecorded   ? Standing::kSupported
                    : facts.known == OriginFacts::Known::kDeclared ? Standing::kDeclared
                    : facts.known == OriginFacts::Known::kUnknown  ? Standing::kUnknown
                                                                   : Standing::kUnchecked;
    if (is_contradicted(judged)) line.standing = Standing::kContradicted;
    return line;
  }

  const Case& case_;
  std::vector<UnitCase>& units_;
  Report& report_;
  std::vector<Criterion> criteria_;
  std::vector<JudgedUnit> judged_;
};

}  // namespace

void judge_origin(const Case& judged, std::vector<UnitCase>& units, Report& report) {
  OriginJudge judge(judged, units, report);
  judge.run();
  for (std::size_t i = 0; i < units.size(); ++i) {
    UnitLine line;
    line.item = units[i].unit->item;
    line.serial = units[i].unit->serial;
    line.aliases = units[i].unit->aliases;
    line.amount = units[i].unit->amount;
    line.shares = judge.shares_of(i);
    report.units.push_back(std::move(line));
  }
}

}  // namespace quarrymark::custody
