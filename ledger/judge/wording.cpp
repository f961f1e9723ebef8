// The one sentence of a verdict, made of facts. UX patterns; no praise, no blame.
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/judge/judging.h"

#include <algorithm>
#include <map>

namespace quarrymark::custody {
namespace {

const Finding* worst(const Report& report) {
  for (const Finding& finding : report.findings)
    if (finding.verdict && finding.verdict == report.verdict) return &finding;
  return nullptr;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z')
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string criteria_text(const Report& report) {
  std::string text;
  for (std::size_t i = 0; i < report.criteria.size(); ++i) {
    const CriterionLine& line = report.criteria[i];
    if (i > 0) text += i + 1 == report.criteria.size() ? " and " : ", ";
    text += cat(line.criterion, " ", line.named);
  }
  return text.empty() ? "what the contract names" : text;
}

std::string of_total(std::int64_t amount, const Report& report) {
  return report.unit == Unit::kPiece ? cat(amount, " of ", amount_text(report.amount, report.unit))
                                     : cat(amount_text(amount, report.unit), " of ",
                                           amount_text(report.amount, report.unit));
}

// "all 51.84 m²" or "10 of 160 pieces".
std::string covered_part(const Report& report) {
  return report.covered == report.amount ? cat("all ", amount_text(report.amount, report.unit))
                                         : of_total(report.covered, report);
}

std::string ended(std::string text) {
  if (!text.ends_with('.')) text += '.';
  return text;
}

std::string partial_sentence(const Report& report) {
  std::string text = "Records support ";
  for (std::size_t i = 0; i < report.criteria.size(); ++i) {
    const CriterionLine& line = report.criteria[i];
    text += cat(i == 0 ? "" : "; ", line.criterion, " ", line.named, " for ",
                of_total(line.supported, report));
  }
  return text + ".";
}

std::string percent(const Share& share) {
  const std::int64_t value = per_mille(share);
  return value % 10 == 0 ? cat(value / 10, " %") : cat(value / 10, ".", value % 10, " %");
}

// "Mixed: by amount 75 % from BUD-02, 25 % from BUD-05."
std::string mixed_sentence(const Report& report) {
  std::map<std::string, Share> by_quarry;
  Share total = 0;
  for (const UnitLine& unit : report.units)
    for (const ShareLine& share : unit.shares) {
      const std::string name = share.standing == Standing::kUnknown ? "an unknown origin"
                               : share.quarry.empty()               ? "a quarry not shown"
                                                                    : share.quarry;
      by_quarry[name] += share.amount;
      total += share.amount;
    }
  if (total == 0) return "Stone of different origin is mixed.";
  std::vector<std::pair<std::string, Share>> parts(by_quarry.begin(), by_quarry.end());
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  for (const auto& [name, amount] : parts)
    text += cat(text.empty() ? "" : ", ", percent(amount / total), " from ", name);
  return cat("By amount, ", text, "; this cannot be told apart by piece.");
}

std::string over_yield_sentence(const std::vector<UnitCase>& units, const Report& report) {
  Share explained = 0;
  std::int64_t delivered = 0;
  for (const UnitCase& unit : units) {
    const bool over = std::any_of(unit.findings.begin(), unit.findings.end(), [](const Finding& f) {
      return f.verdict == Verdict::kOverYield;
    });
    if (!over) continue;
    delivered += unit.unit->amount;
    for (const Branch& branch : unit.branches)
      explained += branch.share * branch.explained * unit.unit->amount;
  }
  const Finding* why = worst(report);
  return cat(amount_text(delivered, report.unit), " delivered; at most ",
             amount_text(share_of(explained, 1), report.unit),
             " are explained by the stone that went in",
             why != nullptr ? cat(": ", why->sentence) : "", ".");
}

}  // namespace

std::string verdict_sentence(const std::vector<UnitCase>& units, const Report& report) {
  const Finding* why = worst(report);
  const std::string reason = why == nullptr ? "" : why->sentence;
  if (!report.verdict) {
    if (units.empty()) return "These passports carry evidence and no goods; their proofs hold.";
    std::vector<std::string> origins;
    for (const UnitLine& unit : report.units)
      for (const ShareLine& share : unit.shares) {
        std::string origin = cat(share.quarry.empty() ? "a quarry not shown" : share.quarry,
                                 ", by ", share.stated_by);
        if (std::find(origins.begin(), origins.end(), origin) == origins.end())
          origins.push_back(std::move(origin));
      }
    std::string text;
    for (const std::string& origin : origins) text += cat(text.empty() ? "" : "; ", origin);
    return cat("Recorded origin of ", report.amount_text, ": ", text, ".");
  }
  switch (*report.verdict) {
    case Verdict::kInvalid:
      return ended(cat("A proof fails: ", reason));
    case Verdict::kMismatch:
      return cat(capitalised(reason), ", for all ", report.amount_text, ".");
    case Verdict::kDuplicate:
      return ended(capitalised(reason));
    case Verdict::kOverYield:
      return over_yield_sentence(units, report);
    case Verdict::kGap:
      return ended(cat("No supported origin for ", covered_part(report), ": ", reason));
    case Verdict::kMixed:
      return mixed_sentence(report);
    case Verdict::kPartial:
      return partial_sentence(report);
    case Verdict::kNotVerifiable:
      return ended(cat("Could not be checked: ", reason));
    case Verdict::kDeclared:
      return ended(cat("Only declared, for ", covered_part(report), ": ", reason));
    case Verdict::kMatch:
      return cat("Records support ", criteria_text(report), " for all ", report.amount_text, ".");
  }
  return {};
}

}  // namespace quarrymark::custody
