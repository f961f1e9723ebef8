#include "ledger/passport/finding_list.h"

#include "ledger/base/text.h"
#include "ledger/passport/verify.h"

namespace quarrymark::passport {

std::string short_origin(std::string_view origin) {
  constexpr std::size_t kShown = 19;  // "quarrymark/" and eight characters
  if (origin.size() <= kShown) return std::string(origin);
  return cat(origin.substr(0, kShown), "…");
}

void FindingList::add(std::string_view code, const Place& place, std::string_view what,
                      std::string_view field) {
  if (findings_.size() >= kMaxFindings) return;
  custody::Finding finding;
  finding.code = code;
  finding.verdict = custody::Verdict::kInvalid;
  finding.sentence = cat("Passport ", place.passport);
  if (place.packet > 0) finding.sentence += cat(", packet ", place.packet);
  if (!place.log.empty()) finding.sentence += cat(", log ", short_origin(place.log));
  if (place.seq) finding.sentence += cat(", entry ", *place.seq);
  if (!field.empty()) finding.sentence += cat(", ", field);
  finding.sentence += cat(": ", what, ".");
  if (!field.empty()) finding.facts.emplace_back("field", field);
  if (!place.log.empty()) finding.facts.emplace_back("log", place.log);
  if (place.packet > 0)
    finding.facts.emplace_back("packet", static_cast<std::int64_t>(place.packet));
  finding.facts.emplace_back("passport", static_cast<std::int64_t>(place.passport));
  if (place.seq) finding.facts.emplace_back("seq", static_cast<std::int64_t>(*place.seq));
  findings_.push_back(std::move(finding));
}

}  // namespace quarrymark::passport
