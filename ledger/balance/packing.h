// What a crate or bundle holds, through whatever happened to it since it was packed, and which
// state a thing was before a step that only handed it on. Internal to the balance.
#pragma once

#include "ledger/custody/parents.h"
#include "ledger/custody/wide.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace quarrymark::custody {

inline constexpr int kMaxNesting = 16;  // crates within bundles within …

struct Held {
  StateRef state;
  std::int64_t amount = 0;
};

bool holds_others(const Output& output);

// The state that a thing is again, where the step hands on what it took or gives back what it
// undid.
std::optional<StateRef> same_before(const Graph& graph, const Event& maker, std::int32_t out);

class Packing {
 public:
  explicit Packing(const Graph& graph) : graph_(graph) {}

  // Nullopt when it is not shown, or when its record begins after it was packed. What no pack made
  // holds nothing, and so does what is nested deeper than anybody packs.
  const std::optional<std::vector<Held>>& held_by(const StateRef& crate, int depth = 0);
  // A thing that came out of crates or bundles is the one that was put into them.
  std::optional<StateRef> put_in(const Event& unpack, const std::string& item, int depth = 0);

 private:
  std::optional<std::vector<Held>> look_into(const StateRef& crate, int depth);

  const Graph& graph_;
  // Each crate is looked into once: crates out of bundles out of bundles would double otherwise.
  std::map<StateRef, std::optional<std::vector<Held>>> looked_;
};

// What a thing weighs: as stated, else by what was packed into it. Nullopt when neither tells.
std::optional<Wide> load_mass(const Graph& graph, Packing& packing, const StateRef& state,
                              std::int64_t amount, int depth);

}  // namespace quarrymark::custody
