// The verdict as one sentence made of facts, and the smaller texts beside it, in one language.
#pragma once

#include "api/document/parties.h"
#include "api/words/words.h"
#include "ledger/judge/verdict.h"

#include <string>

namespace quarrymark::document {

class Sentences {
 public:
  Sentences(const custody::Report& report, const words::Words& words, const Parties& parties)
      : report_(report), words_(words), parties_(parties) {}

  std::string heading() const;
  std::string verdict() const;
  std::string next_step() const;
  // "all 160 pieces", "10 of 160 pieces"
  std::string covered() const;
  // Quarry or area of a share; says so when it is not known or not shown.
  std::string place(const custody::ShareLine& share) const;

  // The finding that led to the verdict; null without one.
  const custody::Finding* reason() const;

 private:
  std::string key() const;
  std::string part_of_total(std::int64_t amount) const;
  std::string named(const std::string& criterion, const std::string& name) const;
  std::string mixed_parts() const;
  std::string supported_parts() const;
  std::string origins() const;

  const custody::Report& report_;
  const words::Words& words_;
  const Parties& parties_;
};

}  // namespace quarrymark::document
