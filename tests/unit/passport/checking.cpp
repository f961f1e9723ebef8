#include "tests/unit/passport/checking.h"

#include "ledger/base/text.h"

namespace quarrymark::passport {

Checked check(const std::vector<std::string>& files, const Trust& trust) {
  const std::vector<std::string_view> views(files.begin(), files.end());
  return check_passports(views, trust);
}

Checked check(const Passport& passport, const Trust& trust) {
  return check(std::vector{write_passport(passport)}, trust);
}

std::string first_code(const Checked& checked) {
  return checked.findings.empty() ? "" : checked.findings.front().code;
}

std::string described(const Checked& checked) {
  std::string text;
  for (const custody::Finding& finding : checked.findings)
    text += cat("  ", finding.code, ": ", finding.sentence, "\n");
  return text;
}

Passport passport_of(const std::vector<const support::TestLog*>& logs) {
  Passport passport;
  for (const support::TestLog* log : logs) {
    passport.items.push_back(log->at(log->size() - 1).ref(entry::kRecordOut));
    passport.packets.push_back(log->packet());
  }
  return passport;
}

std::string rewritten(const std::string& text, const std::string& from, const std::string& to) {
  std::string plain = base64url_decode(text).value();
  plain.replace(plain.find(from), from.size(), to);
  return base64url_encode(as_bytes(plain));
}

}  // namespace quarrymark::passport
