// Withholding never helps: whatever subset of a passport's disclosures is dropped, the verdict is
// no better than with all of them shown. Real passports: signed, proved and judged.
//
// What "better" means: a reader who is not shown a contradiction cannot say `mismatch`, so the
// least that hiding must cost is `gap` ("not shown by …"). After withholding the verdict is at
// best the worse of the full one and `gap`, unless it is the full one or worse
// (docs/withholding.md).
#include "ledger/base/text.h"
#include "ledger/entry/disclosure.h"
#include "ledger/passport/verify.h"
#include "tests/property/passport/random_chain.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <random>
#include <set>

namespace quarrymark::passport {
namespace {

using custody::Report;
using custody::Verdict;

// As in schemas/verdicts.json; no word at all is best.
int rank(const Report& report) {
  return report.verdict ? static_cast<int>(*report.verdict) + 1 : 11;
}
constexpr int kGapRank = static_cast<int>(Verdict::kGap) + 1;

std::string word(const Report& report) {
  return report.verdict ? std::string(custody::verdict_name(*report.verdict)) : "none";
}

Report judged(const Passport& passport, const Trust& trust, const custody::Question& question) {
  const std::string bytes = write_passport(passport);
  const std::string_view view = bytes;
  Checked checked = check_passports(std::span(&view, 1), trust);
  return custody::judge(checked.evidence, question, std::move(checked.findings));
}

struct Place {
  std::size_t packet, entry;
  std::string text, name, type;
};

// Everything that may be withheld: not heads, which travel with their entries. What other crates
// of a pack hold may stay hidden by design (RULES.md rule 11), and of a late dispatch nobody can
// tell what it is about, so neither is hidden here.
std::vector<Place> hideable(const Passport& passport) {
  std::vector<Place> places;
  for (std::size_t p = 0; p < passport.packets.size(); ++p)
    for (std::size_t e = 0; e < passport.packets[p].disclosures.size(); ++e) {
      std::string type;
      for (const std::string& text : passport.packets[p].disclosures[e]) {
        const auto disclosure = entry::parse_disclosure(text);
        if (disclosure->name == entry::kHeadName) {
          type = *disclosure->value.find("type")->if_string();
          continue;
        }
        if (type == "pack" && disclosure->name.starts_with("out.")) continue;
        places.push_back({p, e, text, disclosure->name, type});
      }
    }
  return places;
}

Passport without(Passport passport, const std::vector<Place>& hidden) {
  for (const Place& place : hidden) {
    auto& list = passport.packets[place.packet].disclosures[place.entry];
    list.erase(std::find(list.begin(), list.end(), place.text));
  }
  return passport;
}

// One, a few, half, one field everywhere, one field of one type, or one log.
std::vector<Place> subset(const std::vector<Place>& all, std::mt19937& random) {
  std::vector<Place> chosen;
  const Place& one = all[random() % all.size()];
  const auto how = static_cast<std::uint32_t>(random() % 6);
  const std::uint32_t odds = how == 1 ? 12 : 2;
  for (const Place& place : all) {
    const bool taken = how == 0   ? &place == &one
                       : how <= 2 ? random() % odds == 0
                       : how == 3 ? place.name == one.name
                       : how == 4 ? place.name == one.name && place.type == one.type
                                  : place.packet == one.packet;
    if (taken) chosen.push_back(place);
  }
  return chosen;
}

std::string listed(const std::vector<Place>& hidden) {
  std::string out;
  for (const Place& place : hidden)
    out += cat(place.name, " of ", place.type, " (packet ", place.packet, ", entry ", place.entry,
               "); ");
  return out;
}

std::string findings(const Report& report) {
  std::string out;
  for (const custody::Finding& finding : report.findings)
    if (finding.verdict) out += cat("  ", finding.code, ": ", finding.sentence, "\n");
  return out;
}

bool says_what_is_hidden(const Report& report) {
  static const std::set<std::string> kCodes{"not_shown", "link_missing", "origin_unknown",
                                            "label_history_missing"};
  return std::any_of(report.findings.begin(), report.findings.end(),
                     [](const auto& finding) { return kCodes.contains(finding.code); });
}

constexpr int kSubsets = 30;  // of each chain

RC_GTEST_PROP(AnyPassport, NoSubsetOfDisclosuresWithheldImprovesTheVerdict,
              (std::uint32_t asked, std::uint32_t seed)) {
  const auto steps = *rc::gen::resize(16, rc::gen::container<std::vector<std::uint32_t>>(
                                              rc::gen::inRange<std::uint32_t>(0, 1u << 30)));
  RandomChain chain(steps);
  const Passport full = chain.deliver(*rc::gen::inRange(0, 2) == 1);
  const Trust trust = chain.trust();
  const custody::Question question = question_for(asked);
  const Report before = judged(full, trust, question);
  RC_TAG(word(before));
  if (before.verdict == Verdict::kInvalid) RC_LOG() << findings(before);
  RC_ASSERT(before.verdict != Verdict::kInvalid);
  const std::vector<Place> places = hideable(full);
  std::mt19937 random(seed);
  for (int i = 0; i < kSubsets; ++i) {
    const std::vector<Place> hidden = subset(places, random);
    const Report after = judged(without(full, hidden), trust, question);
    const bool as_bad = rank(after) <= rank(before);
    const bool gap = rank(after) <= kGapRank && says_what_is_hidden(after);
    if (as_bad || gap) continue;
    RC_LOG() << word(before) << " became " << word(after) << " by withholding " << listed(hidden)
             << "\nbefore:\n"
             << findings(before) << "after:\n"
             << findings(after);
    RC_FAIL("withholding helped");
  }
}

}  // namespace
}  // namespace quarrymark::passport
