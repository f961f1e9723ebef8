// One look at what a node knows: states, links and names, each read once. What tracing, recall and
// stock share. Internal to this folder.
#pragma once

#include "ledger/record/behind.h"
#include "ledger/record/directory.h"
#include "ledger/record/item_finder.h"
#include "ledger/trace/trace.h"

#include <map>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace quarrymark::trace {

using custody::StateRef;
using record::Link;
using record::LogId;
using record::StateRow;

class Look {
 public:
  static Result<std::unique_ptr<Look>> open(record::Node& node);

  const record::ItemFinder& items() const { return *items_; }
  record::Overlay& rows() { return rows_; }
  bool is_own(const LogId& log);

  // Null when nothing here shows it. Pointers hold until forget().
  Result<const StateRow*> state(const StateRef& state);
  Result<const Link*> link(const LogId& log, std::uint64_t seq);
  Result<const Link*> maker(const StateRef& state);
  Result<const Link*> spender(const StateRow& row);

  // The states an output descends from, and the outputs of an event that descend from a state.
  Result<std::vector<StateRef>> behind(const Link& link, std::int32_t out);
  Result<std::vector<std::int32_t>> ahead(const Link& link, const StateRef& state);

  EventSummary summary(const Link& link);
  Result<StateView> view(const StateRef& state, const StateRow& row);
  const std::string& origin(const LogId& log) { return party(log).origin; }
  const std::string& name(const LogId& log) { return party(log).name; }
  std::string site_name(const EventId& site);

  // States and links may change between two calls; names stay.
  void forget();

 private:
  struct Party {
    std::string origin, name;
    bool own = false;
  };
  explicit Look(record::Node& node) : node_(node), rows_(node.store()), events_(node, rows_) {}
  const Party& party(const LogId& log);

  record::Node& node_;
  record::Overlay rows_;
  record::KnownEvents events_;
  std::optional<record::Directory> directory_;
  std::optional<record::ItemFinder> items_;
  std::unordered_map<StateRef, std::optional<StateRow>, custody::StateRefHasher> states_;
  std::map<std::pair<LogId, std::uint64_t>, std::optional<Link>> links_;
  std::map<LogId, Party> parties_;
  std::map<EventId, std::string> sites_;
};

}  // namespace quarrymark::trace
