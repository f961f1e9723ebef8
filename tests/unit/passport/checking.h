// What the tests of this folder do again and again: check, and name the first finding.
#pragma once

#include "ledger/passport/packet.h"
#include "ledger/passport/verify.h"
#include "tests/support/stone_chain.h"

#include <string>
#include <vector>

namespace quarrymark::passport {

Checked check(const std::vector<std::string>& files, const Trust& trust);
Checked check(const Passport& passport, const Trust& trust);

// "" without findings.
std::string first_code(const Checked& checked);
// Code and sentence of every finding, for messages.
std::string described(const Checked& checked);

// The passport of everything in these logs, about the record of each log's last event.
Passport passport_of(const std::vector<const support::TestLog*>& logs);

// The disclosure text with another name or value, freshly salted or not.
std::string rewritten(const std::string& text, const std::string& from, const std::string& to);

}  // namespace quarrymark::passport
