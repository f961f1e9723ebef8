// Where a state's stone comes from: a walk back through the graph to the events it began with,
// with exact shares. FORMATS.md rules 17 to 20; RULES.md rules 3, 12, 17, 24.
//
// A branch is a share of the state with one beginning. Shares of a state add up to one, always:
// what is not shown, and what cannot be told, stays a share of its own.
#pragma once

#include "ledger/custody/evidence.h"
#include "ledger/custody/parents.h"
#include "ledger/custody/share.h"
#include "ledger/judge/membership.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace quarrymark::custody {

// How a branch begins.
enum class Beginning {
  kExtract,   // an extract event
  kAcquire,   // stone whose earlier record is missing
  kOneSided,  // a receive that no dispatch supports
  kNotShown,  // the passport stops, or something the walk needs is withheld
  kBroken,    // a step by a log that did not hold the stone, or a voided event
  kUntold,    // shares of a mixture cannot be told
  kTooLong,   // the walk gave up at its limits
};

// The events from the beginning to the state, the latest first; shared between branches.
struct Step {
  const Event* event;
  std::shared_ptr<const Step> before;
};

struct Branch {
  Share share = 1;
  Beginning beginning = Beginning::kNotShown;
  const Event* leaf = nullptr;  // the extract, acquire or receive it begins with
  std::int32_t leaf_out = 0;
  std::shared_ptr<const Step> steps;
  std::vector<const Event*> makers;  // splits on the way, the latest first
  std::int64_t hand_overs = 0;
  Share explained = 1;             // less than one below an over-declared step
  bool averaged = false;           // the share is an average of a pooled lot
  std::optional<StateRef> member;  // the labelled item inside a pack that it comes through
  std::string reason;              // kNotShown, kBroken: what is missing, for a sentence
  std::string code;                // its finding code
  Origin ask;                      // the log whose holder can answer
};

class Lineage {
 public:
  // `over_yield`: for each over-declared split, which part of its outputs is explained.
  Lineage(const Graph& graph, std::unordered_map<EventId, Share, Digest32Hasher> over_yield)
      : graph_(graph), over_yield_(std::move(over_yield)) {}

  // The branches of a state; their shares add up to one.
  const std::vector<Branch>& of(const StateRef& state);
  // Every state that `state` descends from, and itself.
  std::unordered_set<StateRef, StateRefHasher> ancestors(const StateRef& state) const;

  static constexpr int kMaxDepth = kMaxSteps;
  static constexpr std::size_t kMaxBranches = 200'000;  // over all states of a walk
  static constexpr std::size_t kMaxMixed = 100'000;     // weighed on the way to them

 private:
  std::vector<Branch> walk(const StateRef& state, int depth);
  std::vector<Branch> walk_input(const Event& maker, std::size_t input, int depth);
  std::vector<Branch> begin_at_receive(const Event& receive, std::int32_t out, int depth);
  std::vector<Branch> through_void(const Event& maker, std::int32_t out, int depth);
  std::vector<Branch> through_mixture(const Event& maker, std::int32_t out, int depth);
  std::vector<Branch> walk_parent(const Event& maker, const Parent& parent, int depth);
  std::vector<Branch> mix(const Event& maker, const std::vector<Parent>& parents, int depth);
  const std::vector<Branch>& memoised(const StateRef& state, int depth);

  const Graph& graph_;
  const std::unordered_map<EventId, Share, Digest32Hasher> over_yield_;
  std::unordered_map<StateRef, std::vector<Branch>, StateRefHasher> known_;
  std::unordered_map<EventId, std::vector<Branch>, Digest32Hasher> mixtures_;
  std::size_t branches_made_ = 0, branches_mixed_ = 0;
};

}  // namespace quarrymark::custody
