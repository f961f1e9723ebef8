#include "api/document/sentences.h"

#include "ledger/base/text.h"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace quarrymark::document {
namespace {

using custody::ShareLine;
using custody::Standing;
using custody::Unit;
using custody::Verdict;

std::string fact(const custody::Finding& finding, std::string_view name) {
  for (const auto& [member, value] : finding.facts)
    if (member == name && value.is_string()) return *value.if_string();
  return {};
}

}  // namespace

const custody::Finding* Sentences::reason() const {
  for (const custody::Finding& finding : report_.findings)
    if (finding.verdict && finding.verdict == report_.verdict) return &finding;
  return nullptr;
}

std::string Sentences::key() const {
  if (!report_.verdict && report_.units.empty()) return "verdict.evidence";
  return cat("verdict.", words::verdict_key(report_.verdict));
}

std::string Sentences::heading() const { return words_.text(key() + ".heading"); }

std::string Sentences::part_of_total(std::int64_t amount) const {
  const std::string total = words_.amount(report_.amount, report_.unit);
  if (amount == report_.amount)
    return report_.unit == Unit::kPiece && amount == 1
               ? total
               : words_.text("phrase.all_of", {{"amount", total}});
  return words_.text("phrase.part_of",
                     {{"part", report_.unit == Unit::kPiece ? words_.number(amount)
                                                            : words_.amount(amount, report_.unit)},
                      {"amount", total}});
}

std::string Sentences::covered() const { return part_of_total(report_.covered); }

std::string Sentences::named(const std::string& criterion, const std::string& name) const {
  const std::string key = cat("criterion.", criterion);
  if (!words_.has(key)) return name;
  return words_.text("phrase.named",
                     {{"criterion", std::string(words_.view(key))}, {"name", name}});
}

std::string Sentences::place(const ShareLine& share) const {
  if (!share.quarry.empty()) return share.quarry;
  if (!share.area.empty()) return share.area;
  return words_.text(share.standing == Standing::kUnknown ? "phrase.unknown_origin"
                                                          : "phrase.hidden_quarry");
}

std::string Sentences::mixed_parts() const {
  std::map<std::string, std::int64_t> by_place;
  std::int64_t total = 0;
  for (const custody::UnitLine& unit : report_.units)
    for (const ShareLine& share : unit.shares) {
      by_place[place(share)] += share.amount;
      total += share.amount;
    }
  std::vector<std::pair<std::string, std::int64_t>> parts(by_place.begin(), by_place.end());
  std::stable_sort(parts.begin(), parts.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::vector<std::string> texts;
  for (const auto& [name, amount] : parts) {
    // Amounts are below 2^53, so a thousand times as much fits.
    const std::int64_t per_mille = total == 0 ? 0 : amount * 1000 / total;
    texts.push_back(
        words_.text("phrase.share", {{"percent", words_.percent(per_mille)}, {"place", name}}));
  }
  return words_.list(texts);
}

std::string Sentences::supported_parts() const {
  std::vector<std::string> texts;
  for (const custody::CriterionLine& line : report_.criteria)
    texts.push_back(words_.text(
        "phrase.supported_part",
        {{"named", named(line.criterion, line.named)}, {"part", part_of_total(line.supported)}}));
  return words_.list(texts);
}

std::string Sentences::origins() const {
  std::vector<std::string> texts;
  for (const custody::UnitLine& unit : report_.units)
    for (const ShareLine& share : unit.shares) {
      std::string text =
          share.stated_by.empty()
              ? place(share)
              : words_.text("phrase.stated_origin",
                            {{"place", place(share)}, {"party", parties_.text(share.stated_by)}});
      if (std::find(texts.begin(), texts.end(), text) == texts.end())
        texts.push_back(std::move(text));
    }
  return words_.list(texts);
}

std::string Sentences::verdict() const {
  const std::string sentence = key() + ".sentence";
  if (!report_.verdict) {
    if (report_.units.empty()) return words_.text(sentence);
    return words_.text(sentence, {{"amount", words_.amount(report_.amount, report_.unit)},
                                  {"origins", origins()}});
  }
  switch (*report_.verdict) {
    case Verdict::kInvalid:
      return words_.text(sentence);
    case Verdict::kMismatch: {
      const custody::Finding* why = reason();
      std::string recorded = why == nullptr ? "" : fact(*why, "recorded");
      if (recorded.empty() || recorded == "another") recorded = words_.text("phrase.another");
      return words_.text(
          sentence,
          {{"named", why == nullptr ? "" : named(fact(*why, "criterion"), fact(*why, "named"))},
           {"recorded", std::move(recorded)},
           {"covered", covered()}});
    }
    case Verdict::kMixed:
      return words_.text(sentence, {{"parts", mixed_parts()}});
    case Verdict::kPartial:
      return words_.text(sentence, {{"parts", supported_parts()}});
    case Verdict::kMatch: {
      std::vector<std::string> texts;
      for (const custody::CriterionLine& line : report_.criteria)
        texts.push_back(named(line.criterion, line.named));
      return words_.text(sentence, {{"criteria", words_.list(texts)}, {"covered", covered()}});
    }
    case Verdict::kDuplicate:
    case Verdict::kOverYield:
    case Verdict::kGap:
    case Verdict::kNotVerifiable:
    case Verdict::kDeclared:
      return words_.text(sentence, {{"covered", covered()}});
  }
  return {};
}

std::string Sentences::next_step() const {
  const custody::Finding* why = reason();
  std::string party = why == nullptr || why->ask.empty()
                          ? std::string(words_.view("party.deliverer"))
                          : parties_.text(why->ask);
  return words_.text(key() + ".next", {{"party", std::move(party)}});
}

}  // namespace quarrymark::document
