#include "ledger/record/contacts.h"

#include "ledger/base/text.h"
#include "ledger/json/reader.h"
#include "ledger/json/writer.h"
#include "ledger/note/vkey.h"
#include "ledger/record/codec.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace quarrymark::record {
namespace {

Result<std::string> origin_in(std::string_view vkey) {
  QM_TRY(const note::VerifierKey key, note::parse_vkey(vkey));
  if (key.type != note::kEd25519)
    return fail(Errc::kMalformed, "expected the key of a log (type 0x01), got a witness's");
  QM_TRY_VOID(log_id(key.name));
  return key.name;
}

}  // namespace

Result<Contacts> Contacts::load(const std::string& path) {
  Contacts contacts;
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return contacts;
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  if (!file || !text) return fail(Errc::kIo, cat("cannot read ", path));
  auto value = json::parse_input(text.view());
  if (!value) return fail(Errc::kMalformed, cat(path, ": ", value.error().message));
  const json::Object* object = value->if_object();
  if (object == nullptr)
    return fail(Errc::kMalformed,
                cat(path, ": expected an object of names and vkeys, got ", value->kind_name()));
  for (const auto& [name, vkey] : *object) {
    const std::string* vkey_text = vkey.if_string();
    const Status added = vkey_text == nullptr ? fail(Errc::kMalformed,
                                                     cat("expected a vkey, got ", vkey.kind_name()))
                                              : contacts.add(name, *vkey_text);
    if (!added)
      return fail(Errc::kMalformed,
                  cat(path, ": ", quoted_for_message(name), ": ", added.error().message));
  }
  return contacts;
}

Status Contacts::save(const std::string& path) const {
  json::Object object;
  for (const auto& [name, vkey] : vkeys_) object.emplace_back(name, vkey);
  const std::string next = path + ".new";
  {
    std::ofstream file(next, std::ios::binary | std::ios::trunc);
    file << json::write_indented(object) << '\n';
    if (!file.flush()) return fail(Errc::kIo, cat("cannot write ", next));
  }
  // Renaming replaces the file at once, so that nobody ever reads half of it.
  if (std::rename(next.c_str(), path.c_str()) != 0)
    return fail(Errc::kIo, cat("cannot replace ", path));
  return {};
}

Status Contacts::add(std::string_view name, std::string_view vkey) {
  if (comparable_name(name).empty()) return fail(Errc::kMalformed, "expected a name, got nothing");
  QM_TRY_VOID(origin_in(vkey));
  vkeys_[std::string(name)] = std::string(vkey);
  return {};
}

std::vector<std::string> Contacts::find(std::string_view name) const {
  std::vector<std::string> origins;
  for (const auto& [contact, vkey] : vkeys_) {
    if (!same_name(contact, name)) continue;
    auto origin = origin_in(vkey);
    if (origin && std::find(origins.begin(), origins.end(), *origin) == origins.end())
      origins.push_back(std::move(*origin));
  }
  return origins;
}

std::string Contacts::name_of(std::string_view origin) const {
  for (const auto& [contact, vkey] : vkeys_)
    if (vkey.starts_with(std::string(origin) + "+")) return contact;
  return {};
}

}  // namespace quarrymark::record
