#include "api/document/parties.h"

#include "ledger/base/text.h"

namespace quarrymark::document {

Parties::Parties(const custody::Report& report, const words::Words& words) : words_(words) {
  for (const custody::StepLine& step : report.steps)
    if (step.name_withheld && !step.role.empty())
      described_.emplace(step.by, words.text("party.withheld", {{"role", role(step.role)},
                                                                {"country", step.country}}));
}

std::string Parties::text(const std::string& party) const {
  const auto described = described_.find(party);
  return described == described_.end() ? party : described->second;
}

std::string Parties::role(const std::string& role) const {
  const std::string key = cat("role.", role);
  return words_.has(key) ? std::string(words_.view(key)) : role;
}

std::string Parties::with_role(const custody::StepLine& step) const {
  if (step.role.empty() || described_.count(step.by) > 0) return text(step.by);
  return words_.text("phrase.party",
                     {{"name", step.by}, {"role", role(step.role)}, {"country", step.country}});
}

}  // namespace quarrymark::document
