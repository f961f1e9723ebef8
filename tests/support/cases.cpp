#include "tests/support/cases.h"

#include "ledger/base/text.h"
#include "ledger/custody/spending.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace quarrymark::custody {

Cast::Cast() {
  khm = quarry("OPK", "KHM", "Khammam");
  sdq = site("quarry", "SDQ", "SDQ", "Shandong");
  admit("OPS", "quarry operator", "CN", {{sdq, "operator", {"P", "Q"}, {}, {}}});
  for (const std::string_view factory : {"F1", "F2"}) admit(factory, "factory", "CN");
  admit("T", "trader", "CN");
  admit("IA", "importer", "NL");
  admit("DUI", "authority", "NL");
}

StateRef Cast::block_at(std::string_view factory, const std::string& site, std::string_view name,
                        Dimensions net) {
  const std::string_view by = site == khm ? "OPK" : "OPS";
  const Recorded extracted = extract(by, site, block(name, net), site == sdq ? "P" : "");
  return hand_over(by, factory, {extracted.out()}).front();
}

Recorded Cast::tiles_from(std::string_view factory, const StateRef& from, std::string_view name,
                          std::int64_t count) {
  return split(factory, {from}, {tiles(name, count)});
}

StateRef Cast::delivered_tiles(std::string_view factory, const std::string& site,
                               std::string_view name, std::int64_t count) {
  const StateRef stone = block_at(factory, site, cat("block of ", name));
  return dispatch(factory, {tiles_from(factory, stone, name, count).out()}, "DUI").out();
}

void Cast::deliver_from(std::string_view by, const std::vector<StateRef>& states) {
  deliver(dispatch(by, states, "DUI").outs());
}

Report judged(const GraphBuilder& graph, const Question& question) {
  Report report = judge(graph.evidence(), question, {});
  expect_no_banned_words(report);
  return report;
}

std::string verdict_of(const Report& report) {
  return report.verdict ? std::string(verdict_name(*report.verdict)) : "none";
}

std::string verdict_of(const GraphBuilder& graph, const Question& question) {
  return verdict_of(judged(graph, question));
}

std::vector<std::string> codes_of(const Report& report) {
  std::set<std::string> codes;
  for (const Finding& finding : report.findings) codes.insert(finding.code);
  return {codes.begin(), codes.end()};
}

const Finding* finding(const Report& report, std::string_view code) {
  for (const Finding& candidate : report.findings)
    if (candidate.code == code) return &candidate;
  return nullptr;
}

bool has_code(const Report& report, std::string_view code) {
  return finding(report, code) != nullptr;
}

const CriterionLine& line(const Report& report, std::string_view criterion) {
  for (const CriterionLine& candidate : report.criteria)
    if (candidate.criterion == criterion) return candidate;
  ADD_FAILURE() << "no line for " << criterion;
  static const CriterionLine none;
  return none;
}

std::vector<Branch> branches(const GraphBuilder& builder, const StateRef& state) {
  const Evidence evidence = builder.evidence();
  const Graph graph(evidence);
  Lineage lineage(graph, {});
  std::vector<Branch> found = lineage.of(state);
  for (Branch& branch : found) {  // the events go away with the evidence
    branch.leaf = nullptr;
    branch.steps = nullptr;
    branch.makers.clear();
  }
  return found;
}

std::vector<DoubleUse> double_uses(const GraphBuilder& builder) {
  const Evidence evidence = builder.evidence();
  const Graph graph(evidence);
  auto uses = find_double_uses(graph);
  for (DoubleUse& use : uses)
    for (Use& single : use.uses) single.event = nullptr;
  return uses;
}

std::vector<std::string> sentences_of(const Report& report) {
  std::vector<std::string> out{report.sentence, report.does_not_show, report.documents,
                               report.custody_model};
  for (const Finding& finding : report.findings) out.push_back(finding.sentence);
  for (const UnitLine& unit : report.units)
    for (const Finding& finding : unit.findings) out.push_back(finding.sentence);
  out.insert(out.end(), report.remarks.begin(), report.remarks.end());
  out.insert(out.end(), report.dates.begin(), report.dates.end());
  out.insert(out.end(), report.slack.begin(), report.slack.end());
  for (const QuantityLine& quantity : report.quantity) out.push_back(quantity.text);
  return out;
}

void expect_no_banned_words(const Report& report) {
  for (std::string sentence : sentences_of(report)) {
    std::transform(sentence.begin(), sentence.end(), sentence.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const std::string_view banned : {"guarantee", "risk-free", "certif", "safe", "trustworthy",
                                          "reliable", "fraud", "liar", "score", "ranking"})
      EXPECT_EQ(sentence.find(banned), std::string::npos) << sentence;
  }
}

}  // namespace quarrymark::custody
