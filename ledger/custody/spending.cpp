#include "ledger/custody/spending.h"

#include "ledger/entry/marker.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace quarrymark::custody {
namespace {

// The log could hold the state at some time, whatever it did with it: the maker's, and after a
// dispatch the addressee's too (a sender's use then counts as its void).
bool could_hold(const Event& maker, const Origin& log) {
  if (maker.log == log) return true;
  return maker.type == EventType::kDispatch && maker.to && maker.to->log == log;
}

void add_use(std::vector<Use>& uses, Use use) {
  for (const Use& known : uses)
    if (known.log == use.log && known.seq == use.seq) return;
  uses.push_back(std::move(use));
}

using UsesByMarker = std::unordered_map<Marker, std::vector<Use>, Digest32Hasher>;

UsesByMarker silent_uses(const Graph& graph) {
  UsesByMarker uses;
  for (const SilentEntry& entry : graph.evidence().silent)
    for (const Marker& marker : entry.spends)
      uses[marker].push_back(Use{entry.log, entry.seq, nullptr});
  return uses;
}

// Uses by shown events, as far as it can be told who may use the state.
struct KnownUses {
  std::vector<Use> by_holders;
  std::vector<Use> perhaps;  // `to` is withheld: any other log might be the one it names
};

KnownUses uses_by_events(const Graph& graph, const Event& maker, const StateRef& state) {
  KnownUses uses;
  for (const Event* spender : graph.spenders(state)) {
    const Use use{spender->log, spender->seq, spender};
    switch (may_spend(maker, state.out, spender->log, spender->type)) {
      case MaySpend::kYes:
        add_use(uses.by_holders, use);
        break;
      case MaySpend::kNotShown:
        add_use(uses.perhaps, use);
        break;
      case MaySpend::kNo:
        break;
    }
  }
  return uses;
}

std::vector<Use> in_order(std::vector<Use> uses) {
  std::sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) {
    return std::tie(a.log, a.seq) < std::tie(b.log, b.seq);
  });
  return uses;
}

bool twice_in_one_log(const std::vector<Use>& uses) {
  std::vector<Origin> logs;
  for (const Use& use : uses) logs.push_back(use.log);
  std::sort(logs.begin(), logs.end());
  return std::adjacent_find(logs.begin(), logs.end()) != logs.end();
}

// States whose event is shown: uses count by the holder rule.
void find_decided(const Graph& graph, UsesByMarker& silent, std::vector<DoubleUse>& out) {
  for (const Event* maker : graph.events()) {
    const auto count = static_cast<std::int32_t>(maker->outputs.size());
    for (std::int32_t number = kRecordOut; number < count; ++number) {
      const StateRef state{maker->id, number};
      KnownUses uses = uses_by_events(graph, *maker, state);
      if (const std::string* disclosure = graph.disclosure(state); disclosure && !silent.empty()) {
        const auto found = silent.find(entry::spend_marker(maker->id, *disclosure));
        if (found != silent.end()) {
          for (const Use& use : found->second) {
            if (could_hold(*maker, use.log))
              add_use(uses.by_holders, use);
            else if (maker->type == EventType::kDispatch && maker->to.is_withheld())
              add_use(uses.perhaps, use);
          }
          silent.erase(found);
        }
      }
      if (uses.by_holders.size() > 1) {
        out.push_back(DoubleUse{state, true, in_order(std::move(uses.by_holders))});
        continue;
      }
      uses.perhaps.insert(uses.perhaps.end(), uses.by_holders.begin(), uses.by_holders.end());
      const bool decided = twice_in_one_log(uses.perhaps);
      if (uses.perhaps.size() > 1)
        out.push_back(DoubleUse{state, decided, in_order(std::move(uses.perhaps))});
    }
  }
}

// States whose event is not shown: only the marker tells (FORMATS.md, rule 21).
void find_undecided(const Graph& graph, UsesByMarker& silent, std::vector<DoubleUse>& out) {
  std::unordered_map<Marker, StateRef, Digest32Hasher> states;
  for (const Event* spender : graph.events())
    for (std::size_t i = 0; i < spender->inputs.size() && i < spender->spends.size(); ++i)
      if (graph.event(spender->inputs[i].state.event) == nullptr) {
        add_use(silent[spender->spends[i]], Use{spender->log, spender->seq, spender});
        states.emplace(spender->spends[i], spender->inputs[i].state);
      }
  std::map<Marker, std::vector<Use>> ascending(silent.begin(), silent.end());
  for (auto& [marker, uses] : ascending) {
    if (uses.size() < 2) continue;
    const auto known = states.find(marker);
    const bool decided = twice_in_one_log(uses);
    out.push_back(DoubleUse{known == states.end() ? StateRef{} : known->second, decided,
                            in_order(std::move(uses))});
  }
}

}  // namespace

MaySpend may_spend(const Event& maker, std::int32_t out, const Origin& log, EventType by) {
  if (out == kRecordOut) return maker.log == log ? MaySpend::kYes : MaySpend::kNo;
  if (maker.type != EventType::kDispatch) return maker.log == log ? MaySpend::kYes : MaySpend::kNo;
  // What is sent is the sender's to take back, and nothing else, until it is received.
  if (maker.log == log && by == EventType::kVoid) return MaySpend::kYes;
  if (!maker.to) return maker.log == log ? MaySpend::kNo : MaySpend::kNotShown;
  return maker.to->log == log ? MaySpend::kYes : MaySpend::kNo;
}

std::vector<DoubleUse> find_double_uses(const Graph& graph) {
  std::vector<DoubleUse> out;
  UsesByMarker silent = silent_uses(graph);
  find_decided(graph, silent, out);
  find_undecided(graph, silent, out);
  return out;
}

std::vector<Use> uses_seen_elsewhere(const Graph& graph, const StateRef& state) {
  std::vector<Use> out;
  const auto& clear = graph.evidence().clear;
  const Event* maker = graph.event(state.event);
  const std::string* disclosure = graph.disclosure(state);
  if (!clear || maker == nullptr || disclosure == nullptr) return out;
  const auto found = clear->markers.find(entry::spend_marker(state.event, *disclosure));
  if (found == clear->markers.end()) return out;
  for (const ClearFacts::Place& place : found->second) {
    if (!could_hold(*maker, place.log)) continue;
    const auto& shown = graph.spenders(state);
    const bool known = std::any_of(shown.begin(), shown.end(), [&](const Event* spender) {
      return spender->log == place.log && spender->seq == place.seq;
    });
    if (!known) out.push_back(Use{place.log, place.seq, nullptr});
  }
  return out;
}

}  // namespace quarrymark::custody
