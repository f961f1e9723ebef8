// Parties as a reader is told of them. A report describes one whose name is withheld in English
// ("a factory in CN (name withheld)"); here the description is worded again.
#pragma once

#include "api/words/words.h"
#include "ledger/judge/verdict.h"

#include <map>
#include <string>

namespace quarrymark::document {

class Parties {
 public:
  Parties(const custody::Report& report, const words::Words& words);

  // A name or description out of the report.
  std::string text(const std::string& party) const;
  // The same with role and country.
  std::string with_role(const custody::StepLine& step) const;
  std::string role(const std::string& role) const;

 private:
  const words::Words& words_;
  std::map<std::string, std::string> described_;
};

}  // namespace quarrymark::document
