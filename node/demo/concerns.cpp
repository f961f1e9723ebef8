#include "node/demo/concerns.h"

#include "ledger/base/text.h"

#include <set>

namespace quarrymark::demo {
namespace {

const json::Value* field(const record::RecordRequest& request, std::string_view name) {
  for (const auto& [key, value] : request.fields)
    if (key == name) return &value;
  return nullptr;
}

std::string member(const json::Value* value, std::string_view name) {
  const json::Value* found = value ? value->find(name) : nullptr;
  const std::string* text = found ? found->if_string() : nullptr;
  return text ? comparable_name(*text) : std::string();
}

bool admits(const record::RecordRequest& request, const std::string& name) {
  return member(field(request, "party"), "name") == name ||
         member(field(request, "member"), "log") == name;
}

void add_admitted_sites(const record::RecordRequest& request, std::set<std::string>& sites) {
  const json::Value* list = field(request, "sites");
  if (!list || !list->if_array()) return;
  for (const json::Value& one : *list->if_array()) sites.insert(member(&one, "site"));
}

}  // namespace

std::vector<std::vector<std::string>> registrar_keys(const DataSet& set, const Requests& requests) {
  using custody::EventType;
  const std::size_t registrar = set.index_of(set.registrar);
  std::vector<std::vector<std::string>> keys(requests.size());
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (i == registrar) continue;
    const std::string name = comparable_name(set.organisations[i].name);
    std::set<std::string> sites;
    for (const record::NumberedRequest& one : requests[i]) {
      sites.insert(member(field(one.request, "site"), "site"));
      sites.insert(member(field(one.request, "about"), "site"));
    }
    for (const record::NumberedRequest& one : requests[registrar])
      if (one.request.type == EventType::kAdmit && admits(one.request, name))
        add_admitted_sites(one.request, sites);
    sites.erase("");
    for (const record::NumberedRequest& one : requests[registrar]) {
      const record::RecordRequest& request = one.request;
      const bool named = (request.type == EventType::kAdmit && admits(request, name)) ||
                         (request.type == EventType::kSite &&
                          sites.contains(member(field(request, "site"), "name")));
      if (named) keys[i].push_back(request.key);
    }
  }
  return keys;
}

std::string contract_key(const std::vector<record::NumberedRequest>& requests,
                         std::string_view id) {
  for (const record::NumberedRequest& one : requests)
    if (one.request.type == custody::EventType::kContract &&
        member(field(one.request, "contract"), "id") == comparable_name(id))
      return one.request.key;
  return {};
}

}  // namespace quarrymark::demo
