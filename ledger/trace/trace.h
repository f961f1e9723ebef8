// What a node can tell of an item: where it stands, what it came from, what became of it. Plain
// structs; whoever prints them turns them into JSON or text.
#pragma once

#include "ledger/custody/event.h"
#include "ledger/record/node.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quarrymark::trace {

// An event in one line: what, who, when, and where its entry stands.
struct EventSummary {
  EventId id;
  custody::EventType type = custody::EventType::kAttest;
  std::string at;  // claimed
  custody::Origin log;
  std::string log_name;  // as known here; empty: nobody we know
  std::uint64_t seq = 0;
  std::string site;  // its name as known here; empty: none or withheld
};

struct StateView {
  custody::StateRef state;
  custody::Output output;
  EventSummary made_by;
  bool spent = false;
  std::optional<EventSummary> spent_by;  // where the event that spent it is known here
  custody::Origin holder;                // who may spend it; empty: only a name without a log
  std::string holder_name;               // as known here, or the name it was dispatched to
};

class Look;

struct ItemView {
  std::string item;
  std::vector<StateView> current;  // open states
  std::vector<StateView> history;  // all states known here, in order of time
};

// One event of a chain. `depth` counts steps from where the trace began.
struct TraceStep {
  EventSummary event;
  int depth = 0;
  std::vector<StateView> inputs;   // those on the way, as far as they are known here
  std::vector<StateView> outputs;  // those on the way
  std::size_t not_shown = 0;       // inputs on the way of which nothing is known here
};

struct TraceLimits {
  std::size_t steps = 10'000;
};

struct Trace {
  std::vector<TraceStep> steps;  // breadth first; every event once
  bool complete = true;          // false: the limit was reached
};

// Looks at one node. Items and states are as they are at each call; names of logs and sites are
// kept from the first time they are looked up. Not thread-safe; the node must outlive it.
class Tracer {
 public:
  static Result<Tracer> open(record::Node& node);
  Tracer(Tracer&&) noexcept;
  ~Tracer();

  // By item number, label or alias, open or spent, held by whomever. kNotFound; kRefused when a
  // name stands for several items (lists their numbers).
  Result<ItemView> show(std::string_view name);
  // Back to where the item came from, through everything this node knows.
  Result<Trace> back(std::string_view name, const TraceLimits& limits = {});
  // On to everything that was made of it.
  Result<Trace> forward(std::string_view name, const TraceLimits& limits = {});

 private:
  explicit Tracer(std::unique_ptr<Look> look);
  std::unique_ptr<Look> look_;
};

// The same for one question.
Result<ItemView> show_item(record::Node& node, std::string_view name);
Result<Trace> trace_back(record::Node& node, std::string_view name, const TraceLimits& limits = {});
Result<Trace> trace_forward(record::Node& node, std::string_view name,
                            const TraceLimits& limits = {});

// The events that made or consumed an item's states, in the order of its history, each once.
std::vector<EventId> events_of(const ItemView& item);

}  // namespace quarrymark::trace
