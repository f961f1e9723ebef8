// What a reader reads, in one of five languages: texts of schemas/words with their places filled,
// and numbers, amounts, dates and lists as that language writes them.
//
// Constant once read; safe to use from several threads. A key or place that is not there is a
// bug and stops the program: keys come from our sources, never from input.
#pragma once

#include "ledger/base/result.h"
#include "ledger/custody/item.h"
#include "ledger/judge/verdict.h"

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::words {

enum class Language { kEnglish, kDutch, kChinese, kHindi, kTelugu };
inline constexpr std::array kAllLanguages = {
    Language::kEnglish, Language::kDutch, Language::kChinese, Language::kHindi, Language::kTelugu};
std::string_view language_code(Language language);  // en, nl, zh, hi, te
std::optional<Language> language_from(std::string_view code);

// What stands for {name}. Values are put in as they are and never looked through for places.
struct Place {
  std::string_view name;
  std::string value;
};

struct Catalogue;

class Words {
 public:
  static const Words& of(Language language);
  explicit Words(const Catalogue& catalogue) : catalogue_(catalogue) {}

  std::string_view code() const { return view("language"); }
  bool has(std::string_view key) const;
  // The text as it stands in the catalogue.
  std::string_view view(std::string_view key) const;
  std::string text(std::string_view key, std::initializer_list<Place> places = {}) const;
  // The form for `n`, which stands for {n}.
  std::string counted(std::string_view key, std::int64_t n) const;

  std::string number(std::int64_t value) const;
  // "63.36 m²", "160 pieces"; at most two decimals, as custody::amount_text.
  std::string amount(std::int64_t amount, custody::Unit unit) const;
  std::string percent(std::int64_t per_mille) const;  // "75 %", "33.3 %"
  // The day of a date or time in ISO form, "2026-03-02…"; other text as it is.
  std::string date(std::string_view iso) const;
  std::string list(const std::vector<std::string>& parts) const;  // "a, b and c"

 private:
  std::string with_decimals(std::int64_t value, std::int64_t unit) const;
  std::string_view form(std::string_view key, std::int64_t n) const;

  const Catalogue& catalogue_;
};

// The member of `verdict` in a catalogue: a verdict's name, or "none".
std::string_view verdict_key(std::optional<custody::Verdict> verdict);

}  // namespace quarrymark::words
