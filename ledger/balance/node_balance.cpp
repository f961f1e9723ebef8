#include "ledger/balance/node_balance.h"

#include "ledger/balance/balance_defaults.h"
#include "ledger/balance/balancing.h"
#include "ledger/balance/packing.h"
#include "ledger/base/text.h"
#include "ledger/custody/measures.h"
#include "ledger/json/reader.h"

#include <algorithm>

namespace quarrymark::custody {
namespace {

class NodeSum {
 public:
  NodeSum(const Graph& graph, const Origin& log, UtcTime from, UtcTime until)
      : graph_(graph), packing_(graph), log_(log), from_(from), until_(until) {}

  void add(const Event& event) {
    if (event.log != log_ || !(event.at_time < until_)) return;
    if (!(event.at_time < from_)) add_movement(event);
    add_stock(event);
  }
  const NodeBalance& balance() const { return balance_; }

 private:
  void add_movement(const Event& event) {
    switch (event.type) {
      case EventType::kExtract:
      case EventType::kAcquire:
      case EventType::kReceive:
        if (!is_voided(graph_, event)) add_outputs(event);
        return;
      case EventType::kDispatch:
      case EventType::kAccept:
      case EventType::kDispose:
        add_inputs(event);
        return;
      case EventType::kSplit:
        if (const auto& waste = graph_.corrected(event, &Event::waste);
            waste && waste->mass && !is_voided(graph_, event))
          balance_.waste += *waste->mass;
        return;
      default:
        return;
    }
  }

  void add_outputs(const Event& event) {
    for (std::size_t i = 0; i < event.outputs.size(); ++i)
      weigh({event.id, static_cast<std::int32_t>(i)}, 0, balance_.in, balance_.unweighed_in);
  }

  void add_inputs(const Event& event) {
    for (std::size_t i = 0; i < event.inputs.size(); ++i) {
      // What was taken back never left.
      const StateRef sent{event.id, static_cast<std::int32_t>(i)};
      if (event.type == EventType::kDispatch && graph_.taken_back_by(sent) != nullptr) continue;
      weigh(event.inputs[i].state, event.inputs[i].amount, balance_.out, balance_.unweighed_out);
    }
  }

  // What the event made and the log still held when the time began or ended.
  void add_stock(const Event& event) {
    if (event.type == EventType::kDispatch) return;
    for (std::size_t i = 0; i < event.outputs.size(); ++i) {
      const StateRef state{event.id, static_cast<std::int32_t>(i)};
      const auto& spenders = graph_.spenders(state);
      const auto gone_before = [&](UtcTime time) {
        return std::any_of(spenders.begin(), spenders.end(), [&](const Event* spender) {
          return spender->log == log_ && spender->at_time < time;
        });
      };
      if (event.at_time < from_ && !gone_before(from_))
        weigh(state, 0, balance_.opening, balance_.unweighed_in);
      if (!gone_before(until_)) weigh(state, 0, balance_.closing, balance_.unweighed_out);
    }
  }

  // `amount` 0: all of it. What a correction remakes counts as it restates it.
  void weigh(const StateRef& state, std::int64_t amount, Wide& sum, std::int64_t& unweighed) {
    const StateRef corrected = amount == 0 ? graph_.corrected(state) : state;
    const Output* output = graph_.output(corrected);
    const auto mass = output == nullptr ? std::nullopt
                                        : load_mass(graph_, packing_, corrected,
                                                    amount == 0 ? output->amount : amount, 0);
    if (mass)
      sum += *mass;
    else
      ++unweighed;
  }

  const Graph& graph_;
  Packing packing_;
  const Origin& log_;
  const UtcTime from_, until_;
  NodeBalance balance_;
};

std::string tonnes(Wide grams) {
  return amount_text(static_cast<std::int64_t>(std::min<Wide>(grams, json::kMaxInteger)),
                     Unit::kGram);
}

}  // namespace

Wide NodeBalance::limit() const { return (opening + in) * kMassLimitPerMille / 1000; }

NodeBalance balance_of(const Graph& graph, const Origin& log, UtcTime from, UtcTime until) {
  NodeSum sum(graph, log, from, until);
  for (const Event* event : graph.events()) sum.add(*event);
  return sum.balance();
}

std::string node_balance_words(const NodeBalance& balance) {
  std::string words = cat(tonnes(balance.opening), " in stock and ", tonnes(balance.in), " in; ",
                          tonnes(balance.out), " out, ", tonnes(balance.waste), " waste, ",
                          tonnes(balance.closing), " in stock");
  if (!balance.is_checked())
    return cat(words, "; not checked: ", balance.unweighed_in, " of what was there or came in ",
               balance.unweighed_in == 1 ? "has" : "have", " no mass");
  words += balance.over() ? cat("; at most ", tonnes(balance.limit()), " are possible") : "";
  if (balance.unweighed_out > 0)
    words += cat("; ", balance.unweighed_out, " of what left or is left ",
                 balance.unweighed_out == 1 ? "has" : "have", " no mass and was not counted");
  return words;
}

}  // namespace quarrymark::custody
