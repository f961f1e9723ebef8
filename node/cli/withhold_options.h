// What to leave out of a passport, as the commands withhold, preview and seal ask for it.
#pragma once

#include "ledger/passport/withhold.h"
#include "node/cli/command.h"

#include <string>
#include <vector>

namespace quarrymark::cli {

struct WithholdChoice {
  std::vector<std::string> parties, aliases, fields;
  bool intermediaries = false;
  std::string me, profile;

  bool empty() const {
    return parties.empty() && fields.empty() && !intermediaries && profile.empty();
  }
};

void add_withhold_choice(CLI::App& command, WithholdChoice& choice);
// kInvalidArgument: no such profile, or an alias without the party it belongs to.
Result<passport::WithholdRequest> request_of(const WithholdChoice& choice);
// The passport of `file` with that left out. kNotFound when something that was asked for one by
// one is not in it: a misspelt name would leave the real one readable.
Result<passport::Withheld> withhold_from(const passport::Passport& passport,
                                         const std::string& file, const WithholdChoice& choice);

}  // namespace quarrymark::cli
