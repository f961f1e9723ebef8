#include "ledger/trace/look.h"

#include <algorithm>

namespace quarrymark::trace {

using custody::EventType;
using entry::kRecordOut;

Result<std::unique_ptr<Look>> Look::open(record::Node& node) {
  std::unique_ptr<Look> look(new Look(node));
  QM_TRY(look->directory_, record::Directory::open(node, look->rows_, look->events_));
  look->items_.emplace(look->rows_, *look->directory_);
  return look;
}

const Look::Party& Look::party(const LogId& log) {
  const auto found = parties_.find(log);
  if (found != parties_.end()) return found->second;
  Party party;
  party.origin = record::origin_of(log);
  party.name = directory_->name_of(party.origin);
  party.own = node_.log_of(party.origin) != nullptr;
  return parties_.emplace(log, std::move(party)).first->second;
}

bool Look::is_own(const LogId& log) { return party(log).own; }

Result<const StateRow*> Look::state(const StateRef& state) {
  const auto [place, is_new] = states_.try_emplace(state);
  if (is_new) {
    QM_TRY(place->second, record::load_state(rows_, state));
  }
  return place->second ? &*place->second : nullptr;
}

Result<const Link*> Look::link(const LogId& log, std::uint64_t seq) {
  const auto [place, is_new] = links_.try_emplace({log, seq});
  if (is_new) {
    QM_TRY(place->second, record::load_link(rows_, log, seq));
  }
  return place->second ? &*place->second : nullptr;
}

Result<const Link*> Look::maker(const StateRef& of) {
  QM_TRY(const StateRow* row, state(of));
  if (row == nullptr && of.out != kRecordOut) {
    QM_TRY(row, state({of.event, kRecordOut}));
  }
  if (row == nullptr) return nullptr;
  return link(row->maker, row->seq);
}

Result<const Link*> Look::spender(const StateRow& row) {
  if (!row.spent) return nullptr;
  return link(row.spent->log, row.spent->seq);
}

Result<std::vector<StateRef>> Look::behind(const Link& link, std::int32_t out) {
  QM_TRY(const StateRow* row, state({link.event, out}));
  return record::states_behind(rows_, events_, link, out, row ? &row->output : nullptr);
}

Result<std::vector<std::int32_t>> Look::ahead(const Link& link, const StateRef& from) {
  std::vector<std::int32_t> outs;
  for (std::int32_t out = 0; out < static_cast<std::int32_t>(link.outputs); ++out) {
    // Told without looking at each of a thousand outputs, where their places say it.
    if (link.remakes()) {
      const auto place = static_cast<std::size_t>(out);
      if (place < link.inputs.size() && link.inputs[place].state == from) outs.push_back(out);
      continue;
    }
    // What a void gives back descends from before the trace began: the item as it was.
    if (link.type == EventType::kVoid || link.type == EventType::kSplit) {
      outs.push_back(out);
      continue;
    }
    QM_TRY(const auto sources, behind(link, out));
    if (std::find(sources.begin(), sources.end(), from) != sources.end()) outs.push_back(out);
  }
  return outs;
}

std::string Look::site_name(const EventId& site) {
  const auto found = sites_.find(site);
  if (found != sites_.end()) return found->second;
  const auto link = maker({site, kRecordOut});
  return sites_.emplace(site, link && *link != nullptr ? (*link)->name : "").first->second;
}

EventSummary Look::summary(const Link& link) {
  EventSummary summary;
  summary.id = link.event;
  summary.type = link.type;
  summary.at = link.at;
  summary.log = origin(link.log);
  summary.log_name = name(link.log);
  summary.seq = link.seq;
  if (link.site)
    summary.site = site_name(*link.site);
  else if (link.type == EventType::kSite)
    summary.site = link.name;
  return summary;
}

Result<StateView> Look::view(const StateRef& state, const StateRow& row) {
  StateView view;
  view.state = state;
  view.output = row.output;
  QM_TRY(const Link* made, link(row.maker, row.seq));
  if (made != nullptr) view.made_by = summary(*made);
  QM_TRY(const Link* spent, spender(row));
  if (spent != nullptr) view.spent_by = summary(*spent);
  view.spent = row.spent.has_value();
  view.holder_name = row.to_name;
  if (const auto holder = row.holder()) {
    view.holder = origin(*holder);
    view.holder_name = name(*holder);
  }
  return view;
}

void Look::forget() {
  states_.clear();
  links_.clear();
}

}  // namespace quarrymark::trace
