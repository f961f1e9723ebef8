// Findings, told by their code in the reader's language and in detail as the report has them.
#include "api/document/parts.h"
#include "api/document/signs.h"
#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::document {
namespace {

constexpr std::size_t kMaxDetails = 6;  // of findings with one code

struct Told {
  std::string code;
  std::optional<custody::Verdict> verdict;
  std::int64_t amount = 0;
  std::vector<const custody::Finding*> findings;
};

std::int64_t amount_of(const custody::Finding& finding) {
  for (const auto& [name, value] : finding.facts)
    if (name == "amount" && value.is_integer()) return *value.if_integer();
  return 0;
}

// One entry for each code and verdict, in the order of the report, which is worst first.
std::vector<Told> told(const custody::Report& report, bool with_verdict) {
  std::vector<Told> all;
  for (const custody::Finding& finding : report.findings) {
    if (finding.verdict.has_value() != with_verdict) continue;
    auto known = std::find_if(all.begin(), all.end(), [&](const Told& one) {
      return one.code == finding.code && one.verdict == finding.verdict;
    });
    if (known == all.end()) {
      all.push_back({finding.code, finding.verdict, 0, {}});
      known = all.end() - 1;
    }
    known->amount = std::max(known->amount, amount_of(finding));
    known->findings.push_back(&finding);
  }
  return all;
}

std::string meaning(const Source& source, const std::string& code) {
  const std::string key = cat("finding.", code);
  return source.words.has(key) ? std::string(source.words.view(key)) : code;
}

void add_details(const Source& source, const Told& one, paper::Lines& lines) {
  std::vector<std::string> asked;
  for (std::size_t i = 0; i < one.findings.size() && i < kMaxDetails; ++i) {
    lines.push_back(in_english(source, one.findings[i]->sentence));
    if (one.findings[i]->ask.empty()) continue;
    std::string who = source.parties.text(one.findings[i]->ask);
    if (std::find(asked.begin(), asked.end(), who) == asked.end()) asked.push_back(std::move(who));
  }
  if (one.findings.size() > kMaxDetails)
    lines.push_back(
        quiet(source.words.text("phrase.more", {{"n", source.words.number(static_cast<std::int64_t>(
                                                          one.findings.size() - kMaxDetails))}})));
  if (!asked.empty())
    lines.push_back(plain(source.words.text("phrase.ask", {{"party", source.words.list(asked)}})));
}

paper::Lines entry(const Source& source, const Told& one) {
  paper::Lines lines = {strong(meaning(source, one.code))};
  lines.front().sign = sign_of(one.verdict);
  if (one.amount > 0)
    lines.push_back(plain(source.labelled(source.words.text("document.covered"),
                                          source.words.amount(one.amount, source.report.unit))));
  add_details(source, one, lines);
  return lines;
}

}  // namespace

paper::Line in_english(const Source& source, std::string text) {
  paper::Line line = quiet(std::move(text));
  if (source.words.code() != "en") line.language = "en";
  return line;
}

paper::List reasons(const Source& source) {
  paper::List list;
  for (const Told& one : told(source.report, true)) list.entries.push_back(entry(source, one));
  return list;
}

paper::List remarks(const Source& source) {
  paper::List list;
  std::vector<std::string_view> said;
  for (const custody::Finding& finding : source.report.findings) said.push_back(finding.sentence);
  for (const Told& one : told(source.report, false)) list.entries.push_back(entry(source, one));
  for (const std::string& remark : source.report.remarks)
    if (std::find(said.begin(), said.end(), remark) == said.end())
      list.entries.push_back({in_english(source, remark)});
  return list;
}

}  // namespace quarrymark::document
