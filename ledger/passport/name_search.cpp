#include "ledger/passport/name_search.h"

#include "ledger/base/bytes.h"
#include "ledger/base/text.h"
#include "ledger/note/signed_note.h"

#include <algorithm>

namespace quarrymark::passport {
namespace {

// Names this short occur inside other words; they only count where no letter stands beside them.
constexpr std::size_t kShortName = 3;

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

bool occurs(std::string_view needle, std::string_view text) {
  for (std::size_t at = text.find(needle); at != text.npos; at = text.find(needle, at + 1)) {
    const std::size_t end = at + needle.size();
    if (needle.size() > kShortName) return true;
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end])))
      return true;
  }
  return false;
}

bool is_opaque(std::string_view text) {
  Hash ignored;
  if (parse_hash_text(text, ignored) || is_origin_text(text)) return true;
  const auto raw = base64_decode(text);  // a hash or root inside a note
  return (raw && raw->size() == ignored.size()) || note::parse_vkey_parts(text).has_value();
}

}  // namespace

bool is_origin_text(std::string_view text) {
  constexpr std::string_view kPrefix = "quarrymark/";
  Hash ignored;
  return text.starts_with(kPrefix) && parse_hash_text(text.substr(kPrefix.size()), ignored);
}

void NameSearch::add(std::string_view name) {
  std::string needle = searchable_name(name);
  if (!needle.empty() && std::find(needles_.begin(), needles_.end(), needle) == needles_.end())
    needles_.push_back(std::move(needle));
}

bool NameSearch::is_one(std::string_view text) const {
  return std::find(needles_.begin(), needles_.end(), searchable_name(text)) != needles_.end();
}

bool NameSearch::found_in_text(std::string_view text) const {
  if (needles_.empty()) return false;
  if (is_opaque(text)) return is_one(text);
  const std::string searchable = searchable_name(text);
  return std::any_of(needles_.begin(), needles_.end(),
                     [&](const std::string& needle) { return occurs(needle, searchable); });
}

bool NameSearch::found_in_value(const json::Value& value) const {
  if (const std::string* text = value.if_string()) return found_in_text(*text);
  if (const json::Array* array = value.if_array())
    return std::any_of(array->begin(), array->end(),
                       [&](const json::Value& element) { return found_in_value(element); });
  if (const json::Object* object = value.if_object())
    return std::any_of(object->begin(), object->end(), [&](const auto& member) {
      return found_in_text(member.first) || found_in_value(member.second);
    });
  // Numbers too: a name may be one, and a person would read it.
  if (const std::int64_t* number = value.if_integer()) return is_one(std::to_string(*number));
  return false;
}

bool NameSearch::found_in_note(std::string_view bytes) const {
  const auto note = note::parse_note(bytes);
  if (!note) return found_in_text(bytes);
  for (const note::NoteSignature& signature : note->signatures)
    if (found_in_text(signature.name)) return true;
  std::string plain;
  for (std::size_t at = 0; at < note->text.size();) {
    const std::size_t end = std::min(note->text.find_first_of(" \n", at), note->text.size());
    const std::string word = note->text.substr(at, end - at);
    if (!is_opaque(word)) plain += word;
    plain += ' ';
    at = end + 1;
  }
  return found_in_text(plain);
}

}  // namespace quarrymark::passport
