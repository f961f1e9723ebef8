#include "ledger/passport/profiles.h"

#include <algorithm>

namespace quarrymark::passport {
namespace {

constexpr std::string_view kPersons[] = {"on_behalf_of", "second_person"};
constexpr std::string_view kPictures[] = {"photo", "second_person"};
constexpr std::string_view kPositions[] = {"lat", "lon", "parcels"};

constexpr ProfileField kAssessor[] = {
    {"document.document", {}, "photo"}, {"how", kPersons}, {"label", kPictures}};
constexpr ProfileField kCustomer[] = {
    {"document.document"}, {"how", kPersons}, {"involved"}, {"label", kPictures},
    {"remarks"},           {"transport"},     {"typed"}};
constexpr ProfileField kPublic[] = {{"block"},
                                    {"closures"},
                                    {"device"},
                                    {"document.document"},
                                    {"how", kPersons},
                                    {"involved"},
                                    {"label", kPictures},
                                    {"permit"},
                                    {"permits"},
                                    {"positions"},
                                    {"reason"},
                                    {"remarks"},
                                    {"seasons"},
                                    {"site.site", kPositions},
                                    {"source"},
                                    {"statement"},
                                    {"transport"},
                                    {"typed"}};

constexpr Profile kProfiles[] = {{"assessor", HiddenNames::kNone, kAssessor},
                                 {"customer", HiddenNames::kIntermediaries, kCustomer},
                                 {"public", HiddenNames::kPrivate, kPublic}};

}  // namespace

std::string_view hidden_names_word(HiddenNames names) {
  switch (names) {
    case HiddenNames::kNone:
      return "none";
    case HiddenNames::kIntermediaries:
      return "intermediaries";
    case HiddenNames::kPrivate:
      return "private";
  }
  return {};
}

std::span<const Profile> profiles() { return kProfiles; }

const Profile* find_profile(std::string_view name) {
  const auto found = std::find_if(std::begin(kProfiles), std::end(kProfiles),
                                  [&](const Profile& profile) { return profile.name == name; });
  return found == std::end(kProfiles) ? nullptr : found;
}

}  // namespace quarrymark::passport
