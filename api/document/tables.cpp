// What was asked against what the records say, the items, and their codes.
#include "api/document/parts.h"
#include "api/document/signs.h"
#include "ledger/base/text.h"
#include "scanner/label/item_number.h"

#include <algorithm>
#include <array>

namespace quarrymark::document {
namespace {

using custody::Standing;

// In one cell; the passport has them all, and a row has to fit a page.
constexpr std::size_t kMaxShares = 6, kMaxAliases = 6;

std::string standing_word(const Source& source, std::string_view name) {
  const std::string key = cat("standing.", name);
  return source.words.has(key) ? std::string(source.words.view(key)) : std::string(name);
}

paper::Line standing_line(const Source& source, Standing standing, std::string amount) {
  paper::Line line = plain(
      source.labelled(standing_word(source, custody::standing_name(standing)), std::move(amount)));
  line.sign = sign_of(standing);
  return line;
}

paper::Line word_line(const Source& source, const std::string& standing) {
  paper::Line line = plain(standing_word(source, standing));
  for (const Standing known : {Standing::kSupported, Standing::kDeclared, Standing::kContradicted,
                               Standing::kUnknown, Standing::kUnchecked})
    if (custody::standing_name(known) == standing) line.sign = sign_of(known);
  return line;
}

paper::Lines found(const Source& source, const custody::CriterionLine& line) {
  const std::array<std::pair<Standing, std::int64_t>, 5> parts = {
      {{Standing::kSupported, line.supported},
       {Standing::kDeclared, line.declared},
       {Standing::kContradicted, line.contradicted},
       {Standing::kUnknown, line.unknown},
       {Standing::kUnchecked, line.unchecked}}};
  paper::Lines lines;
  for (const auto& [standing, amount] : parts)
    if (amount != 0)
      lines.push_back(
          standing_line(source, standing, source.words.amount(amount, source.report.unit)));
  return lines;
}

paper::Line more(const Source& source, std::size_t count) {
  return quiet(source.words.text("phrase.more",
                                 {{"n", source.words.number(static_cast<std::int64_t>(count))}}));
}

paper::Lines origin_lines(const Source& source, const custody::UnitLine& unit) {
  const auto& words = source.words;
  paper::Lines lines;
  for (std::size_t i = 0; i < unit.shares.size() && i < kMaxShares; ++i) {
    const custody::ShareLine& share = unit.shares[i];
    std::string place = source.sentences.place(share);
    if (unit.shares.size() > 1)
      place = words.text("phrase.share",
                         {{"percent", words.percent(share.per_mille)}, {"place", place}});
    std::vector<std::string> parts = {std::move(place)};
    if (!share.parcel.empty())
      parts.push_back(words.text("phrase.parcel", {{"number", share.parcel}}));
    if (!share.block.empty())
      parts.push_back(words.text("phrase.block", {{"number", share.block}}));
    std::string text;
    for (const std::string& part : parts)
      text += cat(text.empty() ? "" : words.view("list.comma"), part);
    lines.push_back(plain(std::move(text)));
    if (!share.factory.empty())
      lines.push_back(
          plain(words.text("phrase.made_by", {{"party", source.parties.text(share.factory)}})));
    lines.push_back(quiet(standing_word(source, custody::standing_name(share.standing))));
    if (!share.stated_by.empty())
      lines.push_back(quiet(
          words.text("document.stated_by", {{"presenter", source.parties.text(share.stated_by)}})));
  }
  if (unit.shares.size() > kMaxShares)
    lines.push_back(more(source, unit.shares.size() - kMaxShares));
  return lines;
}

paper::Line verdict_line(const Source& source, const custody::UnitLine& unit) {
  paper::Line line =
      strong(source.words.text(cat("verdict.", words::verdict_key(unit.verdict), ".heading")));
  line.sign = sign_of(unit.verdict);
  return line;
}

std::vector<paper::Lines> item_row(const Source& source, const custody::UnitLine& unit) {
  paper::Lines number = {plain(unit.item.empty() ? "–" : label::in_groups_of_four(unit.item))};
  if (unit.scanned) number.push_back(quiet(source.words.text("document.scanned_mark")));
  paper::Lines aliases;
  for (std::size_t i = 0; i < unit.aliases.size() && i < kMaxAliases; ++i)
    aliases.push_back(plain(unit.aliases[i]));
  if (unit.aliases.size() > kMaxAliases)
    aliases.push_back(more(source, unit.aliases.size() - kMaxAliases));
  return {std::move(number),
          std::move(aliases),
          {plain(source.words.amount(unit.amount, source.report.unit))},
          {verdict_line(source, unit)},
          origin_lines(source, unit)};
}

paper::Column column(const Source& source, std::string_view name, int share) {
  return {source.words.text(cat("document.", name)), share};
}

}  // namespace

paper::Table criteria_table(const Source& source) {
  const auto& words = source.words;
  paper::Table table;
  table.caption = words.text("document.asked");
  table.columns = {column(source, "criterion", 2), column(source, "named", 4),
                   column(source, "found", 4)};
  for (const custody::CriterionLine& line : source.report.criteria) {
    const std::string key = cat("criterion.", line.criterion);
    table.rows.push_back({{plain(words.has(key) ? words.text(key) : line.criterion)},
                          {plain(line.named)},
                          found(source, line)});
  }
  for (const custody::QuantityLine& line : source.report.quantity) {
    paper::Lines asked = {plain(words.amount(line.named, line.unit))};
    if (line.tolerance > 0)
      asked.push_back(quiet(
          words.text("phrase.tolerance", {{"amount", words.amount(line.tolerance, line.unit)}})));
    paper::Line result = word_line(source, line.standing);
    if (line.standing != "unchecked")
      result.text =
          source.labelled(std::move(result.text),
                          words.text("phrase.delivered_of_named",
                                     {{"delivered", words.amount(line.delivered, line.unit)},
                                      {"named", words.amount(line.named, line.unit)}}));
    table.rows.push_back(
        {{plain(words.text("criterion.quantity"))}, std::move(asked), {std::move(result)}});
  }
  if (!source.report.documents.empty())
    table.rows.push_back({{plain(words.text("criterion.documents"))},
                          {},
                          {word_line(source, source.report.documents)}});
  return table;
}

paper::Table items_table(const Source& source) {
  paper::Table table;
  table.caption = source.words.text("document.items");
  table.columns = {column(source, "item", 10), column(source, "aliases", 10),
                   column(source, "amount", 7), column(source, "verdict", 9),
                   column(source, "origin", 16)};
  const auto& units = source.report.units;
  for (std::size_t i = 0; i < units.size() && i < kMaxItemRows; ++i)
    table.rows.push_back(item_row(source, units[i]));
  if (units.size() > kMaxItemRows)
    table.rows.push_back({{more(source, units.size() - kMaxItemRows)}, {}, {}, {}, {}});
  return table;
}

paper::Codes codes(const Source& source) {
  paper::Codes out;
  for (const custody::UnitLine& unit : source.report.units) {
    if (out.codes.size() == kMaxCodes) break;
    if (unit.item.empty() || unit.serial.empty()) continue;
    const label::Label made{source.presentation.label_host, unit.item, unit.serial};
    // Numbers come from the passport, so one that no label could carry is left out.
    if (!label::write_label(made)) continue;
    out.codes.push_back({made, unit.aliases.empty() ? "" : unit.aliases.front()});
  }
  return out;
}

}  // namespace quarrymark::document
