// "Everything that came from block X, and who has it": what is to be called back, and whom to call.
//
// From all states of an item forward, as far as this node knows. What nothing here follows further
// is said to be so: it is not known to be anywhere.
#pragma once

#include "ledger/trace/trace.h"

namespace quarrymark::trace {

enum class Whereabouts {
  kHeld,       // open, in a log of this node
  kElsewhere,  // open as far as is known here, in a log of somebody else
  kOnTheWay,   // dispatched to a log, and not known to be received
  kLeft,       // dispatched to somebody without a log
  kAccepted,   // by the authority it was delivered to
  kDisposed,
  kNotKnown,  // spent, by an event that nothing here shows
};
std::string_view whereabouts_name(Whereabouts whereabouts);  // "held", "on_the_way", …

struct RecalledItem {
  StateView state;  // the last that is known
  // Stone of other origin is in it as well, or may be.
  bool mixed = false;
  // The dispatch by which it last changed hands, where one is known.
  std::optional<EventSummary> dispatched;
};

// What one party has, or had when it was last heard of.
struct RecallGroup {
  Whereabouts whereabouts = Whereabouts::kHeld;
  custody::Origin holder;   // empty: somebody without a log
  std::string holder_name;  // as known here
  std::vector<RecalledItem> items;
};

struct Recall {
  std::string item;
  std::vector<RecallGroup> groups;  // by whereabouts, then by holder
  std::size_t descendants = 0;      // items that came from it, itself not counted
  std::size_t events = 0;           // that were followed
  bool complete = true;             // false: the limit was reached
};

struct RecallLimits {
  std::size_t states = 200'000;
};

// kNotFound, kRefused as Tracer::show.
Result<Recall> recall_item(record::Node& node, std::string_view name,
                           const RecallLimits& limits = {});
Result<Recall> recall_item(Look& look, std::string_view name, const RecallLimits& limits = {});

}  // namespace quarrymark::trace
