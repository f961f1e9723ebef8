#include "node/demo/summary.h"

#include "api/recorded_json.h"
#include "api/report_json.h"
#include "api/report_text.h"
#include "ledger/base/text.h"

#include <optional>
#include <set>

namespace quarrymark::demo {
namespace {

using custody::Report;
using custody::Verdict;

json::Value verdict_json(const Report& report) {
  return report.verdict ? json::Value(custody::verdict_name(*report.verdict))
                        : json::Value(nullptr);
}

std::string word(const Report& report) {
  return report.verdict ? std::string(custody::verdict_name(*report.verdict)) : "no verdict";
}

// Each different finding once: what led to the verdict before what is only said beside it.
struct Said {
  std::vector<const custody::Finding*> reasons, remarks;
};
Said findings_of(const Report& report) {
  std::vector<const custody::Finding*> all;
  for (const custody::Finding& finding : report.findings) all.push_back(&finding);
  for (const custody::UnitLine& unit : report.units)
    for (const custody::Finding& finding : unit.findings) all.push_back(&finding);
  Said out;
  std::set<std::string> said;
  for (const custody::Finding* finding : all)
    if (said.insert(finding->sentence).second)
      (finding->verdict ? out.reasons : out.remarks).push_back(finding);
  return out;
}

std::string findings_text(const char* label, const std::vector<const custody::Finding*>& findings) {
  std::string out;
  for (const custody::Finding* finding : findings)
    out += cat("    ", label, finding->sentence,
               finding->ask.empty() ? std::string() : cat("; ask: ", finding->ask), "\n");
  return out;
}

std::string contract_text(const ContractOutcome& outcome) {
  const Report& report = outcome.checks.back();
  std::string out = cat(outcome.id, "  ", outcome.authority, ": ",
                        api::verdict_heading(report.verdict), " (", word(report), ")\n");
  out += cat("    ", report.sentence, "\n");
  out += cat("    covered   ", report.covered_text, "; chain: ", api::chain_length_text(report),
             "; labels read back: ", outcome.labels_read, " of ", outcome.labels_printed, "\n");
  for (const custody::QuantityLine& line : report.quantity)
    out += cat("    quantity  ", line.text, " asked: ", line.standing, "\n");
  const Said findings = findings_of(report);
  out += findings_text("reason    ", findings.reasons);
  out += findings_text("remark    ", findings.remarks);
  for (std::size_t i = 0; i + 1 < outcome.checks.size(); ++i)
    out += cat("    earlier   ", outcome.checks[i].date, ": ", word(outcome.checks[i]), ", ",
               outcome.checks[i].sentence, "\n");
  return out + "\n";
}

// For a POSIX shell; plain words stay as they are.
std::string shell_word(const std::string& text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-:=,@%+";
  if (!text.empty() && text.find_first_not_of(kPlain) == std::string::npos) return text;
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string command(const std::string& program, const std::vector<std::string>& arguments) {
  std::string out = shell_word(program);
  for (const std::string& argument : arguments) out += cat(" ", shell_word(argument));
  return out;
}

// The contract with the most to explain: the first whose verdict is no match.
const ContractOutcome& to_look_at(const DemoOutcome& outcome) {
  for (const ContractOutcome& one : outcome.contracts)
    if (one.checks.back().verdict != Verdict::kMatch) return one;
  return outcome.contracts.front();
}

// Somebody in the middle of the chain: neither its beginning nor whoever delivered.
std::optional<std::string> party_to_withhold(const Report& report) {
  for (const std::string_view role : {"trader", "agent", "factory", "quarry operator"})
    for (const custody::StepLine& step : report.steps)
      if (step.role == role && !step.by.empty() && step.by.find('(') == std::string::npos)
        return step.by;
  return std::nullopt;
}

}  // namespace

json::Value outcome_json(const DemoOutcome& outcome) {
  json::Array contracts;
  for (const ContractOutcome& one : outcome.contracts) {
    json::Array checks;
    for (const Report& report : one.checks) checks.push_back(api::report_json(report));
    contracts.push_back(
        json::Object{{"id", one.id},
                     {"authority", one.authority},
                     {"verdict", verdict_json(one.checks.back())},
                     {"labels_printed", static_cast<std::int64_t>(one.labels_printed)},
                     {"labels_read", static_cast<std::int64_t>(one.labels_read)},
                     {"checks", std::move(checks)}});
  }
  json::Array doubts;
  for (const DoubtedEvent& one : outcome.doubted)
    doubts.push_back(json::Object{{"organisation", one.organisation},
                                  {"key", one.key},
                                  {"doubts", api::doubts_json(one.doubts)}});
  return json::Object{{"title", outcome.title},
                      {"organisations", static_cast<std::int64_t>(outcome.organisations)},
                      {"events", static_cast<std::int64_t>(outcome.events)},
                      {"contracts", std::move(contracts)},
                      {"doubts", std::move(doubts)},
                      {"directory", outcome.directory}};
}

std::vector<std::string> next_commands(const DemoOutcome& outcome, const std::string& program) {
  std::vector<std::string> out;
  if (!outcome.contracts.empty()) {
    out.push_back(command(program, to_look_at(outcome).arguments));
    const ContractOutcome& first = outcome.contracts.front();
    if (const auto party = party_to_withhold(first.checks.back())) {
      const std::string shown = cat(outcome.directory, "/", first.id, "-withheld.json");
      out.push_back(cat(command(program, {"passport", "withhold", first.delivery, "--party", *party,
                                          "-o", shown, "--force"}),
                        " && ",
                        command(program, {"passport", "verify", shown, "--trust", first.trust})));
    }
  }
  out.push_back(command(program, {"log", "verify", "--dir", outcome.some_node}));
  return out;
}

std::string outcome_text(const DemoOutcome& outcome, const std::string& program) {
  std::string out = cat(outcome.title, "\n", outcome.organisations, " organisations, ",
                        outcome.events, " events recorded, ", outcome.contracts.size(),
                        " contracts checked by their authorities, offline\n\n");
  for (const ContractOutcome& one : outcome.contracts) out += contract_text(one);
  out += cat("Everything is in ", outcome.directory,
             ": nodes/, hand-overs/ (passports), labels/ (pictures),\n"
             "authorities/ (all that each authority was handed).\n\nTry next\n");
  for (const std::string& line : next_commands(outcome, program)) out += cat("  ", line, "\n");
  if (!outcome.contracts.empty())
    out += cat("\nWhat this does not show: ", outcome.contracts.front().checks.back().does_not_show,
               "\n");
  return out;
}

}  // namespace quarrymark::demo
