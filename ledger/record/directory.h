// Who and what names stand for on this node, and the other way round: contacts, its own logs,
// and the admissions, sites and contracts it knows.
#pragma once

#include "ledger/record/index.h"
#include "ledger/record/known_events.h"
#include "ledger/record/names.h"
#include "ledger/record/node.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::record {

// Not thread-safe; sees the overlay it was made with.
class Directory final : public NameSource {
 public:
  // Reads contacts.json once. All of them must outlive this.
  static Result<Directory> open(const Node& node, Overlay& rows, KnownEvents& events);

  // Sites, logs and contracts that are not undone; nothing for the other kinds.
  Result<std::vector<std::string>> find(NameKind kind, std::string_view name) const override;
  // The name of a log as known here; empty: nobody we know.
  std::string name_of(std::string_view origin) const;
  // The same, or the origin itself: for messages.
  std::string name_or_origin(std::string_view origin) const;

 private:
  Directory(const Node& node, Overlay& rows, KnownEvents& events, Contacts contacts)
      : node_(&node), rows_(&rows), events_(&events), contacts_(std::move(contacts)) {}
  Result<std::vector<std::string>> find_logs(std::string_view name) const;

  const Node* node_;
  Overlay* rows_;
  KnownEvents* events_;
  Contacts contacts_;
};

}  // namespace quarrymark::record
