#include "ledger/passport/completing.h"

#include "ledger/base/text.h"
#include "ledger/passport/headed_entries.h"

#include <algorithm>
#include <map>
#include <set>

namespace quarrymark::passport {
namespace {

// Place of a disclosure in its entry's list: the head, its fields in order, the device's. Or
// nothing when neither head nor entry commits to it.
std::optional<std::size_t> place_in(const HeadedEntry& entry, const entry::Disclosure& disclosure) {
  if (disclosure.name == entry::kDeviceName)
    return entry.device == disclosure.digest ? std::optional(entry.head.fields.size() + 1)
                                             : std::nullopt;
  for (std::size_t i = 0; i < entry.head.fields.size(); ++i)
    if (entry.head.fields[i].first == disclosure.name)
      return entry.head.fields[i].second == disclosure.digest ? std::optional(i + 1) : std::nullopt;
  return std::nullopt;
}

using Opened = std::pair<const SealedDisclosure*, entry::Disclosure>;

Result<std::map<EventId, std::vector<Opened>>> parse_all(
    const std::vector<SealedDisclosure>& disclosures) {
  std::map<EventId, std::vector<Opened>> by_event;
  for (std::size_t i = 0; i < disclosures.size(); ++i) {
    auto parsed = entry::parse_disclosure(disclosures[i].text);
    if (!parsed) return fail_at(cat("[", i, "]"), parsed.error());
    if (parsed->name == entry::kHeadName)
      return fail(Errc::kRefused,
                  cat("it holds the head of event ", disclosures[i].event.text(),
                      "; heads travel with their entries"),
                  cat("[", i, "]"));
    by_event[disclosures[i].event].emplace_back(&disclosures[i], std::move(*parsed));
  }
  return by_event;
}

// Puts what was opened for one entry into its list.
Status add_to(const HeadedEntry& entry, const std::vector<Opened>& opened, Completed& completed,
              std::set<std::string_view>& counted) {
  auto& list = completed.passport.packets[entry.packet].disclosures[entry.index];
  std::map<std::size_t, std::string> ordered;
  for (std::size_t i = 0; i < list.size(); ++i)
    if (i == 0)
      ordered[0] = list[0];
    else if (const auto place = place_in(entry, entry.disclosures[i]))
      ordered[*place] = list[i];
  if (ordered.size() != list.size())
    return fail(Errc::kMalformed, "a disclosure is not the one its head commits to", entry.place());
  for (const auto& [sealed, disclosure] : opened) {
    const auto place = place_in(entry, disclosure);
    if (!place)
      return fail(Errc::kRefused,
                  cat("the opened field ", quoted_for_message(disclosure.name), " of event ",
                      sealed->event.text(), " is not one that the passport commits to"),
                  entry.place());
    const bool is_new = ordered.emplace(*place, disclosure.text).second;
    if (counted.insert(disclosure.text).second) ++(is_new ? completed.added : completed.known);
  }
  list.clear();
  for (auto& [place, text] : ordered) list.push_back(std::move(text));
  return {};
}

}  // namespace

Result<std::vector<SealedDisclosure>> withheld_from(const Passport& full, const Passport& copy) {
  QM_TRY(const auto entries, headed_entries(full));
  QM_TRY(const auto shown, headed_entries(copy));
  std::map<EventId, std::set<std::string_view>> known;
  for (const HeadedEntry& entry : shown)
    for (const entry::Disclosure& disclosure : entry.disclosures)
      known[entry.event].insert(disclosure.text);
  std::set<SealedDisclosure> found;
  for (const HeadedEntry& entry : entries) {
    const auto place = known.find(entry.event);
    if (place == known.end()) continue;
    for (const entry::Disclosure& disclosure : entry.disclosures)
      if (!place->second.contains(disclosure.text))
        found.insert(SealedDisclosure{entry.event, disclosure.text});
  }
  return std::vector<SealedDisclosure>(found.begin(), found.end());
}

std::vector<SealedDisclosure> disclosures_of(const std::vector<Dropped>& dropped) {
  std::vector<SealedDisclosure> disclosures;
  for (const Dropped& one : dropped) disclosures.push_back({one.event, one.disclosure});
  return disclosures;
}

Result<Completed> complete(const Passport& passport,
                           const std::vector<SealedDisclosure>& disclosures) {
  QM_TRY(const auto entries, headed_entries(passport));
  QM_TRY(const auto by_event, parse_all(disclosures));
  Completed completed{passport, 0, 0};
  std::set<EventId> met;
  std::set<std::string_view> counted;
  for (const HeadedEntry& entry : entries) {
    const auto opened = by_event.find(entry.event);
    if (opened == by_event.end()) continue;
    met.insert(entry.event);
    QM_TRY_VOID(add_to(entry, opened->second, completed, counted));
  }
  for (const auto& [event, opened] : by_event)
    if (!met.contains(event))
      return fail(Errc::kRefused,
                  cat("the opened field ", quoted_for_message(opened.front().second.name),
                      " is of event ", event.text(), ", whose head the passport does not show"));
  if (write_passport(completed.passport).size() > kMaxPassportBytes)
    return fail(Errc::kTooLarge, cat("with what was opened the passport is larger than ",
                                     kMaxPassportBytes, " bytes"));
  return completed;
}

}  // namespace quarrymark::passport
