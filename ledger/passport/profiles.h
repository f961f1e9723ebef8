// What is left out for whom: the one table of withholding profiles.
//
// The same table stands in schemas/profiles.json, for people and other programs; a test holds the
// two together. docs/withholding.md says why each line is there and what it costs.
#pragma once

#include <array>
#include <span>
#include <string_view>

namespace quarrymark::passport {

// Whose names are hidden, besides those asked for one by one.
enum class HiddenNames {
  kNone,
  kIntermediaries,  // everybody between whoever extracted the stone and the presenter
  kPrivate,         // everybody but authorities and registrars
};
std::string_view hidden_names_word(HiddenNames names);  // none, intermediaries, private

// A field that is left out. With `where`, only when its value has one of these members and it is
// not empty; with `kind`, only when the value's own `kind` contains that word.
struct ProfileField {
  std::string_view field;  // as WithholdRequest::fields
  std::span<const std::string_view> where = {};
  std::string_view kind = {};
};

struct Profile {
  std::string_view name;
  HiddenNames names = HiddenNames::kNone;
  std::span<const ProfileField> fields;
};

std::span<const Profile> profiles();
const Profile* find_profile(std::string_view name);  // null: no such profile

}  // namespace quarrymark::passport
