#include "ledger/record/directory.h"

#include "ledger/base/text.h"
#include "ledger/record/link.h"

#include <algorithm>

namespace quarrymark::record {
namespace {

void add_once(std::vector<std::string>& list, std::string text) {
  if (std::find(list.begin(), list.end(), text) == list.end()) list.push_back(std::move(text));
}

Result<std::vector<std::string>> standing(Overlay& rows, const std::vector<EventId>& events) {
  std::vector<std::string> found;
  for (const EventId& event : events) {
    QM_TRY(const bool undone, is_undone(rows, event));
    if (!undone) found.push_back(event.text());
  }
  return found;
}

}  // namespace

std::string_view name_kind_word(NameKind kind) {
  switch (kind) {
    case NameKind::kSite:
      return "site";
    case NameKind::kLog:
      return "log";
    case NameKind::kContract:
      return "contract";
    case NameKind::kSighting:
      return "sighting";
    case NameKind::kDevice:
      return "device";
  }
  return "name";
}

Result<Directory> Directory::open(const Node& node, Overlay& rows, KnownEvents& events) {
  QM_TRY(Contacts contacts, node.contacts());
  return Directory(node, rows, events, std::move(contacts));
}

Result<std::vector<std::string>> Directory::find_logs(std::string_view name) const {
  std::vector<std::string> found = contacts_.find(name);
  for (const auto& log : node_->logs())
    if (same_name(log->record.name, name)) add_once(found, log->record.origin);
  QM_TRY(const auto admissions, admissions_named(*rows_, name));
  for (const Admission& admission : admissions) {
    QM_TRY(const bool undone, is_undone(*rows_, admission.event));
    if (!undone) add_once(found, origin_of(admission.log));
  }
  return found;
}

Result<std::vector<std::string>> Directory::find(NameKind kind, std::string_view name) const {
  switch (kind) {
    case NameKind::kLog:
      return find_logs(name);
    case NameKind::kSite: {
      QM_TRY(const auto events, sites_named(*rows_, name));
      return standing(*rows_, events);
    }
    case NameKind::kContract: {
      QM_TRY(const auto events, contracts_named(*rows_, name));
      return standing(*rows_, events);
    }
    case NameKind::kSighting:
    case NameKind::kDevice:
      break;
  }
  return std::vector<std::string>();
}

std::string Directory::name_of(std::string_view origin) const {
  if (const OpenLog* own = node_->log_of(origin)) return own->record.name;
  if (std::string name = contacts_.name_of(origin); !name.empty()) return name;
  const auto id = log_id(origin);
  if (!id) return {};
  const auto admissions = admissions_of(*rows_, *id);
  if (!admissions) return {};
  for (const EventId& admission : *admissions) {
    const auto link = load_link(*rows_, admission);
    if (link && *link && !(*link)->name.empty()) return (*link)->name;
  }
  return {};
}

std::string Directory::name_or_origin(std::string_view origin) const {
  std::string name = name_of(origin);
  return name.empty() ? std::string(origin) : name;
}

}  // namespace quarrymark::record
