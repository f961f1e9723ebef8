#include "api/words/words.h"

#include "api/words/catalogue.h"
#include "ledger/base/text.h"

#include <algorithm>

namespace quarrymark::words {

std::string_view embedded(std::string_view stem);  // made by cmake/embed_texts.cmake

namespace {

Catalogue read_embedded(Language language) {
  auto catalogue = parse_catalogue(embedded(language_code(language)));
  QM_CHECK(catalogue, "schemas/words holds a file of words for each language");
  return std::move(*catalogue);
}

std::string filled(std::string_view text, std::initializer_list<Place> places) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == text.npos ? open : text.find('}', open);
    if (close == text.npos) break;
    out += text.substr(0, open);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto place = std::find_if(places.begin(), places.end(),
                                    [&](const Place& one) { return one.name == name; });
    QM_CHECK(place != places.end(), "each place of a text is filled");
    out += place->value;
    text.remove_prefix(close + 1);
  }
  out += text;
  return out;
}

bool is_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string_view language_code(Language language) {
  switch (language) {
    case Language::kEnglish:
      return "en";
    case Language::kDutch:
      return "nl";
    case Language::kChinese:
      return "zh";
    case Language::kHindi:
      return "hi";
    case Language::kTelugu:
      return "te";
  }
  return "en";
}

std::optional<Language> language_from(std::string_view code) {
  for (const Language language : kAllLanguages)
    if (language_code(language) == code) return language;
  return std::nullopt;
}

const Words& Words::of(Language language) {
  static const std::array<Catalogue, kAllLanguages.size()> catalogues = [] {
    std::array<Catalogue, kAllLanguages.size()> all;
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = read_embedded(kAllLanguages[i]);
    return all;
  }();
  static const std::array<Words, kAllLanguages.size()> words = {
      Words(catalogues[0]), Words(catalogues[1]), Words(catalogues[2]), Words(catalogues[3]),
      Words(catalogues[4])};
  return words[static_cast<std::size_t>(language)];
}

bool Words::has(std::string_view key) const {
  return catalogue_.texts.find(key) != catalogue_.texts.end();
}

std::string_view Words::view(std::string_view key) const {
  const auto found = catalogue_.texts.find(key);
  QM_CHECK(found != catalogue_.texts.end(), "the words have each key that is asked for");
  return found->second;
}

std::string Words::text(std::string_view key, std::initializer_list<Place> places) const {
  return filled(view(key), places);
}

std::string_view Words::form(std::string_view key, std::int64_t n) const {
  const bool one =
      std::find(catalogue_.one.begin(), catalogue_.one.end(), n) != catalogue_.one.end();
  return view(cat(key, one ? ".one" : ".other"));
}

std::string Words::counted(std::string_view key, std::int64_t n) const {
  return filled(form(key, n), {{"n", number(n)}});
}

std::string Words::number(std::int64_t value) const {
  std::string digits = std::to_string(value);
  const bool negative = digits.front() == '-';
  if (negative) digits.erase(0, 1);
  std::string out;
  std::size_t group = 0;
  while (true) {
    const auto size = static_cast<std::size_t>(catalogue_.groups[group]);
    if (digits.size() <= size) break;
    out.insert(0, cat(view("number.group"), digits.substr(digits.size() - size)));
    digits.resize(digits.size() - size);
    if (group + 1 < catalogue_.groups.size()) ++group;
  }
  return cat(negative ? "-" : "", digits, out);
}

std::string Words::with_decimals(std::int64_t value, std::int64_t unit) const {
  // Rounded as custody::amount_text rounds.
  const std::int64_t step = unit / 100;
  const std::int64_t hundredths = value / step + (value % step * 2 >= step ? 1 : 0);
  std::string decimals = std::to_string(hundredths % 100);
  decimals.insert(0, 2 - decimals.size(), '0');
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return cat(number(hundredths / 100), decimals.empty() ? "" : view("number.decimal"), decimals);
}

std::string Words::amount(std::int64_t amount, custody::Unit unit) const {
  const auto in = [&](std::int64_t size) {
    return text(cat("unit.", custody::unit_name(unit)), {{"n", with_decimals(amount, size)}});
  };
  switch (unit) {
    case custody::Unit::kPiece:
      return counted("unit.piece", amount);
    case custody::Unit::kGram:
    case custody::Unit::kSquareMillimetre:
      return in(1'000'000);
    case custody::Unit::kMillimetre:
      return in(1000);
    case custody::Unit::kCubicMillimetre:
      return in(1'000'000'000);
  }
  return {};
}

std::string Words::percent(std::int64_t per_mille) const {
  std::string value = number(per_mille / 10);
  if (per_mille % 10 != 0) value += cat(view("number.decimal"), per_mille % 10);
  return text("percent", {{"value", std::move(value)}});
}

std::string Words::date(std::string_view iso) const {
  if (iso.size() < 10 || iso[4] != '-' || iso[7] != '-' || !is_digits(iso.substr(0, 4)) ||
      !is_digits(iso.substr(5, 2)) || !is_digits(iso.substr(8, 2)))
    return std::string(iso);
  const int month = (iso[5] - '0') * 10 + (iso[6] - '0');
  if (month < 1 || month > 12) return std::string(iso);
  const std::string_view day = iso[8] == '0' ? iso.substr(9, 1) : iso.substr(8, 2);
  return text("date.pattern", {{"day", std::string(day)},
                               {"month", catalogue_.months[static_cast<std::size_t>(month - 1)]},
                               {"year", std::string(iso.substr(0, 4))}});
}

std::string Words::list(const std::vector<std::string>& parts) const {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += i + 1 == parts.size() ? view("list.and") : view("list.comma");
    out += parts[i];
  }
  return out;
}

std::string_view verdict_key(std::optional<custody::Verdict> verdict) {
  return verdict ? custody::verdict_name(*verdict) : "none";
}

}  // namespace quarrymark::words
