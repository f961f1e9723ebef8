#include "api/words/catalogue.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"

namespace quarrymark::words {
namespace {

void flatten(const json::Value& value, const std::string& path, Catalogue& out) {
  if (const std::string* text = value.if_string()) out.texts.emplace(path, *text);
  if (const json::Object* object = value.if_object())
    for (const auto& [name, inner] : *object)
      flatten(inner, path.empty() ? name : cat(path, ".", name), out);
}

Result<std::vector<std::int64_t>> integers(const json::Value* value, const std::string& field) {
  if (value == nullptr || !value->is_array())
    return fail(Errc::kMalformed, "expected a list of whole numbers", field);
  std::vector<std::int64_t> out;
  for (const json::Value& one : *value->if_array()) {
    if (!one.is_integer()) return fail(Errc::kMalformed, "expected whole numbers", field);
    out.push_back(*one.if_integer());
  }
  return out;
}

}  // namespace

Result<Catalogue> parse_catalogue(std::string_view text) {
  QM_TRY(const json::Value root, json::parse_input(text));
  Catalogue out;
  flatten(root, "", out);
  QM_TRY(out.one, integers(root.find("one"), "one"));
  const json::Value* number = root.find("number");
  QM_TRY(out.groups, integers(number == nullptr ? nullptr : number->find("groups"), "groups"));
  const json::Value* date = root.find("date");
  const json::Value* months = date == nullptr ? nullptr : date->find("months");
  if (months == nullptr || !months->is_array() || months->if_array()->size() != 12)
    return fail(Errc::kMalformed, "expected 12 months", "date.months");
  for (const json::Value& month : *months->if_array())
    out.months.push_back(month.is_string() ? *month.if_string() : "");
  if (out.groups.empty() || out.groups.back() < 1)
    return fail(Errc::kMalformed, "expected sizes of groups of digits", "number.groups");
  return out;
}

}  // namespace quarrymark::words
