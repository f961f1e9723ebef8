#include "api/report_text.h"

#include "api/standing.h"
#include "api/words/words.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/judge/sampling.h"

#include <algorithm>
#include <set>
#include <vector>

namespace quarrymark::api {
namespace {

using custody::Report;
using custody::Verdict;

constexpr std::size_t kMostUnitLines = 30;  // more fill a screen; --json has them all

// "Could not be checked" is blue, never the colour of something bad (UX, §1).
std::string_view colour_of(std::optional<Verdict> verdict) {
  if (!verdict) return "\x1b[1m";
  switch (*verdict) {
    case Verdict::kMatch:
      return "\x1b[1;32m";
    case Verdict::kInvalid:
    case Verdict::kMismatch:
    case Verdict::kOverYield:
      return "\x1b[1;31m";
    case Verdict::kDuplicate:
      return "\x1b[1;35m";
    case Verdict::kGap:
    case Verdict::kMixed:
    case Verdict::kPartial:
      return "\x1b[1;33m";
    case Verdict::kNotVerifiable:
      return "\x1b[1;34m";
    case Verdict::kDeclared:
      return "\x1b[1;37m";
  }
  return "\x1b[1m";
}

std::string padded(std::string text, std::size_t width) {
  std::size_t shown = 0;  // code points, so that "m²" lines up
  for (const char c : text) shown += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  if (shown < width) text.append(width - shown, ' ');
  return text;
}

void add_line(std::string& out, std::string_view label, std::string_view text) {
  if (!text.empty()) out += cat(padded(std::string(label), 12), text, "\n");
}

void add_list(std::string& out, std::string_view label, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  out += cat("\n", label, "\n");
  for (const std::string& text : texts) out += cat("  - ", text, "\n");
}

void add_amounts(std::string& out, const Report& report) {
  if (!report.contract.empty()) add_line(out, "Contract", report.contract);
  add_line(out, "Checked on", report.date);
  add_line(out, "Delivered", report.amount_text);
  // Without a verdict there is nothing that could be covered.
  if (report.verdict) add_line(out, "Covered", report.covered_text);
  if (report.scanned > 0 || !report.contract.empty())
    add_line(out, "Scanned", cat(report.scanned, " of ", report.units.size(), " units"));
  add_line(out, "Chain", chain_length_text(report));
  std::string model = report.custody_model;
  std::replace(model.begin(), model.end(), '_', ' ');
  add_line(out, "Custody", model);
  if (report.withheld_parties > 0)
    add_line(out, "Withheld",
             cat(report.withheld_parties, " part", report.withheld_parties == 1 ? "y" : "ies",
                 " shown without a name"));
}

std::string standing_amounts(const custody::CriterionLine& line, custody::Unit unit) {
  using custody::Standing;
  const std::pair<Standing, std::int64_t> parts[] = {{Standing::kSupported, line.supported},
                                                     {Standing::kDeclared, line.declared},
                                                     {Standing::kContradicted, line.contradicted},
                                                     {Standing::kUnknown, line.unknown},
                                                     {Standing::kUnchecked, line.unchecked}};
  std::string out;
  for (const auto& [standing, amount] : parts) {
    if (amount == 0) continue;
    if (!out.empty()) out += ", ";
    out += cat(custody::standing_name(standing), " ", custody::amount_text(amount, unit));
  }
  return out.empty() ? "nothing delivered" : out;
}

void add_criteria(std::string& out, const Report& report) {
  out += "\nAsked, and what the records say\n";
  for (const custody::CriterionLine& line : report.criteria)
    out += cat("  ", padded(line.criterion, 10), padded(line.named, 32), "  ",
               standing_amounts(line, report.unit), "\n");
  for (const custody::QuantityLine& line : report.quantity)
    out += cat("  ", padded("quantity", 10), padded(line.text, 32), "  ", line.standing, "\n");
  if (!report.documents.empty())
    out += cat("  ", padded("documents", 10), padded("", 32), "  ", report.documents, "\n");
}

std::string finding_text(const custody::Finding& finding) {
  if (finding.ask.empty()) return finding.sentence;
  return cat(finding.sentence, "; ask: ", finding.ask);
}

// What led to the verdict, and what is only said beside it. A finding of several units is said
// once, with their number.
struct Findings {
  std::vector<std::string> reasons, remarks;
};

Findings findings_of(const Report& report) {
  std::vector<std::pair<const custody::Finding*, std::size_t>> all;  // and the units that have it
  const auto add = [&](const custody::Finding& finding, std::size_t units) {
    for (auto& [known, count] : all)
      if (finding_text(*known) == finding_text(finding)) {
        count += units;
        return;
      }
    all.emplace_back(&finding, units);
  };
  for (const custody::Finding& finding : report.findings) add(finding, 0);
  for (const custody::UnitLine& unit : report.units)
    for (const custody::Finding& finding : unit.findings) add(finding, 1);
  Findings out;
  std::set<std::string> said;
  for (const auto& [finding, units] : all) {
    std::string text = finding_text(*finding);
    if (units > 1) text += cat(" (", units, " units)");
    (finding->verdict ? out.reasons : out.remarks).push_back(std::move(text));
    said.insert(finding->sentence);
  }
  for (const std::string& remark : report.remarks)
    if (said.insert(remark).second) out.remarks.push_back(remark);
  return out;
}

std::string shares_text(const custody::UnitLine& unit) {
  std::string out;
  for (const custody::ShareLine& share : unit.shares) {
    if (!out.empty()) out += "; ";
    if (unit.shares.size() > 1)
      out += cat(share.per_mille / 10, share.per_mille % 10 ? cat(".", share.per_mille % 10) : "",
                 " % ");
    std::string place = !share.quarry.empty() ? share.quarry : share.area;
    if (place.empty()) place = "origin not known";
    if (!share.parcel.empty()) place += cat(" parcel ", share.parcel);
    out += place;
    if (!share.block.empty()) out += cat(", block ", share.block);
    if (!share.factory.empty()) out += cat(", made by ", share.factory);
    out += cat(" (", custody::standing_name(share.standing),
               share.stated_by.empty() ? "" : cat(", stated by ", share.stated_by), ")");
  }
  return out;
}

// Neighbouring units that say the same become one line.
void add_units(std::string& out, const Report& report) {
  if (report.units.empty()) return;
  out += "\nUnits\n";
  const auto same = [&](const custody::UnitLine& a, const custody::UnitLine& b) {
    return a.amount == b.amount && a.verdict == b.verdict && shares_text(a) == shares_text(b);
  };
  const auto name = [](const custody::UnitLine& unit) {
    return unit.aliases.empty() ? unit.item : unit.aliases.front();
  };
  std::size_t lines = 0;
  for (std::size_t i = 0; i < report.units.size();) {
    const custody::UnitLine& unit = report.units[i];
    std::size_t end = i + 1;
    while (end < report.units.size() && same(unit, report.units[end])) ++end;
    if (++lines > kMostUnitLines) {
      out += cat("  and ", report.units.size() - i, " more; --json lists all\n");
      return;
    }
    std::string names = name(unit);
    if (end - i > 1) names += cat(" to ", name(report.units[end - 1]), ", ", end - i, " units of");
    out += cat("  ", names, " ", custody::amount_text(unit.amount, report.unit), ": ",
               unit.verdict ? cat(custody::verdict_name(*unit.verdict), "; ") : std::string(),
               shares_text(unit), "\n");
    i = end;
  }
}

std::string percent_text(std::int64_t per_mille) {
  return cat(per_mille / 10, per_mille % 10 ? cat(".", per_mille % 10) : "", " %");
}

// Where the whole delivery comes from, from the widest claim to the narrowest.
void add_claims(std::string& out, const Report& report) {
  constexpr std::size_t kMostShares = 8;  // of a level; --json has them all
  if (report.claims.empty()) return;
  out += "\nOrigin at each level of claim\n";
  for (const custody::ClaimLine& line : report.claims) {
    std::string shares;
    for (std::size_t i = 0; i < line.shares.size(); ++i) {
      if (i == kMostShares) {
        shares += cat("; and ", line.shares.size() - i, " more");
        break;
      }
      const custody::ClaimShare& share = line.shares[i];
      shares += cat(i ? "; " : "", percent_text(share.per_mille), " ",
                    share.value.empty() ? "not known" : share.value);
      if (!share.of.empty())
        shares += cat(line.level == "operator" ? ", parcel " : " of ", share.of);
      if (share.standing == custody::Standing::kDeclared) shares += " (declared)";
    }
    out +=
        cat("  ", padded(line.level == "appearance" ? "stone only" : line.level, 12), shares, "\n");
  }
}

// What a sample tells, where not all was scanned.
void add_sampling(std::string& out, const Report& report) {
  const auto units = static_cast<std::int64_t>(report.units.size());
  if (report.contract.empty() || units < 2 || report.scanned >= units) return;
  const std::int64_t bad = std::min(custody::kSampledBad, units);
  const auto enough = custody::crates_to_scan(units, bad, custody::kSampledConfidence);
  if (!enough) return;
  const auto chance = [&](std::int64_t of_bad, std::int64_t scanned) {
    return percent_text(custody::floor_per_mille(custody::chance_to_find(units, of_bad, scanned)));
  };
  std::string text =
      cat("scanning ", *enough, " of ", units, ", chosen at random, finds one of ", bad,
          " bad ones with ", chance(bad, *enough), ", a single one with ", chance(1, *enough));
  if (report.scanned > 0)
    text += cat("; the ", report.scanned, " scanned: ", chance(bad, report.scanned), " and ",
                chance(1, report.scanned));
  add_line(out, "Sampling", text);
}

void add_steps(std::string& out, const Report& report) {
  if (report.steps.empty()) return;
  out += "\nWho stated what\n";
  for (const custody::StepLine& step : report.steps) {
    out += cat("  ", padded(step.at.substr(0, 10), 12), padded(step.type, 10), step.by);
    if (!step.role.empty()) out += cat(", ", step.role);
    if (!step.country.empty()) out += cat(", ", step.country);
    out += cat("; ", step.independence, step.device_signed ? ", device-signed" : "",
               "; date: ", step.date_known_by, "\n");
  }
}

}  // namespace

std::string_view verdict_heading(std::optional<Verdict> verdict) {
  return words::Words::of(words::Language::kEnglish)
      .view(cat("verdict.", words::verdict_key(verdict), ".heading"));
}

std::string chain_length_text(const Report& report) {
  return cat(report.at_least ? "at least " : "", report.hand_overs, " hand-over",
             report.hand_overs == 1 ? "" : "s");
}

std::string report_text(const Report& report, const TextOptions& options) {
  std::string heading(verdict_heading(report.verdict));
  if (options.colour) heading = cat(colour_of(report.verdict), heading, "\x1b[0m");
  std::string out = cat(heading, ": ", report.sentence, "\n\n");
  add_amounts(out, report);
  add_sampling(out, report);
  if (!report.criteria.empty() || !report.quantity.empty()) add_criteria(out, report);
  const Findings findings = findings_of(report);
  add_list(out, "Reasons, and who can answer", findings.reasons);
  add_list(out, "Remarks", findings.remarks);
  add_units(out, report);
  add_claims(out, report);
  add_steps(out, report);
  add_list(out, "Dates", report.dates);
  add_list(out, "What stays possible", report.slack);
  out += cat("\nWhat this does not show: ", report.does_not_show, "\n");
  return out;
}

}  // namespace quarrymark::api
